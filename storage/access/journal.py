"""The audit entries of a visit, and those about a member."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import DOOR, AccessRecord, Action, Result
from domain.conversation import Visit
from storage.audit import aside
from storage.audit.aside import Entry
from storage.schema import audit


class JournalRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def write(
        self,
        visit: Visit,
        action: Action,
        result: Result,
        member_id: int | None,
        why: str = "",
        about: str | None = None,
    ) -> None:
        """Add an entry; `why` is a word of ours, never a document, a PIN or a code.

        `about`: what it was done to, by its kind and number (`ticket:12`).
        """
        employee = visit.session.employee if visit.session else None
        entry = Entry(
            at=visit.now,
            action=action.value,
            result=result.value,
            telegram_id=visit.telegram_id,
            member_id=member_id,
            staff_id=employee.id if employee else None,
            object=about,
            details=_details(why),
        )
        aside.put(self._connection, entry)

    async def note(
        self, at: datetime, action: Action, result: Result, member_id: int | None, why: str = ""
    ) -> None:
        """Add an entry of what was done at the office, without a Telegram account."""
        entry = Entry(at, action.value, result.value, None, member_id, details=_details(why))
        aside.put(self._connection, entry)


def _details(why: str) -> str:
    return json.dumps({"why": str(why)} if why else {})


class AccessLogRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def newest(self, member_id: int, limit: int) -> list[AccessRecord]:
        """The last entries at the member's DOOR, whoever acted, newest first."""
        found = select(audit.c.at, audit.c.action, audit.c.result).where(
            audit.c.member_id == member_id, audit.c.action.in_(sorted(DOOR))
        )
        newest = found.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit)
        rows = await self._connection.execute(newest)
        return [AccessRecord(row.at, Action(row.action), Result(row.result)) for row in rows]
