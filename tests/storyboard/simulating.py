"""The simulators: a visitor's, a member's, and what employees do with what was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from unittest.mock import patch

from domain.money import Centavos, Percent
from domain.products.ranges import Validity
from domain.products.tables import TaxedProduct, WithholdingRule
from handlers.simulation.counters import CdatCounter, CreditCounter
from handlers.simulation.quoting import quoting
from tests.statement_rows import add_product
from tests.storyboard.studio import Actor, Studio

USUAL = ("Libre inversión", "5.000.000", "Cada mes", "24 meses")
NEXT_YEAR = datetime(2027, 1, 12, 14, 30, tzinfo=UTC)


@contextmanager
def other_products(studio: Studio, **changed: object) -> Iterator[None]:
    """Simulators of a cooperative that offers something else."""
    other = quoting(replace(studio.world.cooperative.products, **changed))
    with (
        patch(
            "handlers.simulation.credit_flow.CreditCounter", lambda _, s: CreditCounter(other, s)
        ),
        patch("handlers.simulation.cdat_flow.CdatCounter", lambda _, s: CdatCounter(other, s)),
    ):
        yield


@contextmanager
def other_figures(studio: Studio, **changed: object) -> Iterator[None]:
    """Simulators whose dated tables say something else."""
    tables = replace(studio.world.cooperative.products.tables, **changed)
    with other_products(studio, tables=tables):
        yield


async def at_credits(actor: Actor) -> None:
    await actor.say("/simular")
    await actor.tap("Un crédito")


async def at_cdats(actor: Actor) -> None:
    await actor.say("/simular")
    await actor.tap("Un CDAT")


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


async def capacity(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    await maria.go(*USUAL, "Más opciones", "sueldo")
    await maria.shot("no salary on file")
    await maria.say("3 millones")
    await maria.shot("it fits")
    await maria.go("otros descuentos")
    await maria.shot("what the pay slip takes already")
    await maria.say("1.300.000")
    await maria.shot("it does not fit")
    luis = await studio.member("4917", salary=Centavos(400_000_00))
    await luis.proven()
    await luis.tap("Simular un crédito")
    await luis.go(*USUAL)
    await luis.shot("more than the salary on file has room for")
    await luis.go("Más opciones", "sueldo", "sí me cabe")
    await luis.shot("what fits")


async def refused(studio: Studio) -> None:
    ana = await studio.stranger()
    await at_credits(ana)
    await ana.go("Sobre aportes")
    await ana.shot("limits that depend on contributions")
    await at_credits(ana)
    await ana.go("Cupo rotativo")
    await ana.shot("limits of which one depends on contributions")
    await at_credits(ana)
    run = ana.phone.message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await ana.phone.send_data(f"{run.split(':')[0]}:slin:nada")
    await ana.shot("a line that is no longer there")
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    await maria.go("Sobre aportes")
    await maria.shot("contributions that reach for nothing")
    with other_figures(studio, usury={datetime(2026, 11, 1, tzinfo=UTC).date(): Percent(10)}):
        await at_credits(ana)
        await ana.go(*USUAL)
        await ana.shot("a rate above the cap")
    await at_credits(ana)
    await ana.go(*USUAL)
    with other_figures(studio, usury={}):
        await ana.say("bueno")
        await ana.shot("figures that went missing on the way")
        await ana.go("Empezar de nuevo", *USUAL)
        await ana.shot("no cap at all")


async def missing_figures(studio: Studio) -> None:
    ana = await studio.stranger()
    with other_figures(studio, withholding=()):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.go("10.000.000", "360", "Cada mes")
        await ana.shot("no withholding rate")
    since = Validity(datetime(2026, 1, 1, tzinfo=UTC).date())
    rule = WithholdingRule(TaxedProduct.CDAT, Percent(7), since, Decimal("0.055"))
    with other_figures(studio, withholding=(rule,), uvt={}):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.go("10.000.000", "360", "Cada mes")
        await ana.shot("no tax value unit")
    cdats = studio.world.cooperative.products.cdats
    bare = tuple(replace(line, bands=line.bands[:1]) for line in cdats)
    with other_products(studio, cdats=bare):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.go("10.000.000", "360", "Cada mes")
        await ana.shot("no rate for that term")
    with other_products(studio, cdats=(), credits=()):
        await at_cdats(ana)
        await ana.shot("no CDAT at all")
        await at_credits(ana)
        await ana.shot("no line of credit at all")
    fixed = tuple(replace(line, terms=replace(line.terms, only_usual=True)) for line in cdats)
    with other_products(studio, cdats=fixed):
        await at_cdats(ana)
        await ana.phone.tap("CDAT")
        await ana.tap("10.000.000")
        await ana.shot("fixed terms only")
        await ana.say("100 días")
        await ana.shot("another term than those")
    credits_ = studio.world.cooperative.products.credits
    chosen = tuple(replace(line, terms=replace(line.terms, only_usual=True)) for line in credits_)
    with other_products(studio, credits=chosen):
        await at_credits(ana)
        await ana.go("Turismo", "1.000.000")
        await ana.shot("fixed terms only, of a credit")
    studio.world.clock.instant = NEXT_YEAR
    await at_credits(ana)
    await ana.go("Libre inversión")
    await ana.shot("a year without its minimum wage")
    await ana.go("Educación", "1.000.000", "Cada mes", "12")
    await ana.shot("an older cap")


async def visitors_wish(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    ana = await studio.stranger()
    await at_cdats(ana)
    await ana.phone.tap("CDAT")
    await ana.go("10.000.000", "360", "Cada mes", "Me interesa")
    await ana.shot("the authorisation to be called")
    await ana.tap("No autorizo")
    await ana.shot("she says no")
    await ana.go("Me interesa", "Sí, autorizo")
    await ana.shot("her name")
    await ana.say("12345")
    await ana.shot("no name")
    await ana.say("Ana Ñáñez")
    await ana.shot("her mobile")
    await ana.say("310")
    await ana.shot("no mobile")
    await ana.say("310 456 7890")
    await ana.shot("it was sent")
    await elena.note("employees are told", "Simulación S-")
    await elena.tap("Atender")
    await elena.shot("taken with the note's button")
    await ana.note("she is told who has it", "ya la tiene")
    await elena.note("the note says who has it", "Simulación S-")
    await elena.go("Anotar")
    await elena.shot("how it ended")
    await elena.go("No contestó")
    await elena.shot("a note for the cooperative")
    await elena.say("x" * 301)
    await elena.shot("too long a note")
    await elena.say("Llamar por la tarde")
    await elena.shot("it is closed")
    await ana.note("nobody answered", "no le encontramos")
    await elena.note("the note says how it ended", "Simulación S-")


async def members_wish(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    maria = await studio.inside()
    await maria.tap("Simular un crédito")
    for ending in ("Sí lo tomó", "Lo está pensando", "No le interesó"):
        await _sent(maria)
        await _ended(elena, ending)
        await maria.note(f"it ended: {ending}", "quedó atendida")
        await elena.note(f"employees read how it ended: {ending}", "Terminó")
    await _sent_again(maria)
    await maria.shot("enough for one day")
    luis = await studio.member("4917", mobile=None)
    await luis.proven()
    await luis.tap("Simular un crédito")
    await luis.go(*USUAL, "Me interesa")
    await luis.shot("no mobile on file")
    await luis.tap("Sí, enviar")
    await elena.say("/menu")
    await elena.go("Simulaciones enviadas", "1. S-", "Atender")
    await elena.shot("a member without a mobile")


async def _sent(maria: Actor) -> None:
    await maria.say("/menu")
    await maria.go("Simular un crédito", *USUAL, "Me interesa")
    await maria.shot("send it?")
    await maria.go("Sí, enviar")
    await maria.shot("it was sent")


async def _sent_again(maria: Actor) -> None:
    await maria.go("Ver mi simulación", "Me interesa", "Sí, enviar")


async def _ended(elena: Actor, ending: str) -> None:
    await elena.say("/menu")
    await elena.go("Simulaciones enviadas")
    await elena.shot("the queue")
    await elena.go("1. S-")
    await elena.shot("one that waits")
    await elena.go("Atender", "Anotar", ending, "Sin nota")
    await elena.shot(f"closed: {ending}")


async def idle(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    await elena.say("/menu")
    await elena.go("Simulaciones enviadas")
    await elena.shot("nothing waits")
    await elena.say("qué hay")
    await elena.shot("words that are no number")


async def queue(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    pedro = await studio.employee("Pedro Páez", role="admin")
    maria = await studio.inside()
    await _sent(maria)
    await elena.say("/menu")
    await elena.shot("one waits")
    await elena.go("Simulaciones enviadas", "1. S-")
    await pedro.say("/menu")
    await pedro.go("Simulaciones enviadas", "1. S-", "Atender")
    await pedro.shot("taken from the list")
    await elena.tap("Atender")
    await elena.shot("another was faster")
    await pedro.go("Devolver")
    await pedro.shot("given back")


async def withdrawn(studio: Studio) -> None:
    elena = await studio.employee("Elena Ríos", role="support")
    ana = await studio.stranger()
    await at_cdats(ana)
    await ana.phone.tap("CDAT")
    await ana.go("10.000.000", "360", "Cada mes", "Me interesa", "Sí, autorizo")
    await ana.say("Ana Ñáñez")
    await ana.say("310 456 7890")
    await ana.world.deliver()
    await elena.tap("Atender")
    await ana.say("/start")
    await ana.go("Entrar", "No autorizo")
    await elena.note("a visitor took it back", "El visitante retiró sus datos")
    await elena.go("Anotar", "Volver")
    await elena.shot("nobody left to call")
    luis = await studio.employee("Luis Mora", role="support")
    await luis.say("/menu")


async def gave_up(studio: Studio) -> None:
    ana = await studio.stranger()
    await at_credits(ana)
    await ana.go(*USUAL, "Me interesa", "Sí, autorizo")
    await ana.shot("who wants a credit")
    await ana.say("Ana Ñáñez")
    await ana.shot("where to call for a credit")
    await ana.go("Mejor no")
    await ana.shot("she gave up")


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
