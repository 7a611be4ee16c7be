"""Attempts at entering; every change is one conditional statement."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.attempts import Attempt, AttemptOver, Purpose
from domain.conversation import Visit
from storage.schema import entry_attempt as table

_OWN = and_(table.c.id == bindparam("attempt"), table.c.closed_at.is_(None))
_UNPROVEN = and_(_OWN, table.c.proven_at.is_(None))
_UNVOUCHED = and_(_OWN, table.c.proven_at.is_not(None), table.c.vouched_at.is_(None))
_CURRENT = select(table).where(
    _OWN,
    table.c.chat_id == bindparam("chat"),
    table.c.telegram_id == bindparam("account"),
    table.c.created_at > bindparam("since"),
)
# An attempt to choose a new PIN has a code sent without a PIN.
_WORTH_A_CODE = or_(table.c.pin_ok, table.c.purpose == Purpose.RESET.value)
_TAKE_TRY = (
    update(table)
    .where(_UNPROVEN, table.c.code_tries < bindparam("limit"))
    .values(code_tries=table.c.code_tries + 1)
    .returning(table)
)


class AttemptRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, attempt: Attempt) -> None:
        """Keep a new attempt; earlier ones of its chat are over."""
        earlier = and_(table.c.chat_id == attempt.chat_id, table.c.closed_at.is_(None))
        await self._connection.execute(
            update(table).where(earlier).values(closed_at=attempt.created_at)
        )
        names = ("id", "chat_id", "telegram_id", "member_id", "document_key", "bound", "created_at")
        values = {name: getattr(attempt, name) for name in names}
        values["purpose"] = attempt.purpose.value
        await self._connection.execute(insert(table).values(values))

    async def current(
        self,
        attempt_id: str,
        visit: Visit,
        life: timedelta,
        purpose: Purpose | None = Purpose.ENTRY,
    ) -> Attempt:
        """This chat's and account's attempt of that purpose, or any, while it lives.

        AttemptOver otherwise.
        """
        wanted = {
            "attempt": attempt_id,
            "chat": visit.chat_id,
            "account": visit.telegram_id,
            "since": visit.now - life,
        }
        row = (await self._connection.execute(_CURRENT, wanted)).first()
        if row is None or purpose not in (None, row.purpose):
            raise AttemptOver
        return _attempt(row)

    async def judged(self, attempt_id: str, right: bool, first_key: bool) -> None:
        """Keep the judgement of the PIN; only the first one counts."""
        judged = update(table).where(_OWN, table.c.pin_ok.is_(None))
        values = {"pin_ok": right, "first_key": first_key}
        await self._connection.execute(judged.values(values), {"attempt": attempt_id})

    async def expect_code(self, attempt_id: str, until: datetime) -> None:
        """A new code is on its way: the old one is dead and the tries start again."""
        values = {"code_hash": None, "code_expires_at": until, "code_tries": 0}
        await self._connection.execute(
            update(table).where(_UNPROVEN).values(values), {"attempt": attempt_id}
        )

    async def awaiting_code(self, attempt_id: str, since: datetime) -> Attempt | None:
        """The attempt begun after `since` that is worth a code."""
        wanted = and_(_UNPROVEN, _WORTH_A_CODE, table.c.created_at > since)
        found = select(table).where(wanted)
        row = (await self._connection.execute(found, {"attempt": attempt_id})).first()
        return _attempt(row) if row else None

    async def by_id(self, attempt_id: str) -> Attempt | None:
        """The attempt, be it over or not."""
        row = (
            await self._connection.execute(select(table).where(table.c.id == attempt_id))
        ).first()
        return _attempt(row) if row else None

    async def set_code(self, attempt_id: str, code_hash: str, until: datetime) -> bool:
        """Keep the seal of the code being sent; False when the attempt needs none any more."""
        values = {"code_hash": code_hash, "code_expires_at": until}
        wanted = update(table).where(_UNPROVEN, _WORTH_A_CODE).values(values)
        result = await self._connection.execute(wanted, {"attempt": attempt_id})
        return bool(result.rowcount)

    async def take_code_try(self, attempt_id: str, limit: int) -> Attempt | None:
        """Count a try and return the attempt; None when the code is dead or already served."""
        given = {"attempt": attempt_id, "limit": limit}
        row = (await self._connection.execute(_TAKE_TRY, given)).first()
        return _attempt(row) if row else None

    async def prove(self, attempt_id: str, code_hash: str, at: datetime) -> bool:
        """Use the code up; False when it was used or replaced meanwhile."""
        used = update(table).where(_UNPROVEN, table.c.code_hash == code_hash)
        values = {"proven_at": at, "code_hash": None}
        result = await self._connection.execute(used.values(values), {"attempt": attempt_id})
        return bool(result.rowcount)

    async def prove_by_app(self, attempt_id: str, at: datetime) -> bool:
        """A code of the member's app was right; False when the attempt is proven or over."""
        values = {"proven_at": at, "code_hash": None}
        proven = update(table).where(_UNPROVEN).values(values)
        return bool((await self._connection.execute(proven, {"attempt": attempt_id})).rowcount)

    async def take_vouch_try(self, attempt_id: str, limit: int) -> Attempt | None:
        """Count a try at the second proof; None beyond the limit or when it is not its turn."""
        counted = (
            update(table)
            .where(_UNVOUCHED, table.c.vouch_tries < limit)
            .values(vouch_tries=table.c.vouch_tries + 1)
            .returning(table)
        )
        row = (await self._connection.execute(counted, {"attempt": attempt_id})).first()
        return _attempt(row) if row else None

    async def vouch(self, attempt_id: str, at: datetime) -> bool:
        """The second proof was right; False when it was given before."""
        vouched = update(table).where(_UNVOUCHED).values(vouched_at=at)
        return bool((await self._connection.execute(vouched, {"attempt": attempt_id})).rowcount)

    async def close(self, attempt_id: str, at: datetime) -> None:
        await self._connection.execute(
            update(table).where(_OWN).values(closed_at=at), {"attempt": attempt_id}
        )


def _attempt(row: Row[Any]) -> Attempt:
    values = row._asdict()
    del values["closed_at"]
    return Attempt(**values | {"purpose": Purpose(values["purpose"])})
