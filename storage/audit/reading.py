"""The audit trail as it lies in the table, a page at a time: no reader holds up a writer."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit.chain import COLUMNS, Head, Values
from storage.schema import audit, audit_head

PAGE = 1_000
_FIRST = -(2**63)
_MOMENT: Any = select(
    *(literal_column(f"audit_head.{name}") for name in Head.__annotations__),
    select(func.max(audit.c.id)).scalar_subquery(),
).select_from(audit_head)
# Without types: what somebody put there by hand is read as it is.
_RAW: Any = select(*(literal_column(f"audit.{name}") for name in (*COLUMNS, "chain"))).select_from(
    audit
)
_RECORDS = select(*(audit.c[name] for name in (*COLUMNS, "chain")))


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry's values, in the chain's order, and its own value in the chain."""

    id: int
    values: Values
    chain: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as people read it; `details` is a JSON object."""

    id: int
    at: datetime
    action: str
    result: str
    telegram_id: int | None
    member_id: int | None
    staff_id: int | None
    object: str | None
    details: str
    chain: str | None


@dataclass(frozen=True, slots=True)
class AuditReading:
    """Reads in short units of work: entries never change, so pages fit together."""

    unit: Callable[[], AbstractAsyncContextManager[AsyncConnection]]

    async def head(self) -> tuple[Head, int] | None:
        """The head and the highest entry number, of one instant; None without a head."""
        async with self.unit() as connection:
            row = (await connection.execute(_MOMENT)).first()
        return None if row is None else (_head(row), row[-1] or 0)

    async def since(self, instant: datetime | None) -> AsyncIterator[Record]:
        """The entries from that instant on, or all, by number."""
        after = _FIRST
        while True:
            page = _RECORDS.where(audit.c.id > after)
            if instant is not None:
                page = page.where(audit.c.at >= instant)
            async with self.unit() as connection:
                rows = (await connection.execute(page.order_by(audit.c.id).limit(PAGE))).all()
            for row in rows:
                yield Record(**row._asdict())
            if len(rows) < PAGE:
                return
            after = rows[-1].id

    async def entries(self, until: int) -> AsyncIterator[Sealed]:
        """All entries up to that number, by number."""
        after = _FIRST
        while True:
            page = _RAW.where(audit.c.id > after, audit.c.id <= until).order_by(audit.c.id)
            async with self.unit() as connection:
                rows = (await connection.execute(page.limit(PAGE))).all()
            for row in rows:
                yield _sealed(row)
            if len(rows) < PAGE:
                return
            after = rows[-1][0]


def _head(row: Any) -> Head:
    """The head; what cannot be one is read as an empty one, which nobody sealed."""
    head = Head(row[0], row[1], row[2], row[3], row[4])
    numbers, texts = (head.before_id, head.last_id), (head.before, head.last, head.seal or "")
    right = all(type(n) is int for n in numbers) and all(type(t) is str for t in texts)
    return head if right else Head(0, "", 0, "", "")


def _sealed(row: Any) -> Sealed:
    values = [v if v is None or isinstance(v, str | int) else repr(v) for v in row]
    return Sealed(row[0], values[:-1], row[-1])
