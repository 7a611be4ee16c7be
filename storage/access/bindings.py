"""The accounts that entered as a member."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.bindings import Binding, NewAccount
from storage.schema import binding as table
from storage.schema import credential


class BindingRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def bind(self, member_id: int, telegram_id: int, at: datetime) -> NewAccount | None:
        """Remember the entry; None when it came from the same account as the last, or the first."""
        present = (table.c.member_id == member_id) & table.c.unbound_at.is_(None)
        again = update(table).where(present, table.c.telegram_id == telegram_id)
        if (await self._connection.execute(again.values(last_entry_at=at))).rowcount:
            return None
        last = select(table.c.telegram_id).where(table.c.member_id == member_id)
        former = await self._connection.scalar(last.order_by(table.c.id.desc()).limit(1))
        await self._connection.execute(update(table).where(present).values(unbound_at=at))
        row = {"member_id": member_id, "telegram_id": telegram_id, "bound_at": at}
        fresh = insert(table).values(row | {"last_entry_at": at}).returning(table.c.id)
        binding_id = int((await self._connection.execute(fresh)).scalar_one())
        return NewAccount(binding_id, former) if former not in (None, telegram_id) else None

    async def unbind(self, member_id: int, at: datetime) -> None:
        """The present account is the member's own no more."""
        present = (table.c.member_id == member_id) & table.c.unbound_at.is_(None)
        await self._connection.execute(update(table).where(present).values(unbound_at=at))

    async def of_member(self, member_id: int, limit: int) -> Sequence[Binding]:
        """The newest, the present one first."""
        mine = select(table).where(table.c.member_id == member_id)
        newest = mine.order_by(table.c.id.desc()).limit(limit)
        return [_binding(row) for row in await self._connection.execute(newest)]

    async def by_id(self, binding_id: int) -> Binding | None:
        found = select(table).where(table.c.id == binding_id)
        row = (await self._connection.execute(found)).first()
        return _binding(row) if row else None

    async def may_disown(self, telegram_id: int, binding_id: int) -> bool:
        """Whether that account may say "it was not me" of what the binding's member was told."""
        told = table.alias()
        theirs = (table.c.telegram_id == telegram_id) & (table.c.member_id == told.c.member_id)
        earlier = select(table.c.id).where(theirs, table.c.id <= told.c.id).exists()
        own = select(credential.c.member_id).where(
            credential.c.member_id == told.c.member_id, credential.c.telegram_id == telegram_id
        )
        still = told.c.unbound_at.is_(None) & earlier
        found = select(told.c.id).where(told.c.id == binding_id, own.exists() | still)
        return (await self._connection.execute(found)).first() is not None


def _binding(row: Row[Any]) -> Binding:
    return Binding(**row._asdict())
