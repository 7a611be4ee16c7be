"""The queue of e-mails: rows say what to write, never the words or a code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.attempts import Attempt
from domain.access.letters import NOTHING, MailKind
from storage import errands
from storage.schema import mail as table

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class LeasedMail:
    """A row in hand; only the holder of `fence` may settle it. `tries` counts this one.

    `about`: the attempt, the challenge or the certificate that it is written from; None for a
    notice. `to` is empty for the address on file.
    """

    id: int
    fence: str
    tries: int
    kind: MailKind
    member_id: int | None
    about: str | None
    created_at: datetime
    params: Mapping[str, str]
    to: str


class MailQueueRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, kind: MailKind, attempt: Attempt, at: datetime) -> None:
        """Have a letter about an attempt at entering sent."""
        await self._put(kind, attempt.member_id, attempt.id, at)

    async def notify(
        self,
        kind: MailKind,
        member_id: int | None,
        at: datetime,
        params: Mapping[str, str] = NOTHING,
        to: str = "",
    ) -> None:
        """Have a notice sent to the member's address on file, or `to` an earlier one."""
        await self._put(kind, member_id, None, at, {"params": dict(params), "to": to})

    async def put_about(
        self, kind: MailKind, member_id: int, about: str, at: datetime, to: str = ""
    ) -> None:
        """Have it sent after this unit of work commits, surviving a crash.

        `about`: the id of what it is about, from which the letter is written when it is sent.
        `to`: another address than the one on file.
        """
        await self._put(kind, member_id, about, at, {"to": to})

    async def overtake(self, about: str) -> None:
        """Drop what still waits to be sent about that, the news of a lock apart."""
        waiting = and_(
            table.c.attempt_id == about,
            table.c.state == "due",
            table.c.kind != MailKind.LOCKED_OUT.value,
        )
        await self._connection.execute(update(table).where(waiting).values(state="dropped"))

    async def lease(self, now: datetime, limit: int) -> list[LeasedMail]:
        """Take up to that many due rows in hand."""
        fence = token_hex(8)
        free = or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
        due = and_(table.c.state == "due", table.c.not_before <= now, free)
        first = select(table.c.id).where(due).order_by(table.c.not_before).limit(limit)
        values = {"fence": fence, "lease_until": now + LEASE, "tries": table.c.tries + 1}
        # The condition is repeated outside: another sender may have been faster.
        taken = update(table).where(table.c.id.in_(first), due).values(values).returning(table)
        rows = await self._connection.execute(taken)
        return [_leased(row) for row in rows]

    async def still_wanted(self, leased: LeasedMail) -> bool:
        """Whether nobody overtook or took over this row meanwhile; it stays locked until commit."""
        own = and_(table.c.id == leased.id, table.c.fence == leased.fence, table.c.state == "due")
        kept = update(table).where(own).values(fence=leased.fence)
        return bool((await self._connection.execute(kept)).rowcount)

    async def settle(self, leased: LeasedMail, state: str) -> None:
        """Close a row as `sent`, `dropped` or `dead`."""
        await self._release(leased, {"state": state})

    async def postpone(self, leased: LeasedMail, until: datetime) -> None:
        """Give a row back, to be tried again from that instant on."""
        await self._release(leased, {"not_before": until})

    async def _put(
        self,
        kind: MailKind,
        member_id: int | None,
        about: str | None,
        at: datetime,
        payload: Mapping[str, Any] = NOTHING,
    ) -> None:
        values = {
            "kind": kind.value,
            "member_id": member_id,
            "attempt_id": about,
            "payload": json.dumps(dict(payload)),
            "not_before": at,
            "created_at": at,
        }
        await self._connection.execute(insert(table).values(values))
        errands.leave(self._connection)

    async def _release(self, leased: LeasedMail, values: dict[str, Any]) -> None:
        own = and_(table.c.id == leased.id, table.c.fence == leased.fence)
        released = {"fence": None, "lease_until": None} | values
        await self._connection.execute(update(table).where(own).values(released))


def _leased(row: Any) -> LeasedMail:
    payload = json.loads(row.payload)
    return LeasedMail(
        row.id,
        row.fence,
        row.tries,
        MailKind(row.kind),
        row.member_id,
        row.attempt_id,
        row.created_at,
        payload.get("params", {}),
        payload.get("to", ""),
    )
