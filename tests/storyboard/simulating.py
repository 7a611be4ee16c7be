"""The simulators: a visitor's, a member's, and what employees do with what was sent."""

from domain.money import Centavos
from tests.statement_rows import add_product
from tests.storyboard.simulating_leads import (
    USUAL,
    at_cdats,
    gave_up,
    idle,
    members_wish,
    queue,
    visitors_wish,
    withdrawn,
)
from tests.storyboard.simulating_limits import capacity, missing_figures, refused
from tests.storyboard.studio import Studio


async def cdat(studio: Studio) -> None:
    ana = await studio.stranger()
    await ana.say("/start")
    await ana.tap("Simular")
    await ana.shot("which simulator")
    await ana.say("pues cualquiera")
    await ana.shot("words that are no button")
    await ana.tap("Un CDAT")
    await ana.shot("which CDAT")
    await ana.phone.tap("CDAT")
    await ana.shot("how much")
    await ana.tap("10.000.000")
    await ana.shot("for how long")
    await ana.say("un rato")
    await ana.shot("a term that was not understood")
    await ana.say("30")
    await ana.shot("a term out of range")
    await ana.tap("360")
    await ana.shot("when the interest is paid")
    await ana.tap("Cada mes")
    await ana.shot("the CDAT")
    await ana.go("Pagos")
    await ana.shot("its payments")
    await ana.go("Siguientes")
    await ana.shot("the last ones")
    await ana.go("Volver", "Comparar")
    await ana.shot("the same money under every settlement")
    await ana.tap("Todo al final")
    await ana.shot("all at the end")
    await ana.go("Requisitos")
    await ana.shot("what is asked for")
    await ana.go("Volver", "Cambiar")
    await ana.shot("what to change")
    await ana.go("El plazo")
    await ana.say("91 días")
    await ana.shot("91 days, paid once")
    await ana.go("PDF", "Gráfica")
    await ana.shot("the papers are on their way")
    await ana.world.deliver()
    await ana.shot("the papers have come, and stay")


async def one_payment(studio: Studio) -> None:
    ana = await studio.stranger()
    await at_cdats(ana)
    await ana.phone.tap("CDAT")
    await ana.go("10.000.000", "90", "Cada tres meses")
    await ana.shot("one payment of interest")
    await ana.go("Volver", "Volver")
    await ana.say("180 días")
    await ana.go("Menú", "Simular", "Un CDAT", "CDAT de vacaciones")
    await ana.tap("1.000.000")
    await ana.shot("a line of one term")


async def credit(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    await maria.shot("which line")
    await maria.tap("Libre inversión")
    await maria.shot("how much")
    for title, said in (
        ("an amount that was not understood", "lo que alcance"),
        ("an amount that may be two", "2 millones 300"),
        ("too little", "5.000"),
        ("too much", "100 millones"),
    ):
        await maria.say(said)
        await maria.shot(title)
    await maria.say("5")
    await maria.shot("how often; a bare 5 was understood")
    await maria.tap("Cada mes")
    await maria.shot("for how long")
    await maria.say("mucho")
    await maria.shot("a term that was not understood")
    await maria.say("100")
    await maria.shot("a term out of range")
    await maria.tap("24")
    await maria.shot("the credit")
    await maria.go("Cuotas")
    await maria.shot("its instalments")
    await maria.go("Siguientes")
    await maria.shot("more of them")
    await maria.go("Excel", "CSV")
    await maria.world.deliver()
    await maria.shot("tables for a computer")
    await maria.go("Volver", "PDF", "Gráfica")
    await maria.world.deliver()
    await maria.shot("the papers, which go with the session")


async def kinds_of_credit(studio: Studio) -> None:
    maria = await studio.inside(_contributions)
    await maria.tap("Simular un crédito")
    await maria.go("Sobre aportes")
    await maria.shot("limits by one's contributions")
    await maria.go("1.000.000", "Cada seis meses", "24")
    await maria.shot("without insurance")
    await maria.go("Más opciones")
    await maria.shot("more about it")
    await maria.go("Otra forma")
    await maria.shot("how it is paid back")
    await maria.go("Solo intereses")
    await maria.shot("interest only")
    await maria.go("Menú", "Simular un crédito", "Vehículo")
    await maria.go("5.000.000", "Cada tres meses")
    await maria.say("20 meses")
    await maria.shot("no whole number of instalments")
    await maria.say("21")
    await maria.go("Más opciones", "Otra forma")
    await maria.shot("a fixed instalment, or one that falls")
    await maria.go("Cuota que baja")
    await maria.shot("instalments that fall")
    await maria.go("Menú", "Simular un crédito", "Compra de cartera", "5.000.000", "Cada mes", "24")
    await maria.shot("insurance on all that was lent")
    await maria.go("Menú", "Simular un crédito", "Educación", "500.000", "Cada seis meses")
    await maria.say("1 mes")
    await maria.shot("a month, paid every six")
    await maria.go("Menú", "Simular un crédito", "Calamidad", "500.000", "Cada mes")
    await maria.say("1 mes")
    await maria.shot("one single instalment")
    await maria.tap("Cuotas")
    await maria.shot("a schedule without insurance")
    await maria.go("Volver", "Más opciones", "Requisitos")
    await maria.shot("what is asked for")


async def by_payment(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.say("¿cuánto me prestan?")
    await maria.tap("Libre inversión")
    await maria.shot("how much one can pay")
    await maria.say("5.000")
    await maria.go("Cada mes", "72")
    await maria.shot("too little to lend anything")
    await maria.tap("300.000")
    await maria.shot("what that lends")
    await maria.go("Cambiar")
    await maria.shot("what to change")
    await maria.go("El valor")
    await maria.say("5 millones")
    await maria.shot("the most that the line lends")


async def comparing(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    await maria.go(*USUAL, "Más opciones", "Comparar")
    await maria.shot("what is different in the second one")
    await maria.go("El plazo", "36")
    await maria.shot("two side by side")
    await maria.go("Cambiar la opción 2", "El plazo", "12")
    await maria.shot("the second one dearer each time")
    await maria.go("Cambiar la opción 2", "El plazo", "24")
    await maria.shot("the same one")


async def extra(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    await maria.go(*USUAL, "Más opciones", "abono más")
    await maria.shot("how much more")
    await maria.say("80 millones")
    await maria.shot("more than is owed")
    await maria.tap("1.000.000")
    await maria.shot("with which instalment")
    await maria.say("la última")
    await maria.shot("an instalment that was not understood")
    await maria.tap("cuota 12")
    await maria.shot("both choices")
    await maria.go("Menú", "Simular un crédito", "Calamidad", "500.000", "Cada mes")
    await maria.say("2 meses")
    await maria.go("Más opciones", "abono más")
    await maria.say("100.000")
    await maria.say("1")
    await maria.shot("one instalment left")
    await maria.go("Menú", "Simular un crédito", "Calamidad", "500.000", "Cada mes")
    await maria.say("1 mes")
    await maria.go("Más opciones", "abono más")
    await maria.say("100.000")
    await maria.shot("nothing to advance")


async def _contributions(connection: object, member_id: int) -> None:
    await add_product(
        connection, member_id, 9_000 + member_id, "contribution", balance=Centavos(4_825_000_00)
    )


SCENES = (
    idle,
    cdat,
    one_payment,
    credit,
    kinds_of_credit,
    by_payment,
    comparing,
    extra,
    capacity,
    refused,
    missing_figures,
    visitors_wish,
    members_wish,
    queue,
    withdrawn,
    gave_up,
)
