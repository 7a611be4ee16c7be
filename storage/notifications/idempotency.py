"""Answers that were given, by the key of the request: the same request gets the same answer."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import upsert
from storage.schema import idempotency as table

KEPT = timedelta(days=7)
LEASE = timedelta(seconds=60)


class KeyReused(ValueError):
    """The key was used for another request."""


class StillRunning(ValueError):
    """The request of that key has no answer yet."""


class Overtaken(RuntimeError):
    """Another request with that key was faster, or took over."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered; `fingerprint` is of the request."""

    status: int
    body: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A long request in progress; only the holder of `fence` may go on and answer."""

    client: str
    key: str
    fence: str


class IdempotencyRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def answered(self, client: str, key: str) -> Answered | None:
        """The answer given before; StillRunning when it is being worked on."""
        mine = select(table).where(table.c.client == client, table.c.key == key)
        row = (await self._connection.execute(mine)).first()
        if row is None:
            return None
        if row.status is None:
            raise StillRunning(key)
        return Answered(row.status, row.body, row.fingerprint)

    async def answer(self, client: str, key: str, given: Answered, at: datetime) -> None:
        """Keep a short request's answer with its effect; Overtaken when another was faster."""
        row = {"client": client, "key": key, "created_at": at}
        values = {"status": given.status, "body": given.body, "fingerprint": given.fingerprint}
        try:
            await self._connection.execute(insert(table).values(row | values))
        except IntegrityError as error:
            raise Overtaken(key) from error

    async def hold(self, client: str, key: str, at: datetime) -> tuple[Hold, int | None] | Answered:
        """Begin a long request, with the batch of a holder that vanished; or what was answered.

        StillRunning while another holds it.
        """
        hold = Hold(client, key, secrets.token_hex(8))
        fresh = {"fence": hold.fence, "lease_until": at + LEASE}
        row = {"client": client, "key": key, "created_at": at}
        free = (table.c.status.is_(None)) & (table.c.lease_until <= at)
        taken = (
            upsert(self._connection, table)
            .values(row | fresh)
            .on_conflict_do_update(index_elements=["client", "key"], set_=fresh, where=free)
            .returning(table.c.batch_id)
        )
        found = (await self._connection.execute(taken)).first()
        if found is not None:
            return hold, found.batch_id
        answered = await self.answered(client, key)
        if answered is None:
            raise StillRunning(key)
        return answered

    async def renew(self, hold: Hold, batch_id: int, at: datetime) -> None:
        """Still working, on that batch; Overtaken when the hold was lost."""
        await self._keep(hold, {"batch_id": batch_id, "lease_until": at + LEASE})

    async def conclude(self, hold: Hold, given: Answered) -> None:
        """Keep a long request's answer with its effect; Overtaken when the hold was lost."""
        values = {"status": given.status, "body": given.body, "fingerprint": given.fingerprint}
        await self._keep(hold, values | {"lease_until": None, "fence": None})

    async def drop(self, hold: Hold) -> None:
        """It came to nothing: the key is free again."""
        await self._connection.execute(delete(table).where(_held(hold)))

    async def clear(self, now: datetime) -> int:
        """Forget what was answered long ago; how many."""
        old = (table.c.created_at < now - KEPT) & or_(
            table.c.lease_until.is_(None), table.c.lease_until <= now
        )
        return (await self._connection.execute(delete(table).where(old))).rowcount

    async def _keep(self, hold: Hold, values: dict[str, object]) -> None:
        kept = update(table).where(_held(hold)).values(values)
        if not (await self._connection.execute(kept)).rowcount:
            raise Overtaken(hold.key)


def _held(hold: Hold) -> ColumnElement[bool]:
    return and_(table.c.client == hold.client, table.c.key == hold.key, table.c.fence == hold.fence)
