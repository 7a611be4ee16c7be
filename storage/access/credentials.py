"""PINs, their counters and the bound Telegram account."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, literal, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.applicants import StoredPin
from storage.dialect import upsert
from storage.schema import credential as table
from storage.types import Instant

_NO_FAILURES = {"failures_bound": 0, "failures_unbound": 0}


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
        return await self._changed(unset.values(_kept(pin, at)))

    async def change_pin(self, member_id: int, pin: StoredPin, at: datetime) -> bool:
        """Keep another PIN; False when blocked or without one so far."""
        own = update(table).where(_free(member_id), table.c.pin_hash.is_not(None))
        return await self._changed(
            own.values(_kept(pin, at) | _NO_FAILURES | {"attempts_from": at})
        )

    async def reset_pin(
        self,
        member_id: int,
        pin: StoredPin,
        at: datetime,
        begun_at: datetime,
        serves_from: datetime,
    ) -> bool:
        """Keep a new PIN and clear the failures; attempts lead nowhere from now on."""
        free = (table.c.member_id == member_id) & table.c.locked_at.is_(None) & _leads_on(begun_at)
        done = {"reset_required_at": None, "reset_granted_until": None, "attempts_from": at}
        values = _kept(pin, at) | _NO_FAILURES | done | {"pin_serves_from": serves_from}
        return await self._changed(update(table).where(free).values(values))

    async def entered(
        self, member_id: int, telegram_id: int, at: datetime, begun_at: datetime
    ) -> bool:
        """Bind the account and clear the failures."""
        free = update(table).where(_free(member_id), _leads_on(begun_at))
        kept = case(
            (table.c.telegram_id == telegram_id, table.c.bound_at), else_=literal(at, Instant())
        )
        values = {"telegram_id": telegram_id, "bound_at": kept, "last_entry_at": at}
        return await self._changed(free.values(values | _NO_FAILURES))

    async def unbind(self, member_id: int, at: datetime) -> None:
        """No account is the member's own any more; attempts lead nowhere from now on."""
        own = update(table).where(table.c.member_id == member_id)
        values = {"telegram_id": None, "bound_at": None, "attempts_from": at}
        await self._connection.execute(own.values(values))

    async def _changed(self, statement: Any) -> bool:
        return bool((await self._connection.execute(statement)).rowcount)


def _free(member_id: int) -> ColumnElement[bool]:
    return (
        (table.c.member_id == member_id)
        & table.c.locked_at.is_(None)
        & table.c.reset_required_at.is_(None)
    )


def _leads_on(begun_at: datetime) -> ColumnElement[bool]:
    return or_(table.c.attempts_from.is_(None), table.c.attempts_from <= begun_at)


def _kept(pin: StoredPin, at: datetime) -> dict[str, Any]:
    return {"pin_hash": pin.hash, "pin_key_version": pin.key_version, "pin_set_at": at}
