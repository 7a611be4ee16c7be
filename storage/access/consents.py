"""Proofs of authorisation."""

from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.consent import Consent
from storage.schema import consent as table


class ConsentRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def given(self, telegram_id: int, version: str) -> bool:
        found = select(table.c.id).where(
            table.c.telegram_id == telegram_id,
            table.c.version == version,
            table.c.withdrawn_at.is_(None),
        )
        return (await self._connection.execute(found)).first() is not None

    async def add(self, consent: Consent) -> None:
        values = {
            "telegram_id": consent.telegram_id,
            "version": consent.version,
            "text_sha256": consent.text_sha256,
            "given_at": consent.given_at,
        }
        await self._connection.execute(insert(table).values(values))

    async def link(self, telegram_id: int, member_id: int) -> None:
        """The account has proven whose it is: its authorisations are that member's."""
        unlinked = update(table).where(
            table.c.telegram_id == telegram_id, table.c.member_id.is_(None)
        )
        await self._connection.execute(unlinked.values(member_id=member_id))

    async def newest(self, member_id: int) -> Consent | None:
        """The member's newest authorisation that was not withdrawn."""
        given = select(table).where(_standing(member_id)).order_by(table.c.id.desc()).limit(1)
        row = (await self._connection.execute(given)).first()
        if row is None:
            return None
        return Consent(row.telegram_id, row.version, row.text_sha256, row.given_at)

    async def withdraw(self, member_id: int, at: datetime) -> bool:
        """Withdraw all of the member's; False when there was none."""
        withdrawn = update(table).where(_standing(member_id)).values(withdrawn_at=at)
        return bool((await self._connection.execute(withdrawn)).rowcount)


def _standing(member_id: int) -> ColumnElement[bool]:
    return (table.c.member_id == member_id) & table.c.withdrawn_at.is_(None)
