"""What the office may have to tell, read for some members at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import local_date
from domain.money import Centavos
from domain.notifications.occasions import NEWS, Cdat, Credit, MemberFacts, Payment
from storage.schema import (
    closed_year,
    consent,
    credential,
    member,
    movement,
    product,
    profile_confirmation,
    profile_request,
    withholding,
    year_end,
)

_KINDS = ("credit", "cdat")


@dataclass(frozen=True, slots=True)
class Known:
    """A member's facts, with the key that the next page begins after."""

    member_id: int
    facts: MemberFacts


class FactRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def next(self, after: int, limit: int, now: datetime) -> list[Known]:
        """The next active members with a bound account, by their keys from `after` on."""
        rows = await self._people(after, limit)
        ids = [row.id for row in rows]
        if not ids:
            return []
        products = _grouped(await self._products(ids))
        payments = _grouped(await self._payments(ids, local_date(now) - NEWS))
        certified = await self._certified(ids)
        return [
            Known(
                row.id,
                MemberFacts(
                    number=row.number,
                    first_names=row.first_names,
                    birth_date=row.birth_date,
                    credits=[_credit(p, row.as_of) for p in _of("credit", products, row.id)],
                    cdats=[_cdat(p) for p in _of("cdat", products, row.id)],
                    payments=[_payment(p) for p in payments.get(row.id, ())],
                    data_from=_data_from(row),
                    certificate_year=certified.get(row.id),
                ),
            )
            for row in rows
        ]

    async def _people(self, after: int, limit: int) -> Sequence[Any]:
        confirmed = (
            select(func.max(profile_confirmation.c.at))
            .where(profile_confirmation.c.member_id == member.c.id)
            .scalar_subquery()
        )
        asked = exists().where(
            profile_request.c.member_id == member.c.id, profile_request.c.closed_at.is_(None)
        )
        query = (
            select(
                *(member.c.id, member.c.number, member.c.first_names, member.c.birth_date),
                *(member.c.as_of, member.c.first_loaded_at),
                confirmed.label("confirmed_at"),
                asked.label("asked"),
            )
            .join(credential, credential.c.member_id == member.c.id)
            .where(
                member.c.id > after,
                member.c.status == "active",
                credential.c.telegram_id.is_not(None),
                credential.c.locked_at.is_(None),
                ~withdrawn(),
            )
            .order_by(member.c.id)
            .limit(limit)
        )
        return (await self._connection.execute(query)).all()

    async def _products(self, ids: Sequence[int]) -> Sequence[Row[Any]]:
        query = select(product).where(
            product.c.member_id.in_(ids), product.c.kind.in_(_KINDS), product.c.closed_on.is_(None)
        )
        return (await self._connection.execute(query.order_by(product.c.id))).all()

    async def _payments(self, ids: Sequence[int], since: date) -> Sequence[Any]:
        """What made a credit smaller lately."""
        query = (
            select(
                *(product.c.member_id, product.c.number, product.c.name),
                *(movement.c.reference, movement.c.booked_on, movement.c.amount),
            )
            .join(movement, movement.c.product_id == product.c.id)
            .where(
                product.c.member_id.in_(ids),
                product.c.kind == "credit",
                movement.c.booked_on >= since,
                movement.c.amount < 0,
            )
        )
        return (await self._connection.execute(query.order_by(movement.c.id))).all()

    async def _certified(self, ids: Sequence[int]) -> dict[int, int]:
        """The newest closed year of which there is something to certify."""
        found: dict[int, int] = {}
        for table in (year_end, withholding):
            query = (
                select(table.c.member_id, func.max(table.c.year))
                .join(closed_year, closed_year.c.year == table.c.year)
                .where(table.c.member_id.in_(ids))
                .group_by(table.c.member_id)
            )
            for member_id, year in await self._connection.execute(query):
                found[member_id] = max(year, found.get(member_id, year))
        return found


def withdrawn() -> Any:
    """Whether a member gave authorisations and withdrew all of them (Ley 1581 of 2012)."""
    theirs = consent.c.member_id == member.c.id
    standing = exists().where(theirs, consent.c.withdrawn_at.is_(None))
    return and_(exists().where(theirs), ~standing)


def _grouped(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    groups: dict[int, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.member_id, []).append(row)
    return groups


def _of(kind: str, products: dict[int, list[Row[Any]]], member_id: int) -> list[Row[Any]]:
    return [row for row in products.get(member_id, ()) if row.kind == kind]


def _credit(row: Row[Any], as_of: date) -> Credit:
    return Credit(
        number=row.number,
        line=row.name,
        next_due_on=row.next_due_on,
        instalment=row.instalment or Centavos(0),
        days_past_due=row.days_past_due or 0,
        as_of=as_of,
    )


def _cdat(row: Row[Any]) -> Cdat:
    return Cdat(row.number, row.name, row.matures_on)


def _payment(row: Row[Any]) -> Payment:
    amount = Centavos(-row.amount)
    return Payment(row.number, row.name, row.reference, row.booked_on, amount)


def _data_from(row: Row[Any]) -> date | None:
    """Since when; None while a request of the member is being looked at."""
    if row.asked:
        return None
    return local_date(row.confirmed_at or row.first_loaded_at)
