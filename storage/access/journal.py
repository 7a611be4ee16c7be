"""The audit rows."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.conversation import Visit
from storage.schema import audit


class JournalRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def write(
        self, visit: Visit, action: Action, result: Result, member_id: int | None, why: str = ""
    ) -> None:
        """Add a row; `why` is a word of ours, never a document, a PIN or a code."""
        row = _row(visit.now, action, result, member_id, why) | {"telegram_id": visit.telegram_id}
        await self._connection.execute(insert(audit).values(row))

    async def note(
        self, at: datetime, action: Action, result: Result, member_id: int | None, why: str = ""
    ) -> None:
        """Add a row of what was done at the office, without a Telegram account."""
        row = _row(at, action, result, member_id, why)
        await self._connection.execute(insert(audit).values(row))


def _row(
    at: datetime, action: Action, result: Result, member_id: int | None, why: str
) -> dict[str, Any]:
    return {
        "at": at,
        "action": action.value,
        "result": result.value,
        "member_id": member_id,
        "details": json.dumps({"why": str(why)} if why else {}),
    }
