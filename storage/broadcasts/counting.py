"""How far a broadcast is, counted in the ledger."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts.broadcast import Broadcast, Progress, Stage
from domain.notifications.outcomes import State
from domain.notifications.sending import Channel
from storage.notifications.shown import shown_state, waiting
from storage.schema import notification as table
from storage.schema import notification_batch as batch

LATELY = timedelta(minutes=1)


async def count(connection: AsyncConnection, broadcast: Broadcast, now: datetime) -> Progress:
    """The progress of one that was started."""
    rows = (await connection.execute(_counted(broadcast.batch_id, now - LATELY))).all()
    made = sum(row.members for row in rows)
    total = await _total(connection, broadcast, made)
    cancelled = _sum(rows, State.CANCELLED)
    if broadcast.stage is Stage.CANCELLED:
        # Of those that were not even made, none will be.
        cancelled += total - made
    return Progress(
        total=total,
        chat=_sum(rows, State.SENT, Channel.TELEGRAM),
        mail=_sum(rows, State.SENT, Channel.MAIL),
        doubtful=_sum(rows, State.UNKNOWN),
        failed=_sum(rows, State.DEAD),
        skipped=_sum(rows, State.SKIPPED),
        cancelled=cancelled,
        lately=sum(row.lately or 0 for row in rows),
        lately_from=min((row.first for row in rows if row.first), default=None),
        next_at=await _next_at(connection, broadcast, now),
    )


def _counted(batch_id: int | None, since: datetime) -> Any:
    state = shown_state().label("state")
    late = table.c.settled_at > since
    return (
        select(
            state,
            table.c.channel,
            func.count().label("members"),
            func.sum(case((late, 1), else_=0)).label("lately"),
            func.min(case((late, table.c.settled_at))).label("first"),
        )
        .select_from(table.join(batch, batch.c.id == table.c.batch_id))
        .where(table.c.batch_id == batch_id)
        .group_by(state, table.c.channel)
    )


def _sum(rows: Sequence[Row[Any]], state: State, channel: Channel | None = None) -> int:
    return sum(
        row.members
        for row in rows
        if row.state == state and (channel is None or row.channel == channel)
    )


async def _total(connection: AsyncConnection, broadcast: Broadcast, made: int) -> int:
    """Those that were made; until all are, as many as there were when it was asked for."""
    mine = select(batch).where(batch.c.id == broadcast.batch_id)
    row = (await connection.execute(mine)).one()
    expanding = "expanding" in (row.state, row.resumes)
    # Cancelled while it was being made: nobody will make the rest.
    cut = row.state == "cancelled" and made + row.rejected < broadcast.audience
    return max(made, broadcast.audience) if expanding or cut else made


async def _next_at(
    connection: AsyncConnection, broadcast: Broadcast, now: datetime
) -> datetime | None:
    """When the next one may be sent, if none may now."""
    if broadcast.stage is not Stage.RUNNING:
        return None
    soonest = select(func.min(table.c.not_before)).where(
        table.c.batch_id == broadcast.batch_id, waiting()
    )
    found: datetime | None = await connection.scalar(soonest)
    return found if found is not None and found > now else None
