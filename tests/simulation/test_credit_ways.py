"""Other ways to ask of a credit: by the payment, side by side, paid back otherwise, row by row."""

from decimal import Decimal

import pytest

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.products.credit_quotes import CreditQuotes, CreditRequest
from domain.products.ranges import Situation
from tests.simulation.conftest import Room
from tests.simulation.test_credit import DAY, OWN, USUAL, pesos, quoted, up_to


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
