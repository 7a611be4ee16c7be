"""PINs, their counters and the bound Telegram account."""

from datetime import datetime

from sqlalchemy import case, literal, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.applicants import StoredPin
from storage.dialect import upsert
from storage.schema import credential as table
from storage.types import Instant


class CredentialRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take_try(self, member_id: int, bound: bool, limit: int) -> int | None:
        """Count one PIN try before it is judged: which one it is, None beyond the limit."""
        counter = table.c.failures_bound if bound else table.c.failures_unbound
        first = upsert(self._connection, table).values({"member_id": member_id, counter.name: 1})
        counted = first.on_conflict_do_update(
            index_elements=[table.c.member_id],
            set_={counter.name: counter + 1},
            where=counter < limit,
        ).returning(counter)
        found: int | None = await self._connection.scalar(counted)
        return found

    async def give_back(self, member_id: int, bound: bool, tries: int) -> None:
        """Uncount a try that was right; called with 0 otherwise, so that both take as long."""
        counter = table.c.failures_bound if bound else table.c.failures_unbound
        mine = update(table).where(table.c.member_id == member_id)
        await self._connection.execute(mine.values({counter.name: counter - tries}))

    async def set_first_pin(self, member_id: int, pin: StoredPin, at: datetime) -> bool:
        """Keep the first PIN; False when there is one already."""
        unset = update(table).where(table.c.member_id == member_id, table.c.pin_hash.is_(None))
        values = {"pin_hash": pin.hash, "pin_key_version": pin.key_version, "pin_set_at": at}
        return bool((await self._connection.execute(unset.values(values))).rowcount)

    async def entered(self, member_id: int, telegram_id: int, at: datetime) -> bool:
        """Bind the account and clear the failures; False when the member is blocked."""
        free = update(table).where(table.c.member_id == member_id, table.c.locked_at.is_(None))
        kept = case(
            (table.c.telegram_id == telegram_id, table.c.bound_at), else_=literal(at, Instant())
        )
        values = {
            "telegram_id": telegram_id,
            "bound_at": kept,
            "last_entry_at": at,
            "failures_bound": 0,
            "failures_unbound": 0,
        }
        return bool((await self._connection.execute(free.values(values))).rowcount)
