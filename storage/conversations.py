"""Conversations and their sessions: one locked row per chat."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Conversation, Session, Wanted
from domain.staff.people import Employee, Role
from storage.dialect import insert_or_ignore
from storage.schema import chat_message, conversation, note, outbox, session, staff

_FIND = (
    select(
        conversation,
        session.c.member_id,
        session.c.staff_id,
        session.c.telegram_id,
        session.c.started_at,
        session.c.ended_at,
        staff.c.name.label("staff_name"),
        staff.c.role,
        staff.c.member_id.label("staff_member_id"),
        staff.c.revoked_at,
    )
    .select_from(
        conversation.outerjoin(session, session.c.id == conversation.c.session_id).outerjoin(
            staff, staff.c.id == session.c.staff_id
        )
    )
    .where(conversation.c.chat_id == bindparam("chat"))
    .with_for_update(of=conversation)
)
_SAVE = update(conversation).where(conversation.c.chat_id == bindparam("chat"))
_SAVED = ("flow", "version", "step", "run", "live_message_id", "expires_at")
_SAVE_ALL = _SAVE.values(
    {name: bindparam(name) for name in (*_SAVED, "data", "recent_updates", "session_id", "wanted")}
)
_SET_LIVE = _SAVE.values(live_message_id=bindparam("message"))
_END = update(session).where(session.c.id == bindparam("key"), session.c.ended_at.is_(None))
_EXPIRED = (
    select(conversation.c.chat_id)
    .join(session, and_(session.c.id == conversation.c.session_id, session.c.ended_at.is_(None)))
    .where(conversation.c.expires_at <= bindparam("now"))
    .limit(50)
)
_UNCLEANED = (
    select(session.c.id, session.c.chat_id, session.c.end_reason)
    .where(session.c.cleaned_at.is_(None), session.c.ended_at.is_not(None))
    .limit(50)
)


class SqlConversations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold(self, chat_id: int) -> Conversation:
        """Lock the chat's row until the unit of work ends; a new one when there is none."""
        row = await self._find(chat_id)
        if row is None:
            blank = {"chat_id": chat_id, "version": 0, "data": "{}", "run": ""}
            values = blank | {"recent_updates": "[]"}
            await self._connection.execute(insert_or_ignore(self._connection, conversation, values))
            row = await self._find(chat_id)
        if row is not None and row.session_id is not None and row.started_at is None:
            # PostgreSQL joins what it saw before it waited for the lock: without a session that
            # another unit began meanwhile. The lock is held by now, so this look sees it.
            row = await self._find(chat_id)
        return Conversation(chat_id) if row is None else _conversation(row)

    async def _find(self, chat_id: int) -> Row[Any] | None:
        return (await self._connection.execute(_FIND, {"chat": chat_id})).first()

    async def save(self, given: Conversation) -> None:
        values = {name: getattr(given, name) for name in _SAVED} | {
            "data": json.dumps(given.data),
            "recent_updates": json.dumps(given.recent_updates),
            "session_id": given.session.id if given.session else None,
            "wanted": _packed(given.wanted) if given.wanted else None,
        }
        await self._connection.execute(_SAVE_ALL, values | {"chat": given.chat_id})

    async def set_live(self, chat_id: int, message_id: int) -> None:
        """Remember which message shows the chat's screen."""
        await self._connection.execute(_SET_LIVE, {"chat": chat_id, "message": message_id})

    async def forget(self, chat_id: int) -> None:
        """Remove the row and all that the chat left behind."""
        for table in (conversation, chat_message, note, outbox):
            await self._connection.execute(delete(table).where(table.c.chat_id == chat_id))

    async def expired(self, now: datetime) -> list[int]:
        """Chats whose live session has run out; at most 50."""
        return list(await self._connection.scalars(_EXPIRED, {"now": now}))


class SqlSessions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def end(self, session_id: str, reason: str, at: datetime) -> None:
        """End a live session; one that has ended already stays as it is."""
        ended = _END.values(ended_at=at, end_reason=reason)
        await self._connection.execute(ended, {"key": session_id})

    async def end_all(self, member_id: int, reason: str, at: datetime) -> None:
        """End the member's live session, in whatever chat it is."""
        live = (session.c.member_id == member_id) & session.c.ended_at.is_(None)
        ended = update(session).where(live).values(ended_at=at, end_reason=reason)
        await self._connection.execute(ended)

    async def uncleaned(self) -> list[tuple[str, int, str]]:
        """Ended sessions whose chats still show what they showed: id, chat, reason."""
        rows = await self._connection.execute(_UNCLEANED)
        return [(row.id, row.chat_id, row.end_reason) for row in rows]

    async def mark_clean(self, session_id: str, at: datetime) -> None:
        cleaned = update(session).where(session.c.id == session_id).values(cleaned_at=at)
        await self._connection.execute(cleaned)


def _conversation(row: Row[Any]) -> Conversation:
    live = row.started_at is not None and row.ended_at is None and row.revoked_at is None
    return Conversation(
        chat_id=row.chat_id,
        flow=row.flow,
        version=row.version,
        step=row.step,
        data=json.loads(row.data),
        run=row.run,
        session=_session(row) if live else None,
        live_message_id=row.live_message_id,
        recent_updates=json.loads(row.recent_updates),
        expires_at=row.expires_at,
        wanted=_unpacked(row.wanted) if row.wanted else None,
    )


def _packed(wanted: Wanted) -> str:
    until = wanted.until.isoformat()
    return json.dumps({"flow": wanted.flow, "data": dict(wanted.data), "until": until})


def _unpacked(kept: str) -> Wanted:
    row = json.loads(kept)
    return Wanted(row["flow"], row["data"], datetime.fromisoformat(row["until"]))


def _session(row: Row[Any]) -> Session:
    return Session(
        row.session_id,
        row.member_id,
        row.chat_id,
        row.telegram_id,
        row.started_at,
        _employee(row) if row.staff_id is not None else None,
    )


def _employee(row: Row[Any]) -> Employee:
    """The employee as they are now: a role taken away counts from the next input on."""
    return Employee(row.staff_id, row.staff_name, Role(row.role), row.staff_member_id)
