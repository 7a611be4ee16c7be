"""Extra payments, and room in the salary."""

from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.finance.capacity import Income, room_for_deductions
from domain.finance.prepayment import prepay
from domain.money import Centavos
from storage.schema import member
from tests.simulation.conftest import Room
from tests.simulation.test_credit import USUAL, pesos, quoted, up_to

EXTRA = (*USUAL, "Más opciones", "abono más")
CAPACITY = (*USUAL, "Más opciones", "sueldo")


async def with_salary(connection: AsyncConnection, salary: int | None) -> None:
    pay = None if salary is None else Centavos(salary * 100)
    await connection.execute(update(member).values(salary=pay))


async def test_both_choices_of_the_debtor_with_the_figures_of_the_domain(room: Room) -> None:
    reader = await up_to(room.member(), *EXTRA, "1.000.000", "cuota 12")
    schedule = quoted(room, "libre-inversion", 5_000_000, 24).schedule
    found = prepay(schedule, 12, Decimal(1_000_000))
    assert found.shorter is not None
    assert f"Quedaría debiendo {pesos(found.balance)}" in reader.text
    for left in (found.unchanged, found.shorter, found.lower):
        assert f"{left.count} cuotas de {pesos(left.payment)} cada mes" in reader.text
        costs = found.unchanged.total_interest + found.unchanged.total_insurance
        saved = costs - left.total_interest - left.total_insurance
        assert not saved or f"Se ahorra <b>{pesos(saved)}</b>" in reader.text
    assert "La ley le deja escoger a usted" in reader.text
    await reader.tap("Probar otro abono")
    assert reader.place[1] == "extra_amount"


async def test_a_bullet_credit_is_only_made_lower(room: Room) -> None:
    taps = ("Sobre aportes", "1.000.000", "Cada mes", "24 meses", "Más opciones", "Otra forma")
    reader = await up_to(room.member(), *taps, "Solo intereses", "Más opciones", "abono más")
    await reader.tap("500.000")
    await reader.tap("cuota 6")
    assert "Pagar menos cada vez" in reader.text
    assert "Terminar antes" not in reader.text


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("5 millones", "tiene que ser menos de lo que deba entonces"),
        ("80 millones", "tiene que ser menos de lo que deba entonces"),
        ("bastante", "no entendí ese valor"),
    ],
)
async def test_an_extra_payment_that_is_none_is_asked_again(
    room: Room, typed: str, notice: str
) -> None:
    reader = await up_to(room.member(), *EXTRA)
    await reader.say(typed)
    assert reader.place[1] == "extra_amount"
    assert notice in reader.notice
    await reader.say("2")
    assert "Entendí <b>$\N{NO-BREAK SPACE}2.000.000</b>" in reader.notice
    assert reader.place[1] == "extra_after"


@pytest.mark.parametrize("typed", ["24", "100", "0", "la última", "-1"])
async def test_only_with_an_instalment_before_the_last(room: Room, typed: str) -> None:
    reader = await up_to(room.member(), *EXTRA, "1.000.000")
    await reader.say(typed)
    assert reader.place[1] == "extra_after"
    assert "antes de la última" in reader.notice
    await reader.say("6")
    assert reader.place[1] == "extra"


async def test_more_than_is_owed_by_then_goes_back_to_the_amount(room: Room) -> None:
    reader = await up_to(room.member(), *EXTRA, "2.000.000")
    await reader.say("23")
    balance = quoted(room, "libre-inversion", 5_000_000, 24).schedule.rows[22].balance
    assert reader.place[1] == "extra_amount"
    assert f"que es {pesos(balance)}" in reader.notice


async def test_a_credit_of_one_instalment_has_nothing_to_advance(room: Room) -> None:
    reader = await up_to(room.member(), "Calamidad", "500.000", "Cada mes")
    await reader.say("1 mes")
    assert "1 sola cuota" in reader.text
    assert "La paga el 2 de diciembre de 2026" in reader.text
    await reader.tap("Más opciones")
    await reader.tap("abono más")
    await reader.say("100.000")
    assert reader.place[1] == "more"
    assert "una sola cuota" in reader.notice


async def test_the_salary_on_file_is_held_against_a_payroll_line(
    room: Room, connection: AsyncConnection
) -> None:
    await with_salary(connection, 3_000_000)
    reader = await up_to(room.member(), *USUAL)
    free = room_for_deductions(Income(Decimal(3_000_000)), room.cooperative.products.payroll)
    assert f"caben descuentos de {pesos(free)} al mes: esta cuota le cabe" in reader.text
    await reader.tap("Más opciones")
    await reader.tap("sueldo")
    payment = quoted(room, "libre-inversion", 5_000_000, 24).schedule.first_payment
    for words in (
        "Su ingreso del mes: $\N{NO-BREAK SPACE}3.000.000",
        "(8 %): $\N{NO-BREAK SPACE}240.000",
        f"<b>{pesos(free)}</b> al mes",
        f"Esta cuota, al mes: <b>{pesos(payment)}</b>",
        "✅ Le cabe",
    ):
        assert words in reader.text


async def test_too_much_for_the_salary_explains_and_refuses_nothing(
    room: Room, connection: AsyncConnection
) -> None:
    await with_salary(connection, 500_000)
    reader = await up_to(room.member(), *USUAL)
    assert "esta cuota es más" in reader.text
    assert any("Me interesa" in label for label in reader.labels)
    await reader.tap("Más opciones")
    await reader.tap("sueldo")
    assert "⚠️ La cuota es más de lo que le cabe" in reader.text
    await reader.tap("Ver cuánto sí me cabe")
    assert reader.place[1] == "result"
    free = room_for_deductions(Income(Decimal(500_000)), room.cooperative.products.payroll)
    assert f"Si puede pagar hasta {pesos(free)}" in reader.text
    assert "esta cuota le cabe" in reader.text


async def test_other_deductions_take_room_and_fortnights_count_twice(
    room: Room, connection: AsyncConnection
) -> None:
    await with_salary(connection, 3_000_000)
    taps = ("Libre inversión", "5.000.000", "Cada quincena", "24 meses", "Más opciones", "sueldo")
    reader = await up_to(room.member(), *taps)
    await reader.tap("otros descuentos")
    await reader.say("muchos")
    assert "no entendí ese valor" in reader.notice
    await reader.say("400")
    assert "Entendí <b>$\N{NO-BREAK SPACE}400.000</b>" in reader.notice
    income = Income(Decimal(3_000_000), deductions=Decimal(400_000))
    free = room_for_deductions(income, room.cooperative.products.payroll)
    assert f"<b>{pesos(free)}</b> al mes" in reader.text
    await reader.tap("otros descuentos")
    await reader.tap("Volver")
    assert reader.place[1] == "capacity"


async def test_without_a_salary_on_file_it_is_asked_and_not_kept(
    room: Room, connection: AsyncConnection
) -> None:
    reader = await up_to(room.member(), *CAPACITY)
    assert "No tenemos registrado su ingreso" in reader.text
    await reader.say("hola señorita")
    await up_to(reader, *CAPACITY)
    await reader.say("lo normal")
    assert "no entendí ese valor" in reader.notice
    await reader.say("3")
    assert "Entendí <b>$\N{NO-BREAK SPACE}3.000.000</b>" in reader.notice
    assert "Su ingreso del mes: $\N{NO-BREAK SPACE}3.000.000" in reader.text
    assert (await connection.execute(member.select())).one().salary is None


async def test_lines_that_are_not_paid_by_payroll_say_nothing_of_the_salary(
    room: Room, connection: AsyncConnection
) -> None:
    await with_salary(connection, 3_000_000)
    reader = await up_to(room.member(), "Turismo", "1.000.000", "12 meses")
    assert "sueldo" not in reader.text
    await reader.tap("Más opciones")
    assert not any("sueldo" in label for label in reader.labels)


async def test_a_room_of_nothing_offers_no_credit_that_fits(
    room: Room, connection: AsyncConnection
) -> None:
    await with_salary(connection, 100_000)
    reader = await up_to(room.member(), *CAPACITY)
    await reader.tap("otros descuentos")
    await reader.say("90.000")
    assert not any("sí me cabe" in label for label in reader.labels)
