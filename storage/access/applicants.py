"""Members at the door."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.applicants import Applicant, StoredPin
from domain.members import Document, DocumentType, Member, MemberStatus
from storage.schema import authenticator, credential, member

_NOBODY = 0
_JOINED = select(
    member,
    credential.c.pin_hash,
    credential.c.pin_key_version,
    credential.c.pin_set_at,
    credential.c.pin_serves_from,
    credential.c.telegram_id,
    credential.c.failures_bound,
    credential.c.failures_unbound,
    credential.c.locked_at,
    credential.c.reset_required_at,
    credential.c.reset_granted_until,
    authenticator.c.confirmed_at,
).select_from(
    member.outerjoin(credential, credential.c.member_id == member.c.id).outerjoin(
        authenticator, authenticator.c.member_id == member.c.id
    )
)
_BY_ID: ColumnElement[bool] = member.c.id == bindparam("wanted")
_BY_DOCUMENT: ColumnElement[bool] = (member.c.document_number == bindparam("number")) & (
    member.c.document_type == bindparam("kind")
)
_BY_ACCOUNT: ColumnElement[bool] = credential.c.telegram_id == bindparam("account")


class ApplicantRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_document(self, document: Document) -> Applicant | None:
        wanted = {"number": document.number, "kind": document.kind.value}
        return await self._one(_BY_DOCUMENT, wanted)

    async def by_id(self, member_id: int | None) -> Applicant | None:
        """The same statement is made for None, so that both take as long."""
        return await self._one(_BY_ID, {"wanted": member_id or _NOBODY})

    async def by_account(self, telegram_id: int) -> Sequence[Applicant]:
        """The members whom that account is bound to; a family may share a telephone."""
        found = _JOINED.where(_BY_ACCOUNT).order_by(member.c.id)
        rows = await self._connection.execute(found, {"account": telegram_id})
        return [_applicant(row) for row in rows]

    async def _one(
        self, condition: ColumnElement[bool], wanted: dict[str, Any]
    ) -> Applicant | None:
        row = (await self._connection.execute(_JOINED.where(condition), wanted)).first()
        return _applicant(row) if row else None


def _applicant(row: Row[Any]) -> Applicant:
    return Applicant(
        member=_member(row),
        first_loaded_at=row.first_loaded_at,
        pin=StoredPin(row.pin_hash, row.pin_key_version) if row.pin_hash else None,
        telegram_id=row.telegram_id,
        failures_bound=row.failures_bound or 0,
        failures_unbound=row.failures_unbound or 0,
        blocked=row.locked_at is not None,
        authenticator=row.confirmed_at is not None,
        reset_required=row.reset_required_at is not None,
        reset_granted_until=row.reset_granted_until,
        pin_set_at=row.pin_set_at,
        pin_serves_from=row.pin_serves_from,
    )


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        number=row.number,
        document=Document(DocumentType(row.document_type), row.document_number),
        first_names=row.first_names,
        surnames=row.surnames,
        birth_date=row.birth_date,
        email=row.email,
        mobile=row.mobile,
        status=MemberStatus(row.status),
    )
