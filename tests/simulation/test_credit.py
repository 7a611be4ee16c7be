"""A credit simulated in the chat: few taps, every figure as the domain works it out."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.finance.rounding import centavos
from domain.money import Percent
from domain.products.credit_quotes import CreditQuote, CreditQuotes, CreditRequest
from domain.products.ranges import Situation
from domain.products.refusals import AboveUsuryCap, MissingFigure
from handlers.kit.format import money
from handlers.simulation.amount_question import SetAmount
from handlers.simulation.line_question import ChooseLine
from handlers.simulation.period_question import ChoosePeriod
from handlers.simulation.term_question import SetTerm
from storage.schema import product
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


@pytest.mark.parametrize(
    ("payment", "term", "words"),
    [("300.000", "24 meses", "le alcanza para pedir"), ("5 millones", "72 meses", "lo máximo")],
)
async def test_how_much_is_lent_to_who_can_pay_so_much(
    room: Room, payment: str, term: str, words: str
) -> None:
    reader = await up_to(room.member(), "Libre inversión", "Sé cuánto puedo pagar")
    await reader.say(payment)
    await reader.tap("Cada mes")
    await reader.tap(term)
    assert words in reader.text
    amount = Decimal({"300.000": 300_000, "5 millones": 5_000_000}[payment])
    request = CreditRequest("libre-inversion", Decimal(1), int(term.split()[0]))
    situation = Situation(DAY, OWN)
    found = CreditQuotes(room.cooperative.products).affordable(request, amount, situation)
    assert found is not None
    assert f"pedir <b>{pesos(found.request.amount)}</b>" in reader.text
    assert found.schedule.first_payment <= amount
    assert pesos(found.schedule.first_payment) in reader.text


async def test_a_payment_that_lends_nothing_says_the_least(room: Room) -> None:
    reader = await up_to(room.member(), "Libre inversión", "Sé cuánto puedo pagar")
    await reader.say("5.000")
    await reader.tap("Cada mes")
    await reader.tap("72 meses")
    least = quoted(room, "libre-inversion", 500_000, 72).schedule.first_payment
    assert reader.place[1] == "payment"
    assert f"cuesta {pesos(least)} cada vez" in reader.notice
    await reader.say("ni idea")
    assert "no entendí ese valor" in reader.notice
    assert reader.place[1] == "payment"
    await reader.tap("100.000")
    assert reader.place[1] == "result"


async def test_a_changed_payment_asks_again_and_an_amount_ends_it(room: Room) -> None:
    reader = await up_to(room.member(), "Libre inversión", "Sé cuánto puedo pagar")
    await reader.say("300")
    assert "Entendí <b>$\N{NO-BREAK SPACE}300.000</b>" in reader.notice
    await reader.tap("Cada mes")
    await reader.tap("24 meses")
    await reader.tap("Cambiar algo")
    await reader.tap("El valor")
    assert reader.place[1] == "payment"
    await reader.tap("500.000")
    assert "Si puede pagar hasta" in reader.text
    await reader.tap("Cambiar algo")
    await reader.tap("El valor")
    await reader.tap("Volver")
    await reader.tap("5.000.000")
    assert "Usted pide" in reader.text


async def test_two_side_by_side_and_what_the_difference_comes_to(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    await reader.tap("Más opciones")
    await reader.tap("Comparar")
    await reader.tap("El plazo")
    await reader.tap("36 meses")
    first = quoted(room, "libre-inversion", 5_000_000, 24).schedule
    second = quoted(room, "libre-inversion", 5_000_000, 36).schedule
    for schedule in (first, second):
        for figure in (schedule.first_payment, schedule.total_interest, schedule.total_paid):
            assert pesos(figure) in reader.text
    cheaper = pesos(first.first_payment - second.first_payment)
    dearer = pesos(second.total_paid - first.total_paid)
    assert f"la primera cuota es {cheaper} más baja" in reader.text
    assert f"paga en total {dearer} más" in reader.text
    await reader.tap("Cambiar la opción 2")
    await reader.tap("El valor")
    await reader.tap("10.000.000")
    assert pesos(quoted(room, "libre-inversion", 10_000_000, 36).schedule.total_paid) in reader.text
    await reader.tap("La opción 2")
    assert reader.place[1] == "result"
    assert "10.000.000" in reader.text


async def test_a_comparison_may_be_given_up(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    result = reader.text
    await reader.tap("Más opciones")
    await reader.tap("Comparar")
    assert await reader.tap("Volver") == result
    await reader.tap("Más opciones")
    await reader.tap("Comparar")
    await reader.tap("El plazo")
    await reader.tap("36 meses")
    assert await reader.tap("La opción 1") == result


@pytest.mark.parametrize(
    ("system", "label", "words"),
    [
        (System.CONSTANT_PRINCIPAL, "Cuota que baja", "Primera cuota: "),
        (System.LEVEL, "Cuota fija", "Cuota: "),
    ],
)
async def test_another_way_of_paying_back(
    room: Room, system: System, label: str, words: str
) -> None:
    reader = await up_to(room.member(), *USUAL, "Más opciones", "Otra forma de cuota", label)
    quote = quoted(room, "libre-inversion", 5_000_000, 24, system=system)
    assert f"{words}{pesos(quote.schedule.first_payment)}" in reader.text
    assert pesos(quote.schedule.total_interest) in reader.text


async def test_interest_only_and_all_at_the_end(room: Room) -> None:
    taps = ("Sobre aportes", "1.000.000", "Cada seis meses", "24 meses")
    reader = await up_to(room.member(), *taps)
    await reader.tap("Más opciones")
    await reader.tap("Otra forma de cuota")
    await reader.tap("Solo intereses")
    quote = quoted(
        room, "sobre-aportes", 1_000_000, 24, period=Period.SEMIANNUAL, system=System.BULLET
    )
    assert f"Cuota de intereses: {pesos(quote.schedule.first_payment)}" in reader.text
    assert f"todo el préstamo: {pesos(quote.schedule.last_payment)}" in reader.text


async def test_the_schedule_page_by_page_is_the_domains(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    await reader.tap("Cuotas")
    rows, seen = quoted(room, "libre-inversion", 5_000_000, 24).schedule.rows, ""
    assert "Página 1 de 4" in reader.text
    for _ in range(3):
        seen += reader.text
        await reader.tap("Siguientes")
    seen += reader.text
    for row in rows:
        assert f"<b>{row.number}. " in seen
        for amount in (row.payment, row.principal, row.interest, row.insurance, row.balance):
            assert pesos(amount) in seen
    assert not any("Siguientes" in label for label in reader.labels)
    await reader.tap("Anteriores")
    await reader.tap("Volver")
    assert reader.place[1] == "result"


async def test_visitors_simulate_too_and_are_told_what_entering_adds(room: Room) -> None:
    reader = await up_to(room.visitor(), "Cupo rotativo")
    assert "15.000.000" in reader.text
    assert "depende de los aportes: 3 veces sus aportes" in reader.text
    assert "entre con su PIN" in reader.text
    await reader.tap("1.000.000")
    await reader.tap("12 meses")
    assert reader.place[1] == "result"
    await reader.tap("Más opciones")
    assert not any("sueldo" in label for label in reader.labels)


async def test_a_members_limits_count_their_contributions(room: Room) -> None:
    reader = await up_to(room.member(), "Sobre aportes")
    assert f"{pesos(OWN * 95 // 100)}</b> (el 95 % de sus aportes)" in reader.text
    await up_to(reader, "Cupo rotativo")
    assert f"{pesos(OWN * 3)}</b> (3 veces sus aportes)" in reader.text


async def test_a_line_that_the_contributions_do_not_reach_is_said(
    room: Room, connection: AsyncConnection
) -> None:
    poor = update(product).where(product.c.kind == "contribution").values(balance=1_000_00)
    await connection.execute(poor)
    reader = await up_to(room.member(), "Sobre aportes")
    assert reader.place[1] == "line"
    assert "todavía no alcanza el mínimo de esta línea" in reader.notice
    await reader.tap("Libre inversión")
    assert reader.place[1] == "amount"


async def test_a_rate_above_the_cap_is_refused_and_reported(room: Room) -> None:
    caps = dict.fromkeys([date(2026, 11, 1)], Percent(10))
    reader = await up_to(room.without(usury=caps).member(), *USUAL)
    assert reader.place[1] == "line"
    assert "pasa del tope legal de noviembre de 2026, que es 10,00" in reader.notice
    assert isinstance(room.reported[0], AboveUsuryCap)
    await reader.tap("Sobre aportes")
    assert reader.place[1] == "amount"


async def test_an_older_cap_is_used_and_said(room: Room) -> None:
    reader = await up_to(room.without(usury={date(2026, 9, 1): Percent(24)}).member(), *USUAL)
    assert "24,00\N{NO-BREAK SPACE}% E.A., de septiembre de 2026" in reader.text
    assert "El de noviembre de 2026 todavía no lo tenemos" in reader.text


@pytest.mark.parametrize(
    ("tables", "taps", "words"),
    [
        ({"usury": {}}, USUAL, "Me falta el tope legal de las tasas de noviembre de 2026"),
        ({"minimum_wage": {}}, USUAL[:1], "me falta el salario mínimo de 2026"),
    ],
)
async def test_a_missing_figure_is_said_with_what_to_do(
    room: Room, tables: dict[str, object], taps: tuple[str, ...], words: str
) -> None:
    reader = await up_to(room.without(**tables).member(), *taps)
    assert reader.place[1] == "line"
    assert words in reader.notice
    assert "Ya le avisé a la cooperativa" in reader.notice
    assert isinstance(room.reported[-1], MissingFigure)
    assert any("Educación" in label for label in reader.labels)
    await reader.tap("Menú")
    assert reader.place[0] == "menu"


async def test_figures_that_go_missing_on_the_way_do_not_stop_the_chat(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    kept = dict(reader.data)
    gone = room.without(usury={}).member()
    await gone.open("credit_simulation")
    gone.step, gone.data = "result", kept
    gone.screen = await gone.flow.steps["result"].show(kept)
    shown = [button.label for row in gone.screen.rows for button in row]
    assert shown[0] == "simulation.button.start_over"
    await gone.tap("Empezar de nuevo")
    assert gone.place[1] == "line"


async def test_a_line_that_is_no_longer_there(room: Room) -> None:
    reader = await room.member().open("credit_simulation")
    await reader.send(ChooseLine("nada"))
    assert "ya no está" in reader.notice
    await reader.tap("Turismo")
    assert reader.place[1] == "amount"


@pytest.mark.parametrize(
    "forged", [SetAmount(0), SetAmount(10**17), SetTerm(0), SetTerm(10**9), ChoosePeriod("daily")]
)
async def test_made_up_buttons_change_nothing(room: Room, forged: object) -> None:
    steps = {SetAmount: USUAL[:1], SetTerm: USUAL[:3], ChoosePeriod: USUAL[:2]}
    reader = await up_to(room.member(), *steps[type(forged)])
    place = reader.place
    await reader.send(forged)
    assert reader.place == place


async def test_an_employee_simulates_but_sends_nothing(room: Room) -> None:
    reader = await up_to(room.employee(), *USUAL)
    assert not any("Me interesa" in label for label in reader.labels)


async def test_requirements_are_the_lines_own(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL, "Más opciones", "Requisitos")
    assert "• Presentar los dos últimos desprendibles de pago." in reader.text
    await reader.tap("Volver")
    assert reader.place[1] == "more"
