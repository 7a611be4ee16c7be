"""A credit simulated in the chat: few taps, every figure as the domain works it out."""

from datetime import date
from decimal import Decimal

import pytest

from domain.finance.periods import Period
from domain.finance.rounding import centavos
from domain.products.credit_quotes import CreditQuote, CreditQuotes, CreditRequest
from domain.products.ranges import Situation
from handlers.kit.format import money
from tests.handlers.reading import Reader
from tests.simulation.conftest import Room

DAY = date(2026, 11, 2)
OWN = Decimal(4_825_000)


def quoted(room: Room, line: str, amount: int, months: int, **more: object) -> CreditQuote:
    """What the domain says of that credit, for the teacher."""
    request = CreditRequest(line, Decimal(amount), months, **more)
    return CreditQuotes(room.cooperative.products).quote(request, Situation(DAY, OWN))


def pesos(amount: Decimal) -> str:
    return money(centavos(amount))


async def up_to(reader: Reader, *taps: str) -> Reader:
    await reader.open("credit_simulation")
    for tap in taps:
        await reader.tap(tap)
    return reader


USUAL = ("Libre inversión", "5.000.000", "Cada mes", "24 meses")


async def test_four_taps_and_every_figure_of_the_domain(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    assert reader.place == ("credit_simulation", "result")
    quote = quoted(room, "libre-inversion", 5_000_000, 24)
    schedule = quote.schedule
    for figure in (
        quote.request.amount,
        schedule.first_payment,
        schedule.last_payment,
        schedule.instalment,
        schedule.rows[0].insurance,
        schedule.total_interest,
        schedule.total_insurance,
        schedule.total_paid,
    ):
        assert pesos(figure) in reader.text, figure
    for words in ("24 cuotas, cada mes", "2 dic 2026", "2 nov 2028", "1,45", "18,86", "19,34"):
        assert words in reader.text
    assert "Simulación informativa del 2 nov 2026" in reader.text
    assert "tasa vigente desde el 1 ene 2026" in reader.text
    assert "No es una oferta ni una aprobación" in reader.text


@pytest.mark.parametrize("typed", ["5 millones", "$5'000.000", "5000000", "5m", "cinco millones"])
async def test_typed_amounts_and_terms_are_the_same_as_buttons(room: Room, typed: str) -> None:
    by_buttons = await up_to(room.member(), *USUAL)
    reader = await up_to(room.member(), "Libre inversión")
    await reader.say(typed)
    await reader.tap("Cada mes")
    assert await reader.say("dos años") == by_buttons.text


async def test_a_bare_five_is_the_only_amount_that_the_line_allows(room: Room) -> None:
    reader = await up_to(room.member(), "Libre inversión")
    await reader.say("5")
    assert reader.place[1] == "period"
    assert "Entendí <b>$\N{NO-BREAK SPACE}5.000.000</b>" in reader.notice
    await reader.tap("Volver")
    await reader.say("6 millones")
    assert reader.data["draft"]["amount"] == "6000000"


async def test_what_may_be_two_amounts_is_asked(room: Room) -> None:
    reader = await up_to(room.member(), "Libre inversión")
    await reader.say("2 millones 300")
    assert "¿Es alguno de estos?" in reader.notice
    guesses = {label for label in reader.labels if label.startswith("👉")}
    assert guesses == {"👉 $\N{NO-BREAK SPACE}2.300.000", "👉 $\N{NO-BREAK SPACE}2.000.300"}
    await reader.tap("2.300.000")
    assert reader.data["draft"]["amount"] == "2300000"
    assert reader.place[1] == "period"


async def test_centavos_are_refused_with_the_peso_beside_it(room: Room) -> None:
    reader = await up_to(room.member(), "Libre inversión")
    await reader.say("5.000.000,50")
    assert "Entendí <b>$\N{NO-BREAK SPACE}5.000.000</b>" in reader.notice
    assert reader.data["draft"]["amount"] == "5000000"


@pytest.mark.parametrize(
    ("typed", "notice", "button"),
    [
        ("100 millones", "100.000.000 es más de lo que se puede", "Lo máximo"),
        ("100.000", "es menos de lo que se puede", "👉"),
        ("5.000", "es menos de lo que se puede", "👉 $\N{NO-BREAK SPACE}5.000.000"),
    ],
)
async def test_an_amount_out_of_range_is_answered_with_the_lines_limits(
    room: Room, typed: str, notice: str, button: str
) -> None:
    reader = await up_to(room.member(), "Libre inversión")
    await reader.say(typed)
    assert reader.place[1] == "amount"
    assert notice in reader.notice
    assert "Entre <b>$\N{NO-BREAK SPACE}500.000</b>" in reader.text
    assert "87.545.250</b> (50 salarios mínimos)" in reader.text
    await reader.tap(button)
    assert reader.place[1] == "period"


async def test_words_that_are_no_amount_lose_nothing(room: Room) -> None:
    reader = await up_to(room.member(), "Libre inversión")
    await reader.say("lo que alcance")
    assert "no entendí ese valor" in reader.notice
    assert reader.place[1] == "amount"
    await reader.say("ayuda")
    assert reader.place == ("help", "help")


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("100", "100 meses, y esta línea no lo permite. De 3 meses a 72 meses (6 años)"),
        ("1 mes", "1 mes, y esta línea no lo permite"),
        ("mucho tiempo", "no entendí el plazo"),
        ("90 días", "no entendí el plazo"),
    ],
)
async def test_a_term_out_of_range_keeps_the_rest(room: Room, typed: str, notice: str) -> None:
    reader = await up_to(room.member(), *USUAL[:3])
    await reader.say(typed)
    assert notice in reader.notice
    await reader.say("24")
    assert reader.place[1] == "result"
    assert reader.data["draft"]["amount"] == "5000000"


async def test_a_term_that_is_no_whole_number_of_instalments(room: Room) -> None:
    reader = await up_to(room.member(), "Vehículo", "5.000.000", "Cada tres meses")
    assert next(label for label in reader.labels if "meses" in label) == "12 meses"
    await reader.say("20 meses")
    assert "no da cuotas completas si se paga cada tres meses" in reader.notice
    assert "18 meses o 21 meses" in reader.notice
    await reader.say("21")
    quote = quoted(room, "vehiculo", 5_000_000, 21, period=Period.QUARTERLY)
    assert f"Cuota: {pesos(quote.schedule.first_payment)}" in reader.text


async def test_one_answer_is_changed_without_starting_again(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    await reader.tap("Cambiar algo")
    await reader.tap("El plazo")
    await reader.tap("36 meses")
    assert reader.place[1] == "result"
    assert pesos(quoted(room, "libre-inversion", 5_000_000, 36).schedule.total_paid) in reader.text
    await reader.tap("Cambiar algo")
    await reader.tap("Cada cuánto pago")
    await reader.tap("Cada quincena")
    quote = quoted(room, "libre-inversion", 5_000_000, 36, period=Period.FORTNIGHTLY)
    assert pesos(quote.schedule.total_paid) in reader.text
    await reader.tap("Cambiar algo")
    await reader.tap("El valor")
    await reader.tap("10.000.000")
    quote = quoted(room, "libre-inversion", 10_000_000, 36, period=Period.FORTNIGHTLY)
    assert pesos(quote.schedule.total_paid) in reader.text


async def test_another_line_keeps_the_answers_that_it_allows(room: Room) -> None:
    reader = await up_to(room.member(), "Vivienda", "100.000.000", "120 meses")
    await reader.tap("Cambiar algo")
    await reader.tap("Para qué es")
    await reader.tap("Educación")
    assert "100.000.000 es más de lo que se puede" in reader.notice
    await reader.tap("Lo máximo")
    assert "120 meses (10 años), y esta línea no lo permite" in reader.notice
    await reader.tap("36 meses")
    assert pesos(quoted(room, "educacion", 30_000_000, 36).schedule.total_paid) in reader.text


async def test_back_goes_through_the_questions_to_the_menu(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    for step in ("term", "period", "amount", "line"):
        await reader.tap("Volver")
        assert reader.place == ("credit_simulation", step)
    await reader.tap("Volver")
    assert reader.place[0] == "menu"


async def test_back_from_a_change_keeps_the_simulation(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    result = reader.text
    await reader.tap("Cambiar algo")
    await reader.tap("El valor")
    await reader.tap("Volver")
    assert reader.place[1] == "change"
    assert await reader.tap("Volver") == result


async def test_a_question_with_one_answer_is_not_asked(room: Room) -> None:
    reader = await up_to(room.member(), "Vivienda", "10.000.000")
    assert reader.place[1] == "term"
    await reader.tap("Volver")
    assert reader.place[1] == "amount"
