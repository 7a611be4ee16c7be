"""A CDAT simulated in the chat: few taps, every figure as the domain works it out."""

from datetime import date
from decimal import Decimal

import pytest

from domain.finance.periods import Period
from domain.products.cdat_quotes import CdatQuote, CdatQuotes, CdatRequest
from domain.products.ranges import Situation
from domain.products.refusals import MissingFigure, NoRate
from handlers.simulation.period_question import ChoosePeriod
from tests.handlers.reading import Reader
from tests.simulation.conftest import Room
from tests.simulation.test_credit import pesos

DAY = date(2026, 11, 2)
USUAL = ("CDAT", "10.000.000", "360 días", "Cada mes")


def quoted(room: Room, amount: int, days: int, settlement: Period) -> CdatQuote:
    request = CdatRequest("cdat", Decimal(amount), days, settlement)
    return CdatQuotes(room.cooperative.products).quote(request, Situation(DAY))


async def up_to(reader: Reader, *taps: str) -> Reader:
    await reader.open("cdat_simulation")
    for tap in taps:
        if tap == "CDAT":
            await reader.send(reader.screen.rows[0][0].tap)
        else:
            await reader.tap(tap)
    return reader


@pytest.mark.parametrize(
    ("label", "settlement"),
    [
        ("Todo al final", Period.AT_MATURITY),
        ("Cada mes", Period.MONTHLY),
        ("Cada tres meses", Period.QUARTERLY),
        ("Cada seis meses", Period.SEMIANNUAL),
    ],
)
async def test_four_taps_and_every_figure_of_the_domain(
    room: Room, label: str, settlement: Period
) -> None:
    reader = await up_to(room.visitor(), *USUAL[:3], label)
    outcome = quoted(room, 10_000_000, 360, settlement).outcome
    assert reader.place == ("cdat_simulation", "result")
    for figure in (outcome.gross, outcome.withholding, outcome.net, outcome.total):
        assert pesos(figure) in reader.text
    assert "hasta el 2 de noviembre de 2027" in reader.text
    assert "8,20\N{NO-BREAK SPACE}% efectiva anual" in reader.text
    assert "Simulación informativa del 2 nov 2026" in reader.text
    assert "tasa vigente desde el 1 ene 2026" in reader.text
    assert "La definitiva es la del día de la apertura" in reader.text


async def test_periodic_payments_say_how_many_and_why_they_come_to_less(room: Room) -> None:
    reader = await up_to(room.visitor(), *USUAL)
    monthly = quoted(room, 10_000_000, 360, Period.MONTHLY).outcome
    whole = quoted(room, 10_000_000, 360, Period.AT_MATURITY).outcome
    assert f"12 pagos de {pesos(monthly.payments[0].net)} libres" in reader.text
    assert "el primero, el 2 de diciembre de 2026" in reader.text
    assert f"suman {pesos(whole.net - monthly.net)} menos que al vencimiento" in reader.text
    assert "0,6589" in reader.text


async def test_all_at_the_end_needs_no_explanation(room: Room) -> None:
    reader = await up_to(room.visitor(), *USUAL[:3], "Todo al final")
    assert "menos que al vencimiento" not in reader.text


async def test_the_same_money_under_every_settlement(room: Room) -> None:
    reader = await up_to(room.visitor(), *USUAL, "Comparar")
    for option in quoted(room, 10_000_000, 360, Period.MONTHLY).comparison:
        assert pesos(option.net) in reader.text
        assert pesos(option.payments[0].net) in reader.text
    assert "¿Por qué cambia el total?" in reader.text
    await reader.tap("Cada dos meses")
    outcome = quoted(room, 10_000_000, 360, Period.BIMONTHLY).outcome
    assert reader.place[1] == "result"
    assert pesos(outcome.net) in reader.text


async def test_the_calendar_page_by_page_is_the_domains(room: Room) -> None:
    reader = await up_to(room.visitor(), "CDAT", "20.000.000", "720 días", "Cada mes", "Pagos")
    outcome = quoted(room, 20_000_000, 720, Period.MONTHLY).outcome
    assert "Página 1 de 3" in reader.text
    assert "El 2 de noviembre de 2028 recibe también su ahorro" in reader.text
    seen = reader.text + await reader.tap("Siguientes") + await reader.tap("Siguientes")
    for payment in outcome.payments:
        assert f"<b>{payment.number}. " in seen
        assert pesos(payment.net) in seen
    await reader.tap("PDF")
    assert reader.place[1] == "payments"
    await reader.tap("Volver")
    assert reader.place[1] == "result"


async def test_typed_terms_in_days_months_and_years(room: Room) -> None:
    for typed in ("360", "360 días", "12 meses", "un año"):
        reader = await up_to(room.visitor(), *USUAL[:2])
        await reader.say(typed)
        assert reader.data["draft"]["term"] == 360


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("30", "30 días (1 mes), y esta línea no lo permite. De 90 días (3 meses) a 720 días"),
        ("3 años", "1080 días (3 años), y esta línea no lo permite"),
        ("un rato", "no entendí el plazo"),
    ],
)
async def test_a_term_out_of_range_keeps_the_amount(room: Room, typed: str, notice: str) -> None:
    reader = await up_to(room.visitor(), *USUAL[:2])
    await reader.say(typed)
    assert notice in reader.notice
    await reader.tap("180 días")
    assert reader.place[1] == "period"
    assert reader.data["draft"]["amount"] == "10000000"


async def test_only_settlements_that_the_term_allows_are_offered(room: Room) -> None:
    reader = await up_to(room.visitor(), *USUAL[:2])
    await reader.say("100")
    assert reader.place[1] == "result"
    assert "100 días, hasta" in reader.text
    assert not any("Comparar" in label for label in reader.labels)


async def test_a_settlement_that_the_new_term_does_not_allow_is_asked_again(room: Room) -> None:
    reader = await up_to(room.visitor(), *USUAL[:3], "Cada seis meses")
    await reader.tap("Cambiar algo")
    await reader.tap("El plazo")
    await reader.tap("90 días")
    assert reader.place[1] == "period"
    assert not any("seis meses" in label for label in reader.labels)
    await reader.tap("Cada mes")
    assert reader.place[1] == "result"


async def test_a_line_of_one_term_and_one_settlement_asks_only_the_amount(room: Room) -> None:
    reader = await up_to(room.visitor(), "CDAT de vacaciones", "2.000.000")
    assert reader.place[1] == "result"
    await reader.tap("Cambiar algo")
    assert [label.split(" ", 1)[1] for label in reader.labels[:2]] == ["Cuál CDAT", "El valor"]
    await reader.tap("Volver")
    await reader.tap("Volver")
    assert reader.place[1] == "amount"


async def test_a_term_of_a_line_with_fixed_terms_only(room: Room) -> None:
    reader = await up_to(room.visitor(), *USUAL[:3])
    draft = dict(reader.data["draft"]) | {"line": "cdat-vacaciones", "amount": "1000000"}
    reader.data = {"draft": draft}
    reader.step = "term"
    await reader.say("90")
    assert "tiene plazos fijos" in reader.notice
    await reader.tap("360 días")
    assert reader.place[1] == "result"


async def test_a_forged_settlement_changes_nothing(room: Room) -> None:
    reader = await up_to(room.visitor(), *USUAL[:3])
    await reader.send(ChoosePeriod("annual"))
    assert reader.place[1] == "period"
    await reader.send(ChoosePeriod("hourly"))
    assert reader.place[1] == "period"


@pytest.mark.parametrize(
    ("tables", "words"),
    [({"withholding": ()}, "Me falta la tarifa de la retención en la fuente de 2026")],
)
async def test_a_missing_figure_is_said_with_what_to_do(
    room: Room, tables: dict[str, object], words: str
) -> None:
    reader = await up_to(room.without(**tables).visitor(), *USUAL)
    assert reader.place[1] == "line"
    assert words in reader.notice
    assert isinstance(room.reported[0], MissingFigure)


async def test_no_rate_for_that_term_is_said_and_another_term_helps(room: Room) -> None:
    room.without_rate("cdat", 180)
    reader = await up_to(room.visitor(), "CDAT", "10.000.000", "180 días", "Cada mes")
    assert reader.place[1] == "term"
    assert "no hay una tasa vigente" in reader.notice
    assert isinstance(room.reported[0], NoRate)
    await reader.tap("360 días")
    assert reader.place[1] == "result"


async def test_whoever_only_says_simulate_chooses_first(room: Room) -> None:
    reader = await room.visitor().open("simulators")
    await reader.say("pues no sé cual")
    await reader.open("simulators")
    await reader.tap("Un CDAT")
    assert reader.place == ("cdat_simulation", "line")
    await reader.tap("Volver")
    await reader.open("simulators")
    await reader.tap("Un crédito")
    assert reader.place == ("credit_simulation", "line")


async def test_a_cooperative_without_lines_says_so(room: Room) -> None:
    room.without_lines()
    for flow, words in (
        ("cdat_simulation", "no hay CDAT para simular"),
        ("credit_simulation", "no hay líneas de crédito para simular"),
    ):
        reader = await room.visitor().open(flow)
        assert words in reader.text
        await reader.tap("Menú")
        assert reader.place[0] == "menu"
