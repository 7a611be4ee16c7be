"""What the core system loaded, as the facts of certificates; every read names the member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, Select, extract, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.certificates.facts import (
    CertificateKind,
    CreditFacts,
    Facts,
    GoodStandingFacts,
    MembershipFacts,
    TaxReturnFacts,
    Withheld,
    WithholdingFacts,
    YearEnd,
)
from domain.money import Centavos, total
from domain.statement import Credit
from domain.statements import Holder, Nature, Span
from storage.schema import closed_year, member, withholding, year_end
from storage.statement_rows import to_holder, to_nature
from storage.statements import StatementRepository

Columns = tuple[Any, ...]
MOVEMENTS_SHOWN = timedelta(days=365)
_ORDER = {Nature.CONTRIBUTION: 0, Nature.SAVINGS: 1, Nature.CREDIT: 2}


@dataclass(frozen=True, slots=True)
class Entitled:
    """A member of whom a year has figures, and what they certify."""

    member_id: int
    holder: Holder
    facts: Facts


class RecordsRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def years(self, member_id: int, kind: CertificateKind) -> tuple[int, ...]:
        """The closed years of which that annual certificate can speak, newest first."""
        if kind is CertificateKind.TAX_RETURN:
            found = select(year_end.c.year).where(year_end.c.member_id == member_id).distinct()
            return tuple(await self._connection.scalars(found.order_by(year_end.c.year.desc())))
        joined_in = func.coalesce(extract("year", member.c.joined_on), 0)
        own = select(closed_year.c.year).where(
            member.c.id == member_id, closed_year.c.year >= joined_in
        )
        return tuple(await self._connection.scalars(own.order_by(closed_year.c.year.desc())))

    async def facts(self, member_id: int, kind: CertificateKind, year: int | None) -> Facts:
        """What the certificate would certify; LookupError without a member."""
        if year is not None:
            return (await self._annual(kind, year, [member_id]))[member_id]
        row = await self._member(member_id)
        if kind is CertificateKind.MEMBERSHIP:
            return MembershipFacts(row.as_of, row.joined_on)
        credits = await self._open_credits(member_id)
        if kind is CertificateKind.GOOD_STANDING:
            return GoodStandingFacts(row.as_of, row.joined_on, credits)
        return await self._credit_facts(member_id, row.as_of, credits)

    async def holder(self, member_id: int) -> Holder:
        """Whose certificate it is; LookupError without a member."""
        return await StatementRepository(self._connection).holder(member_id)

    async def count(self, kind: CertificateKind, year: int) -> int:
        """How many members have figures of that year."""
        table = _TABLES[kind]
        found = select(func.count(table.c.member_id.distinct())).where(table.c.year == year)
        return await self._connection.scalar(found) or 0

    async def entitled(
        self, kind: CertificateKind, year: int, after: int, limit: int
    ) -> list[Entitled]:
        """The next members with figures of that year, by id, from the one after `after` on."""
        table = _TABLES[kind]
        with_figures = select(table.c.member_id).where(table.c.year == year)
        own = member.c.id.in_(with_figures) & (member.c.id > after)
        rows = await self._all(select(member).where(own).order_by(member.c.id).limit(limit))
        facts = await self._annual(kind, year, [row.id for row in rows])
        return [Entitled(row.id, to_holder(row), facts[row.id]) for row in rows]

    async def entitled_one(self, kind: CertificateKind, year: int, number: str) -> Entitled | None:
        """The member of that number, with or without figures of that year; None: no such member."""
        rows = await self._all(select(member).where(member.c.number == number))
        if not rows:
            return None
        (row,) = rows
        facts = await self._annual(kind, year, [row.id])
        return Entitled(row.id, to_holder(row), facts[row.id])

    async def is_closed(self, kind: CertificateKind, year: int) -> bool:
        """Whether that year was loaded after it had ended."""
        table = closed_year if kind is CertificateKind.WITHHOLDING else year_end
        found = select(table.c.year).where(table.c.year == year).limit(1)
        return (await self._connection.execute(found)).first() is not None

    async def _annual(
        self, kind: CertificateKind, year: int, member_ids: Sequence[int]
    ) -> Mapping[int, Facts]:
        lines = await self._withheld(year, member_ids)
        if kind is CertificateKind.WITHHOLDING:
            return {each: WithholdingFacts(year, lines.get(each, ())) for each in member_ids}
        ends = await self._year_ends(year, member_ids)
        withheld = {each: total(x.amount for x in lines.get(each, ())) for each in member_ids}
        return {
            each: TaxReturnFacts(year, ends.get(each, ()), withheld[each]) for each in member_ids
        }

    async def _withheld(
        self, year: int, member_ids: Sequence[int]
    ) -> dict[int, tuple[Withheld, ...]]:
        own = (withholding.c.year == year) & withholding.c.member_id.in_(member_ids)
        ordered = (withholding.c.member_id, withholding.c.concept)
        rows = await self._all(select(withholding).where(own).order_by(*ordered))
        return {
            member_id: tuple(Withheld(r.concept, r.base, r.rate, r.amount) for r in lines)
            for member_id, lines in groupby(rows, attrgetter("member_id"))
        }

    async def _year_ends(
        self, year: int, member_ids: Sequence[int]
    ) -> dict[int, tuple[YearEnd, ...]]:
        own = (year_end.c.year == year) & year_end.c.member_id.in_(member_ids)
        ordered = (year_end.c.member_id, year_end.c.number, year_end.c.kind)
        rows = await self._all(select(year_end).where(own).order_by(*ordered))
        return {
            member_id: tuple(sorted(map(_year_end, lines), key=lambda x: _ORDER[x.nature]))
            for member_id, lines in groupby(rows, attrgetter("member_id"))
        }

    async def _member(self, member_id: int) -> Row[Any]:
        rows = await self._all(select(member).where(member.c.id == member_id))
        if not rows:
            raise LookupError(f"no member {member_id}")
        return rows[0]

    async def _open_credits(self, member_id: int) -> tuple[Credit, ...]:
        whole = await StatementRepository(self._connection).statement(member_id, date.max)
        return tuple(credit for credit in whole.credits if credit.closed_on is None)

    async def _credit_facts(
        self, member_id: int, as_of: date, credits: tuple[Credit, ...]
    ) -> CreditFacts:
        since = as_of - MOVEMENTS_SHOWN
        span = Span(since, as_of)
        booked = await StatementRepository(self._connection).movements(member_id, span)
        moved = tuple(booked.get(credit.id, ()) for credit in credits)
        return CreditFacts(as_of, since, credits, moved)

    async def _all(self, query: Select[*Columns]) -> Sequence[Row[*Columns]]:
        return (await self._connection.execute(query)).all()


_TABLES = {CertificateKind.WITHHOLDING: withholding, CertificateKind.TAX_RETURN: year_end}


def _year_end(row: Row[Any]) -> YearEnd:
    nothing = Centavos(0)
    return YearEnd(
        nature=to_nature(row.kind),
        number=row.number,
        name=row.name,
        balance=row.balance,
        yields=row.yields or nothing,
        tax_on_movements=row.tax_on_movements or nothing,
        revaluation=row.revaluation or nothing,
        interest=row.interest or nothing,
        default_interest=row.default_interest or nothing,
        housing_interest=row.housing_interest or nothing,
    )
