"""The figures of the weekly picture."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import BOGOTA, local_date
from domain.profile.requests import State
from domain.profile.weeks import WEEKS, Week
from storage.schema import profile_request, profile_section

_DECIDED = (State.APPROVED.value, State.REJECTED.value)


async def weeks(connection: AsyncConnection, now: datetime) -> Sequence[Week]:
    """The last weeks, the present one first."""
    monday = local_date(now) - timedelta(days=local_date(now).weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    since = datetime.combine(first, time(), BOGOTA).astimezone(UTC)
    mine = profile_section.c.request_id == profile_request.c.id
    columns = (profile_request.c.filed_at, profile_section.c.decided_at, profile_section.c.state)
    recent = (profile_request.c.filed_at >= since) | (profile_section.c.decided_at >= since)
    rows = (await connection.execute(select(*columns).where(mine, recent))).all()
    received = [_week(row.filed_at) for row in rows]
    decided = [(_week(r.decided_at), _hours(r)) for r in rows if r.state in _DECIDED]
    starts = [monday - timedelta(weeks=n) for n in range(WEEKS)]
    return [_figures(start, received, decided) for start in starts]


def _figures(start: date, received: Sequence[date], decided: Sequence[tuple[date, float]]) -> Week:
    hours = [took for week, took in decided if week == start]
    return Week(start, received.count(start), len(hours), median(hours) if hours else None)


def _week(instant: datetime) -> date:
    local = local_date(instant)
    return local - timedelta(days=local.weekday())


def _hours(row: Any) -> float:
    took: timedelta = row.decided_at - row.filed_at
    return took.total_seconds() / 3600
