"""Members at the door."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.applicants import Applicant, StoredPin
from domain.members import Document, DocumentType, MemberStatus
from storage.member_rows import member_of
from storage.schema import authenticator, credential, member

_NOBODY = 0
_ONE = select(literal_column("1").label("one")).subquery("one")
_COLUMNS = (
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
)
_OWN = credential.c.member_id == member.c.id
_APP = authenticator.c.member_id == member.c.id


def _find(condition: ColumnElement[bool]) -> Select[Any]:
    """One row in any case: of the member, or empty."""
    found = _ONE.outerjoin(member, condition).outerjoin(credential, _OWN)
    return select(*_COLUMNS).select_from(found.outerjoin(authenticator, _APP))


_BY_ID = _find(member.c.id == bindparam("wanted"))
_BY_DOCUMENT = _find(
    (member.c.document_number == bindparam("number"))
    & (member.c.document_type == bindparam("kind"))
)
# Read like a member where there is none: the work is the same, and so is the time it takes.
_STAND_IN: Any = SimpleNamespace(
    id=_NOBODY,
    number="0",
    document_type=DocumentType.CC.value,
    document_number="0",
    first_names="",
    surnames="",
    birth_date=date(1970, 1, 1),
    email="nadie@correo.example",
    mobile="",
    status=MemberStatus.ACTIVE.value,
    first_loaded_at=datetime(1970, 1, 1, tzinfo=UTC),
    pin_hash="0",
    pin_key_version=1,
    telegram_id=0,
    failures_bound=0,
    failures_unbound=0,
    locked_at=None,
    pin_set_at=None,
    pin_serves_from=None,
    reset_required_at=None,
    reset_granted_until=None,
    confirmed_at=None,
)
_BY_ACCOUNT: ColumnElement[bool] = credential.c.telegram_id == bindparam("account")


class ApplicantRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_document(self, document: Document) -> Applicant | None:
        wanted = {"number": document.number, "kind": document.kind.value}
        return await self._one(_BY_DOCUMENT, wanted)

    async def by_id(self, member_id: int | None) -> Applicant | None:
        """The same is done for None, so that both take as long."""
        return await self._one(_BY_ID, {"wanted": member_id or _NOBODY})

    async def by_account(self, telegram_id: int) -> Sequence[Applicant]:
        """The members whom that account is bound to; a family may share a telephone."""
        joined = member.join(credential, _OWN).outerjoin(authenticator, _APP)
        found = select(*_COLUMNS).select_from(joined).where(_BY_ACCOUNT).order_by(member.c.id)
        rows = await self._connection.execute(found, {"account": telegram_id})
        return [_applicant(row) for row in rows]

    async def _one(self, statement: Select[Any], wanted: dict[str, Any]) -> Applicant | None:
        row = (await self._connection.execute(statement, wanted)).one()
        known = row.id is not None
        found = _applicant(row if known else _STAND_IN)
        return found if known else None


def _applicant(row: Row[Any]) -> Applicant:
    return Applicant(
        member=member_of(row),
        first_loaded_at=row.first_loaded_at,
        pin=StoredPin(row.pin_hash, row.pin_key_version) if row.pin_hash else None,
        telegram_id=row.telegram_id,
        failures_bound=row.failures_bound or 0,
        failures_unbound=row.failures_unbound or 0,
        blocked=row.locked_at is not None,
        authenticator=row.confirmed_at is not None,
        reset_required=row.reset_required_at is not None,
        reset_granted_until=row.reset_granted_until,
        reset_since=row.reset_required_at,
        pin_set_at=row.pin_set_at,
        pin_serves_from=row.pin_serves_from,
    )
