"""The ledger as its clients may read it: only what they asked for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.notifications.shown import shown_state
from storage.schema import member, notification, notification_batch

_SHOWN = select(
    notification,
    shown_state().label("shown_state"),
    member.c.number.label("member_number"),
).select_from(
    notification.join(member, member.c.id == notification.c.member_id).outerjoin(
        notification_batch, notification_batch.c.id == notification.c.batch_id
    )
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A notification without its words."""

    id: int
    external_id: str
    member_number: str
    batch_id: int | None
    category: str
    template: str | None
    state: str
    reason: str | None
    channel: str | None
    reference: str
    tries: int
    in_doubt: int
    scheduled_for: datetime
    expires_at: datetime | None
    accepted_at: datetime
    settled_at: datetime | None


class ReadingRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def one(self, client: str, notification_id: int) -> Shown | None:
        """A notification of that client's own, of a batch or not."""
        return await self._first(client, notification.c.id == notification_id)

    async def named(self, client: str, external_id: str) -> Shown | None:
        """The one of that name."""
        return await self._first(client, notification.c.external_id == external_id)

    async def of_batch(
        self, batch_id: int, state: str | None, after: int, limit: int
    ) -> Sequence[Shown]:
        """Those of a batch in that state, if any, from a place on."""
        query = _SHOWN.where(notification.c.batch_id == batch_id, notification.c.id > after)
        if state is not None:
            query = query.where(shown_state() == state)
        rows = await self._connection.execute(query.order_by(notification.c.id).limit(limit))
        return [_shown(row) for row in rows]

    async def _first(self, client: str, condition: Any) -> Shown | None:
        # What is being uploaded is not accepted yet.
        whole = notification_batch.c.state.is_distinct_from("receiving")
        query: Select[Any] = _SHOWN.where(condition, notification.c.client == client, whole)
        row = (await self._connection.execute(query)).first()
        return _shown(row) if row else None


def _shown(row: Row[Any]) -> Shown:
    return Shown(
        id=row.id,
        external_id=row.external_id,
        member_number=row.member_number,
        batch_id=row.batch_id,
        category=row.category,
        template=row.template,
        state=row.shown_state,
        reason=row.reason,
        channel=row.channel,
        reference=row.reference,
        tries=row.tries,
        in_doubt=row.doubts,
        scheduled_for=row.not_before,
        expires_at=row.expires_at,
        accepted_at=row.created_at,
        settled_at=row.settled_at,
    )
