"""Inside: the menu, the statement of account, the help."""

from sqlalchemy import update

from storage.schema import product
from tests.storyboard import products
from tests.storyboard.actors import Actor
from tests.storyboard.studio import TEACHER, Products, Studio


async def statement(studio: Studio) -> None:
    maria = await studio.teacher()
    await maria.proven()
    await maria.tap("Mi estado de cuenta")
    await maria.shot("the summary")
    await maria.tap("Ver gráfica")
    await maria.shot("the chart is on its way")
    await maria.world.deliver()
    await maria.shot("the chart has come")
    await maria.tap("Aportes")
    await maria.shot("contributions")
    await maria.tap("1. ")
    await maria.shot("a contribution")
    await maria.tap("Volver")
    await maria.tap("Volver")
    await maria.tap("Ahorros")
    await maria.shot("savings")
    await maria.tap("1. ")
    await maria.shot("a savings account")
    await maria.tap("Volver")
    await maria.tap("2. ")
    await maria.shot("a CDAT")
    await maria.tap("Volver")
    await maria.tap("Volver")
    await _credits(maria)


async def _credits(maria: Actor) -> None:
    await maria.tap("Créditos")
    await maria.shot("credits")
    await maria.tap("Ver gráfica")
    await maria.world.deliver()
    await maria.shot("the chart of the credits")
    for position in ("1. ", "2. "):
        await maria.tap(position)
        await maria.shot("a credit")
        await maria.tap("Volver")


async def movements(studio: Studio) -> None:
    maria = studio.teacher_phone()
    await maria.proven()
    await maria.say("mis movimientos")
    await maria.shot("movements, asked for with words")
    await maria.tap("2. ")
    await maria.shot("the newest")
    await maria.tap("Más antiguos")
    await maria.shot("older ones")
    await maria.tap("Elegir mes")
    await maria.shot("which month")
    await maria.tap("agosto")
    await maria.shot("one month")
    await maria.tap("Volver")
    await maria.tap("3. ")
    await maria.shot("a product without movements")
    await maria.tap("Elegir mes")
    await maria.shot("no month to choose")


async def printing(studio: Studio) -> None:
    maria = await studio.inside(products.only_contributions)
    await maria.tap("Imprimir")
    await maria.shot("which period")
    await maria.tap("Últimos 3 meses")
    await maria.shot("the paper is on its way")
    await maria.world.deliver()
    await maria.shot("the paper has come")


async def kinds_of_member(studio: Studio) -> None:
    await _summary(studio, None, "nothing at all")
    await _summary(studio, products.only_contributions, "contributions only")
    await _summary(studio, products.one_day_late, "one day late", "Créditos", "1. ", "2. ")
    await _summary(studio, products.unknown_arrears, "late, no amount", "Créditos")
    await _summary(studio, products.six_dues, "six instalments due")
    await _summary(studio, products.seven_dues, "seven instalments due, long names", "Créditos")
    await _summary(studio, products.other_savings, "other savings", "Ahorros", "1. ", "2. ")


async def _summary(
    studio: Studio, has: Products | None, title: str, group: str = "", *positions: str
) -> None:
    maria = await studio.inside(has)
    await maria.tap("Mi estado de cuenta")
    await maria.shot(f"the summary: {title}")
    if group:
        await maria.tap(group)
        await maria.shot(f"the list: {title}")
    for position in positions:
        await maria.tap(position)
        await maria.shot(f"one product: {title}")
        await maria.tap("Volver")


async def empty_lists(studio: Studio) -> None:
    maria = await studio.inside()
    for words in ("mis aportes", "mis ahorros", "mis créditos", "movimientos"):
        await maria.say(words)
        await maria.shot(f"none, asked for with words: {words}")


async def forty_products(studio: Studio) -> None:
    maria = await studio.inside(products.forty_savings)
    await maria.say("mis ahorros")
    await maria.shot("forty products, the first page")
    for _ in range(6):
        await maria.tap("Siguientes")
    await maria.shot("forty products, the last page")


async def credit_movements(studio: Studio) -> None:
    maria = await studio.inside(products.one_credit_paid)
    await maria.say("cuánto debo")
    await maria.tap("1. ")
    await maria.tap("Ver movimientos")
    await maria.shot("movements of a credit")
    await maria.tap("Volver")
    async with studio.world.database.unit() as connection:
        mine = product.c.member_id == maria.member_id
        await connection.execute(update(product).where(mine).values(member_id=TEACHER))
    await maria.tap("Ver movimientos")
    await maria.shot("a product that is no longer there")


async def words(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.tap("Ayuda")
    await maria.shot("help")
    for said in ("quiero un crédito", "/menu", "abrir cuenta", "ñandú", "muchas gracias", "chao"):
        await maria.say(said)
        await maria.shot(f"typed: {said}")


SCENES = (
    statement,
    movements,
    printing,
    kinds_of_member,
    empty_lists,
    forty_products,
    credit_movements,
    words,
)
