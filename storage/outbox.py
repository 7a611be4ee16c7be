"""What is still to be sent to chats: leased one by one, never lost."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Parcel
from storage import errands
from storage.schema import outbox

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Leased:
    """A parcel in hand; only the holder of `fence` may finish it. `tries` counts this one."""

    id: int
    fence: str
    tries: int
    parcel: Parcel


class SqlOutbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, parcel: Parcel, at: datetime) -> None:
        """Have it sent from that instant on, once this unit of work has committed."""
        row = {
            "chat_id": parcel.chat_id,
            "session_id": parcel.session_id,
            "kind": parcel.kind,
            "payload": json.dumps(dict(parcel.payload)),
            "not_before": at,
            "created_at": at,
        }
        await self._connection.execute(insert(outbox).values(row))
        errands.leave(self._connection)

    async def lease(self, now: datetime) -> Leased | None:
        """Take the oldest due parcel of a chat with none in hand; None when nothing is due."""
        row = (await self._connection.execute(_next(now))).first()
        if row is None:
            return None
        fence = secrets.token_hex(8)
        taken = update(outbox).where(
            outbox.c.id == row.id, outbox.c.fence.is_not_distinct_from(row.fence)
        )
        values = {"lease_until": now + LEASE, "fence": fence, "tries": row.tries + 1}
        if not (await self._connection.execute(taken.values(values))).rowcount:
            return None
        parcel = Parcel(row.chat_id, row.kind, _object(row.payload), row.session_id)
        return Leased(row.id, fence, row.tries + 1, parcel)

    async def finish(self, leased: Leased, state: str) -> None:
        """Close a parcel as `sent`, `dropped` or `dead`."""
        await self._settle(leased, {"state": state})

    async def postpone(self, leased: Leased, until: datetime) -> None:
        """Give a parcel back, to be tried again from that instant on."""
        await self._settle(leased, {"not_before": until})

    async def _settle(self, leased: Leased, values: Mapping[str, Any]) -> None:
        own = update(outbox).where(outbox.c.id == leased.id, outbox.c.fence == leased.fence)
        released = {"lease_until": None, "fence": None}
        await self._connection.execute(own.values(released | dict(values)))


def _next(now: datetime) -> Any:
    earlier = outbox.alias()
    waiting = (earlier.c.chat_id == outbox.c.chat_id) & (earlier.c.id < outbox.c.id)
    return (
        select(outbox)
        .where(
            outbox.c.state == "due",
            outbox.c.not_before <= now,
            or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now),
            ~select(earlier.c.id).where(waiting, earlier.c.state == "due").exists(),
        )
        .order_by(outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _object(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded
