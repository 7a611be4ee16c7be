"""The audit rows of entering."""

import json

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.conversation import Visit
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
        known = {"why": str(why) if why else None, "about": about}
        values = {
            "at": visit.now,
            "action": action.value,
            "result": result.value,
            "telegram_id": visit.telegram_id,
            "member_id": member_id,
            "details": json.dumps({name: word for name, word in known.items() if word}),
        }
        await self._connection.execute(insert(audit).values(values))
