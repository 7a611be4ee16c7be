"""Rows of closed years for tests."""

from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Centavos, Percent
from storage.dialect import insert_or_ignore
from storage.schema import closed_year, withholding, year_end

CONCEPT = "Rendimientos de ahorros"


async def close_years(connection: AsyncConnection, *years: int) -> None:
    for year in years:
        await connection.execute(insert_or_ignore(connection, closed_year, {"year": year}))


async def add_withholding(
    connection: AsyncConnection,
    member_id: int,
    year: int = 2025,
    amount: int = 7_000_00,
    concept: str = CONCEPT,
) -> None:
    """What was withheld at 7 %, and its year closed."""
    row = {
        "member_id": member_id,
        "year": year,
        "concept": concept,
        "base": Centavos(amount * 100 // 7),
        "rate": Percent("7"),
        "amount": Centavos(amount),
    }
    await connection.execute(insert(withholding), row)
    await close_years(connection, year)


async def correct_withholding(
    connection: AsyncConnection, member_id: int, amount: int, year: int = 2025
) -> None:
    own = (withholding.c.member_id == member_id) & (withholding.c.year == year)
    changed = {"amount": Centavos(amount), "base": Centavos(amount * 100 // 7)}
    await connection.execute(update(withholding).where(own).values(changed))


async def add_year_end(
    connection: AsyncConnection, member_id: int, kind: str, balance: int, **given: Any
) -> None:
    row = {
        "year": 2025,
        "kind": kind,
        "number": f"{kind}-{member_id}",
        "member_id": member_id,
        "name": f"Producto {kind}",
        "balance": Centavos(balance),
    }
    await connection.execute(insert(year_end), row | given)
