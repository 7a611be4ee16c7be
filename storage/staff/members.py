"""Members as employees find and read them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.members import Document, DocumentType, MemberStatus
from domain.staff.files import AccessState, MemberFile, PastAct, PastEntry, PastTicket, PinState
from domain.staff.search import Found
from domain.staff.tickets import TicketState, ticket_number
from storage.member_rows import member_of
from storage.schema import audit, authenticator, credential, member, staff, staff_act, ticket

_FEW = 6
_FOUND = (
    select(member, credential.c.locked_at)
    .select_from(member.outerjoin(credential, credential.c.member_id == member.c.id))
    .order_by(member.c.search_name, member.c.id)
)
_ACCESS = select(
    member,
    credential,
    authenticator.c.confirmed_at.label("authenticator_since"),
    authenticator.c.failures_own,
    authenticator.c.failures_others,
).select_from(
    member.outerjoin(credential, credential.c.member_id == member.c.id).outerjoin(
        authenticator, authenticator.c.member_id == member.c.id
    )
)
# What a member's tries at entering leave in the audit trail, the right steps on the way apart.
_FAILED = (Action.PIN, Action.LOCK, Action.CODE, Action.APP, Action.RESET, Action.VOUCH)
_TRIES = or_(
    audit.c.action.in_([Action.ENTRY.value, Action.BLOCK.value]),
    and_(
        audit.c.action.in_([action.value for action in _FAILED]),
        audit.c.result == Result.REFUSED.value,
    ),
)


class DirectoryRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def numbered(self, number: str, kind: DocumentType | None) -> Sequence[Found]:
        """Members with that document number or member number; few."""
        document = member.c.document_number == number
        if kind is not None:
            return await self._found(_FOUND.where(document, member.c.document_type == kind.value))
        return await self._found(_FOUND.where(or_(document, member.c.number == number)))

    async def named(self, words: Sequence[str], skip: int, limit: int) -> Sequence[Found]:
        """Members whose names have words that begin so, in the order of their surnames."""
        named = select(member.c.id).where(*(_begins(word) for word in words))
        page = named.order_by(member.c.search_name, member.c.id).offset(skip).limit(limit)
        return await self._found(_FOUND.where(member.c.id.in_(page)), limit)

    async def document_of(self, member_id: int) -> Document | None:
        """The member's document; None without such a member."""
        found = select(member.c.document_type, member.c.document_number)
        row = (await self._connection.execute(found.where(member.c.id == member_id))).first()
        return Document(DocumentType(row[0]), row[1]) if row else None

    async def _found(self, query: Select[Any], limit: int = _FEW) -> Sequence[Found]:
        return [_found(row) for row in await self._connection.execute(query.limit(limit))]


class FileRepository:
    """`first_key_life`: how long a birth date serves (policy of the cooperative)."""

    def __init__(self, connection: AsyncConnection, first_key_life: timedelta) -> None:
        self._connection = connection
        self._first_key_life = first_key_life

    async def file(self, member_id: int, now: datetime, shown: int) -> MemberFile | None:
        """The member's file with that many lines of each kind; None without such a member."""
        row = (await self._connection.execute(_ACCESS.where(member.c.id == member_id))).first()
        if row is None:
            return None
        return MemberFile(
            member_of(row),
            _access(row, now - self._first_key_life),
            await self._entries(member_id, shown),
            await self._tickets(member_id, shown),
            await self._acts(member_id, shown),
        )

    async def _entries(self, member_id: int, shown: int) -> Sequence[PastEntry]:
        found = select(audit.c.at, audit.c.action, audit.c.result).where(
            audit.c.member_id == member_id, _TRIES
        )
        newest = found.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(shown)
        rows = await self._connection.execute(newest)
        return [PastEntry(row.at, Action(row.action), Result(row.result)) for row in rows]

    async def _tickets(self, member_id: int, shown: int) -> Sequence[PastTicket]:
        found = select(ticket).where(ticket.c.member_id == member_id)
        newest = found.order_by(ticket.c.created_at.desc(), ticket.c.id.desc()).limit(shown)
        rows = await self._connection.execute(newest)
        return [
            PastTicket(row.id, ticket_number(row.id, row.created_at), TicketState(row.state))
            for row in rows
        ]

    async def _acts(self, member_id: int, shown: int) -> Sequence[PastAct]:
        joined = staff_act.join(staff, staff.c.id == staff_act.c.staff_id)
        found = select(staff_act, staff.c.name).select_from(joined)
        newest = found.where(staff_act.c.member_id == member_id).order_by(staff_act.c.id.desc())
        rows = await self._connection.execute(newest.limit(shown))
        return [PastAct(row.at, Action(row.action), row.name, row.reason) for row in rows]


def _begins(word: str) -> ColumnElement[bool]:
    """A word of letters only: nothing in it means anything to LIKE."""
    return member.c.search_name.like(f"% {word}%")


def _found(row: Row[Any]) -> Found:
    document = Document(DocumentType(row.document_type), row.document_number)
    status, barred = MemberStatus(row.status), row.locked_at is not None
    return Found(row.id, row.surnames, row.first_names, document, status, barred)


def _access(row: Row[Any], first_keys_since: datetime) -> AccessState:
    return AccessState(
        pin=_pin(row, first_keys_since),
        pin_set_at=row.pin_set_at,
        failures_bound=row.failures_bound or 0,
        failures_unbound=row.failures_unbound or 0,
        locked_at=row.locked_at,
        lock_reason=row.lock_reason,
        vouched_until=row.reset_granted_until,
        reset_since=row.reset_required_at,
        bound_at=row.bound_at,
        last_entry_at=row.last_entry_at,
        has_authenticator=row.authenticator_since is not None,
        app_failures_own=row.failures_own or 0,
        app_failures_others=row.failures_others or 0,
    )


def _pin(row: Row[Any], first_keys_since: datetime) -> PinState:
    if row.reset_required_at is not None:
        return PinState.VOID
    if row.pin_hash is not None:
        return PinState.OWN
    fresh = row.first_loaded_at > first_keys_since
    return PinState.FIRST_KEY if fresh else PinState.FIRST_KEY_EXPIRED
