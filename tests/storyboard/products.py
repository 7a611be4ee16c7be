"""Members of several kinds, by what they have."""

from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Centavos, Percent
from storage.schema import movement
from tests.statement_rows import add_movements, add_product

LONG_NAME = "Crédito de libre inversión con garantía real para vivienda"


def _id(member_id: int, number: int) -> int:
    return member_id * 1000 + number


async def _credit(connection: AsyncConnection, member_id: int, number: int, **given: Any) -> None:
    row = {
        "name": "Libre inversión",
        "balance": Centavos(612_345_600),
        "disbursed": Centavos(1_200_000_000),
        "instalment": Centavos(43_210_000),
        "period": "monthly",
        "next_due_on": date(2026, 11, 15),
        "instalments_paid": 12,
        "instalments_total": 36,
        "days_past_due": 0,
        "arrears": Centavos(0),
    }
    await add_product(connection, member_id, _id(member_id, number), "credit", **(row | given))


async def only_contributions(connection: AsyncConnection, member_id: int) -> None:
    row = {"name": "Aportes sociales", "balance": Centavos(482_500_000)}
    await add_product(connection, member_id, _id(member_id, 1), "contribution", **row)


async def one_day_late(connection: AsyncConnection, member_id: int) -> None:
    """A credit one day past due, another paid monthly but without a date, one closed."""
    late = {"days_past_due": 1, "next_due_on": date(2026, 10, 30)}
    rate = {"rate": Percent("17.40"), "rate_kind": "nominal_monthly"}
    await _credit(connection, member_id, 1, arrears=Centavos(43_210_000), **late, **rate)
    paid = {"balance": Centavos(0), "next_due_on": None, "closed_on": date(2026, 9, 30)}
    await _credit(connection, member_id, 2, name="Calamidad", **paid)


async def unknown_arrears(connection: AsyncConnection, member_id: int) -> None:
    await _credit(connection, member_id, 1, days_past_due=1, next_due_on=None)
    await _credit(connection, member_id, 2, days_past_due=31, next_due_on=None)


async def seven_dues(connection: AsyncConnection, member_id: int) -> None:
    for number in range(1, 8):
        await _credit(connection, member_id, number, name=LONG_NAME)


async def six_dues(connection: AsyncConnection, member_id: int) -> None:
    for number in range(1, 7):
        await _credit(connection, member_id, number)


async def forty_savings(connection: AsyncConnection, member_id: int) -> None:
    """Forty CDATs and accounts; the first has a closed one's place in the list, the last."""
    for number in range(1, 41):
        row: dict[str, Any] = {"name": "CDAT", "balance": Centavos(number * 100_000_050)}
        if number == 40:
            row = {"name": "CDAT", "closed_on": date(2026, 10, 1)}
        await add_product(connection, member_id, _id(member_id, number), "cdat", **row)


async def other_savings(connection: AsyncConnection, member_id: int) -> None:
    """Permanent and programmed savings, with few movements."""
    permanent = {
        "name": "Ahorro permanente",
        "balance": Centavos(325_000_000),
        "rate": Percent("3.5"),
        "rate_kind": "effective_annual",
        "instalment": Centavos(6_000_000),
    }
    programmed = {
        "name": "Ahorro programado navideño",
        "balance": Centavos(96_000_000),
        "instalment": Centavos(8_000_000),
        "opened_on": date(2025, 12, 1),
        "matures_on": date(2026, 12, 1),
        "period": "at_maturity",
    }
    await add_product(connection, member_id, _id(member_id, 1), "permanent", **permanent)
    await add_product(connection, member_id, _id(member_id, 2), "programmed", **programmed)
    withdrawal = (date(2026, 9, 15), "Retiro en oficina", -5_000_000)
    await add_movements(connection, _id(member_id, 1), withdrawal)


async def one_credit_paid(connection: AsyncConnection, member_id: int) -> None:
    await _credit(connection, member_id, 1)
    entries = (
        (date(2026, 9, 20), "Seguro de vida deudores", 1_250_000),
        (date(2026, 10, 20), "Cuota 12", -43_210_000),
    )
    await add_movements(connection, _id(member_id, 1), *entries)
    mine = movement.c.product_id == _id(member_id, 1)
    await connection.execute(update(movement).where(mine).values(balance=Centavos(612_345_600)))
