"""Rows of made-up members, products and movements for tests."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Centavos, Percent
from storage.schema import member, movement, product

CUT_OFF = date(2026, 10, 31)
DOCUMENT = "41789123"


async def add_member(connection: AsyncConnection, member_id: int, **given: Any) -> None:
    row = {
        "id": member_id,
        "number": f"A{member_id:05}",
        "document_type": "CC",
        "document_number": DOCUMENT if member_id == 1 else str(50_000_000 + member_id),
        "first_names": "MARÍA EUGENIA",
        "surnames": "Ñáñez Peña",
        "birth_date": date(1958, 4, 12),
        "status": "active",
        "as_of": CUT_OFF,
        "first_loaded_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    await connection.execute(insert(member), row | given)


async def add_product(
    connection: AsyncConnection, member_id: int, product_id: int, kind: str, **given: Any
) -> None:
    row = {
        "id": product_id,
        "member_id": member_id,
        "kind": kind,
        "number": f"7700{product_id:06}",
        "name": f"Producto {product_id}",
        "balance": Centavos(0),
    }
    await connection.execute(insert(product), row | given)


async def add_movements(
    connection: AsyncConnection, product_id: int, *entries: tuple[date, str, int]
) -> None:
    rows = [
        {
            "product_id": product_id,
            "reference": f"R{number}",
            "booked_on": booked_on,
            "description": description,
            "amount": Centavos(amount),
            "balance": None,
        }
        for number, (booked_on, description, amount) in enumerate(entries)
    ]
    await connection.execute(insert(movement), rows)


_TEACHERS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (
        10,
        "contribution",
        {
            "name": "Aportes sociales",
            "number": DOCUMENT,
            "balance": Centavos(482_500_000),
            "instalment": Centavos(7_200_000),
        },
    ),
    (20, "demand", {"name": "Ahorro a la vista", "balance": Centavos(123_456_789)}),
    (
        21,
        "cdat",
        {
            "name": "CDAT",
            "balance": Centavos(1_000_000_000),
            "rate": Percent("9.20"),
            "rate_kind": "effective_annual",
            "accrued_interest": Centavos(22_345_600),
            "opened_on": date(2026, 8, 5),
            "matures_on": date(2027, 2, 5),
            "period": "quarterly",
        },
    ),
    (
        30,
        "credit",
        {
            "name": "Libre inversión",
            "balance": Centavos(612_345_600),
            "disbursed": Centavos(1_200_000_000),
            "rate": Percent("1.45"),
            "rate_kind": "monthly",
            "instalment": Centavos(43_210_000),
            "period": "monthly",
            "opened_on": date(2025, 10, 20),
            "next_due_on": date(2026, 10, 28),
            "instalments_paid": 12,
            "instalments_total": 36,
            "days_past_due": 3,
            "arrears": Centavos(43_210_000),
        },
    ),
    (
        31,
        "credit",
        {
            "name": "Educación",
            "balance": Centavos(90_000_050),
            "disbursed": Centavos(150_000_000),
            "rate": Percent("1.10"),
            "rate_kind": "monthly",
            "instalment": Centavos(15_000_000),
            "period": "fortnightly",
            "next_due_on": date(2026, 11, 15),
            "instalments_paid": 4,
            "instalments_total": 12,
            "days_past_due": 0,
            "arrears": Centavos(0),
        },
    ),
)


async def add_teacher(connection: AsyncConnection) -> None:
    """Member 1: contributions, a savings account, a CDAT, a credit in arrears and one current."""
    await add_member(connection, 1)
    for product_id, kind, columns in _TEACHERS:
        await add_product(connection, 1, product_id, kind, **columns)
    await add_movements(
        connection,
        20,
        *((date(2026, 10, day), f"Consignación {day}", 1_000_000 * day) for day in range(1, 11)),
        (date(2026, 8, 14), "Retiro en oficina", -5_000_050),
        (date(2026, 10, 10), "Intereses", 12_300),
    )
