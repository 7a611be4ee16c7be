"""The beginning of a session."""

from sqlalchemy import insert, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Session
from storage.schema import session as table


class NewSessionRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, session: Session) -> None:
        """Start it; the person's and the chat's other live sessions end."""
        own = table.c.member_id == session.member_id
        if session.employee is not None:
            own = table.c.staff_id == session.employee.id
        others = or_(own, table.c.chat_id == session.chat_id)
        ended = {"ended_at": session.started_at, "end_reason": "entered_elsewhere"}
        await self._connection.execute(
            update(table).where(others, table.c.ended_at.is_(None)).values(ended)
        )
        values = {
            "id": session.id,
            "member_id": session.member_id,
            "staff_id": session.employee.id if session.employee else None,
            "chat_id": session.chat_id,
            "telegram_id": session.telegram_id,
            "started_at": session.started_at,
        }
        await self._connection.execute(insert(table).values(values))
