"""Proofs asked for again within a session; every change is one conditional statement."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.step_up import Challenge
from storage.dialect import upsert
from storage.schema import session
from storage.schema import step_up as table


class ChallengeRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, challenge: Challenge) -> None:
        """Ask for a proof, or again for the same one: old codes are dead, tries start again."""
        again = {
            "code_hash": None,
            "code_expires_at": challenge.code_expires_at,
            "code_tries": 0,
            "proven_at": None,
        }
        names = ("session_id", "purpose", "chat_id", "member_id")
        values = {name: getattr(challenge, name) for name in names} | again
        asked = upsert(self._connection, table).values(values)
        key = [table.c.session_id, table.c.purpose]
        await self._connection.execute(asked.on_conflict_do_update(index_elements=key, set_=again))

    async def take_try(self, session_id: str, purpose: str, limit: int) -> Challenge | None:
        """Count a try and return the challenge; None when its code is dead or has served."""
        left = and_(_own(session_id, purpose), _UNPROVEN, table.c.code_tries < limit)
        counted = update(table).where(left).values(code_tries=table.c.code_tries + 1)
        row = (await self._connection.execute(counted.returning(table))).first()
        return _challenge(row) if row else None

    async def prove(self, challenge: Challenge, code_hash: str, at: datetime) -> bool:
        """Use the code up; False when it was used or replaced meanwhile."""
        own = and_(_own(challenge.session_id, challenge.purpose), _UNPROVEN)
        used = update(table).where(own, table.c.code_hash == code_hash)
        proven = used.values(proven_at=at, code_hash=None)
        return bool((await self._connection.execute(proven)).rowcount)

    async def prove_by_app(self, challenge: Challenge, at: datetime) -> bool:
        """A code of the member's app was right; False when it was proven meanwhile."""
        own = and_(_own(challenge.session_id, challenge.purpose), _UNPROVEN)
        proven = update(table).where(own).values(proven_at=at, code_hash=None)
        return bool((await self._connection.execute(proven)).rowcount)

    async def proven_since(self, session_id: str, purpose: str, since: datetime) -> bool:
        """Whether that session proved it after that instant."""
        proven = and_(_own(session_id, purpose), table.c.proven_at > since)
        found = select(func.count()).select_from(table).where(proven)
        return bool(await self._connection.scalar(found))

    async def awaiting_code(self, challenge_id: str) -> Challenge | None:
        """The unproven challenge of that id, while its session lives."""
        session_id, _, purpose = challenge_id.partition(":")
        living = table.join(session, session.c.id == table.c.session_id)
        wanted = and_(_own(session_id, purpose), _UNPROVEN, session.c.ended_at.is_(None))
        found = select(table).select_from(living).where(wanted)
        row = (await self._connection.execute(found)).first()
        return _challenge(row) if row else None

    async def set_code(self, challenge: Challenge, code_hash: str, until: datetime) -> bool:
        """Keep the seal of the code being sent; False when none is wanted any more."""
        own = and_(_own(challenge.session_id, challenge.purpose), _UNPROVEN)
        kept = update(table).where(own).values(code_hash=code_hash, code_expires_at=until)
        return bool((await self._connection.execute(kept)).rowcount)


_UNPROVEN = table.c.proven_at.is_(None)


def _own(session_id: str, purpose: str) -> Any:
    return and_(table.c.session_id == session_id, table.c.purpose == purpose)


def _challenge(row: Row[Any]) -> Challenge:
    return Challenge(**row._asdict())
