"""The statement of account: every read names the member inside its SQL."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, extract, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.statement import Contribution, Credit, Movement, Savings, Statement
from domain.statements import MONTHS_OFFERED, MOVEMENTS_A_PAGE, Holder, MovementPage, Span
from storage.schema import member, movement, product
from storage.statement_rows import to_holder, to_movement, to_nature, to_product

Columns = tuple[Any, ...]
_LARGEST_ID = 2**63 - 1

_shown = and_(
    product.c.member_id == member.c.id,
    or_(product.c.closed_on.is_(None), product.c.closed_on >= bindparam("closed_since")),
)
_STATEMENT = (
    select(member.c.as_of, *(c for c in product.c if c.name != "member_id"))
    .select_from(member.outerjoin(product, _shown))
    .where(member.c.id == bindparam("member_id"))
    .order_by(product.c.closed_on.is_not(None), product.c.number)
)
_HOLDER = select(
    member.c.number,
    member.c.document_type,
    member.c.document_number,
    member.c.first_names,
    member.c.surnames,
).where(member.c.id == bindparam("member_id"))

_in_span = movement.c.booked_on.between(bindparam("since"), bindparam("until"))
_own = and_(product.c.id == bindparam("product_id"), product.c.member_id == bindparam("member_id"))
_entry = (
    movement.c.booked_on,
    movement.c.description,
    movement.c.amount,
    movement.c.balance.label("movement_balance"),
)
_newest = (
    select(movement.c.product_id, movement.c.id, *_entry)
    .where(movement.c.product_id == bindparam("product_id"), _in_span)
    .order_by(movement.c.booked_on.desc(), movement.c.id.desc())
    .limit(MOVEMENTS_A_PAGE + 1)
    .offset(bindparam("skipped"))
    .subquery()
)
# The product comes even when no movement does, and nothing comes of another member's product.
_PAGE = (
    select(product.c.name, product.c.number, product.c.kind, _newest)
    .select_from(product.outerjoin(_newest, _newest.c.product_id == product.c.id))
    .where(_own)
    .order_by(_newest.c.booked_on.desc(), _newest.c.id.desc())
)
_year = extract("year", movement.c.booked_on)
_month = extract("month", movement.c.booked_on)
_MONTHS = (
    select(_year.label("year"), _month.label("month"))
    .select_from(product.join(movement))
    .where(_own)
    .group_by(_year, _month)
    .order_by(_year.desc(), _month.desc())
    .limit(MONTHS_OFFERED)
)
_PRINTED = (
    select(movement.c.product_id, *_entry)
    .select_from(product.join(movement))
    .where(product.c.member_id == bindparam("member_id"), _in_span)
    .order_by(movement.c.product_id, movement.c.booked_on, movement.c.id)
)


class StatementRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def statement(self, member_id: int, closed_since: date) -> Statement:
        """All products, without those closed before that day; LookupError without a member."""
        rows = await self._all(_STATEMENT, member_id=member_id, closed_since=closed_since)
        if not rows:
            raise LookupError(f"no member {member_id}")
        products = [to_product(row) for row in rows if row.id is not None]
        return Statement(
            rows[0].as_of,
            tuple(p for p in products if isinstance(p, Contribution)),
            tuple(p for p in products if isinstance(p, Savings)),
            tuple(p for p in products if isinstance(p, Credit)),
        )

    async def page(
        self, member_id: int, product_id: int, span: Span, number: int
    ) -> MovementPage | None:
        """The product's movements of the span, pages counted from 0; None without the product."""
        if not _possible(product_id):
            return None
        rows = await self._all(
            _PAGE,
            member_id=member_id,
            product_id=product_id,
            since=span.since,
            until=span.until,
            skipped=number * MOVEMENTS_A_PAGE,
        )
        return _page(rows) if rows else None

    async def months(self, member_id: int, product_id: int) -> tuple[date, ...]:
        """The first days of the newest months with movements, newest first."""
        if not _possible(product_id):
            return ()
        rows = await self._all(_MONTHS, member_id=member_id, product_id=product_id)
        return tuple(date(int(row.year), int(row.month), 1) for row in rows)

    async def movements(self, member_id: int, span: Span) -> Mapping[int, tuple[Movement, ...]]:
        """The movements of the span by product id, oldest first."""
        rows = await self._all(_PRINTED, member_id=member_id, since=span.since, until=span.until)
        by_product = groupby(rows, attrgetter("product_id"))
        return {product_id: tuple(map(to_movement, group)) for product_id, group in by_product}

    async def holder(self, member_id: int) -> Holder:
        """Whose statement it is; LookupError without a member."""
        rows = await self._all(_HOLDER, member_id=member_id)
        if not rows:
            raise LookupError(f"no member {member_id}")
        return to_holder(rows[0])

    async def _all(self, query: Select[*Columns], **given: object) -> Sequence[Row[*Columns]]:
        return (await self._connection.execute(query, given)).all()


def _possible(product_id: int) -> bool:
    """Whether the number, which a client may have made up, fits in the column."""
    return 0 < product_id <= _LARGEST_ID


def _page(rows: Sequence[Row[*Columns]]) -> MovementPage:
    head = rows[0]
    found = tuple(to_movement(row) for row in rows if row.id is not None)
    return MovementPage(
        head.name,
        head.number,
        to_nature(head.kind),
        found[:MOVEMENTS_A_PAGE],
        len(found) > MOVEMENTS_A_PAGE,
    )
