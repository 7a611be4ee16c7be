"""The audit entries of a visit."""

import json

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.conversation import Visit
from storage.audit import aside
from storage.audit.aside import Entry


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
            details=json.dumps({"why": str(why)} if why else {}),
        )
        aside.put(self._connection, entry)
