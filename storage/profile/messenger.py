"""What is told about requests: notes in the chats, letters to the mailboxes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.letters import MailKind
from domain.notes import Note
from domain.profile.requests import Request
from domain.profile.verifying import VERIFIERS
from domain.staff.people import Role
from storage.notes import SqlNotes
from storage.post.queue import MailQueueRepository
from storage.schema import credential, staff


def subject_of(request_id: int) -> str:
    """What all notes about a request have in common."""
    return f"profile:{request_id}"


class RequestMessenger:
    """`group`: the staff group that is told bare notices, if the cooperative has one."""

    def __init__(self, connection: AsyncConnection, group: int | None = None) -> None:
        self._connection = connection
        self._group = group
        self._notes = SqlNotes(connection)
        self._mail = MailQueueRepository(connection)

    async def filed(self, request: Request, at: datetime) -> None:
        """Every verifier but its own member, and the staff group."""
        for chat_id in await self._verifiers(request):
            await self._tell(chat_id, "profile_request", request, at)
        if self._group is not None:
            await self._notes.tell(self._group, Note("profile_notice"), at)

    async def changed(self, request: Request, at: datetime) -> None:
        """Every copy of the request is written anew where it lies."""
        await self._notes.refresh(subject_of(request.id), at)

    async def decided(self, request: Request, at: datetime) -> None:
        """The member, with the reasons."""
        await self._tell(request.chat_id, "profile_decided", request, at)
        params = {"number": request.number}
        await self._mail.notify(MailKind.PROFILE_DECIDED, request.member_id, at, params)

    async def asked(self, request: Request, at: datetime) -> None:
        """The member, that a verifier has a question."""
        await self._tell(request.chat_id, "profile_question", request, at)

    async def answered(self, request: Request, at: datetime) -> None:
        """The verifier who asked."""
        question = request.unanswered
        who = staff.c.id == (question.asked_by if question else None)
        chat_id = await self._connection.scalar(select(staff.c.telegram_id).where(who))
        if chat_id is not None:
            await self._tell(chat_id, "profile_answer", request, at)

    async def late(self, request: Request, at: datetime) -> None:
        """The verifiers, once more: nobody has decided it yet."""
        for chat_id in await self._verifiers(request):
            await self._tell(chat_id, "profile_late", request, at)

    async def very_late(self, request: Request, at: datetime) -> None:
        """Whoever runs the office."""
        for chat_id in await self._verifiers(request, (Role.ADMIN,)):
            await self._tell(chat_id, "profile_very_late", request, at)

    async def to_member(self, member_id: int, name: str, at: datetime) -> None:
        """The member's bound chat, if there is one."""
        bound = select(credential.c.telegram_id).where(credential.c.member_id == member_id)
        chat_id = await self._connection.scalar(bound)
        if chat_id is not None:
            await self._notes.tell(chat_id, Note(name), at)

    async def _tell(self, chat_id: int, name: str, request: Request, at: datetime) -> None:
        params: Mapping[str, Any] = {"request": request.id}
        await self._notes.tell(chat_id, Note(name, params, subject_of(request.id)), at)

    async def _verifiers(
        self, request: Request, roles: Sequence[Role] | frozenset[Role] = VERIFIERS
    ) -> list[int]:
        """Chats of employees who may decide it."""
        not_own = or_(staff.c.member_id.is_(None), staff.c.member_id != request.member_id)
        # Also leaves out who has no account yet.
        working = staff.c.revoked_at.is_(None) & (staff.c.telegram_id != request.chat_id)
        named = staff.c.role.in_([role.value for role in roles])
        found = select(staff.c.telegram_id).where(named, working, not_own).order_by(staff.c.id)
        return list(await self._connection.scalars(found))
