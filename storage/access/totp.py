"""Authenticators: seeds sealed with a key that is not in the database."""

import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.totp import Holder, Seed
from storage.dialect import upsert
from storage.schema import authenticator as table
from storage.schema import recovery_code

_NONCE_BYTES = 12
# The counters of wrong codes, cleared.
FORGIVEN = {"failures_own": 0, "failures_others": 0}


class UnreadableSeed(Exception):
    """A sealed seed was made with another key, for another holder, or was changed."""


@dataclass(frozen=True, slots=True)
class Vault:
    """AES-GCM with the holder as associated data: a seed moved to another's row does not open."""

    key: bytes = field(repr=False)

    def lock(self, holder: Holder, seed: Seed) -> str:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self.key).encrypt(nonce, seed.secret.encode(), holder.name.encode())
        return b64encode(nonce + sealed).decode()

    def unlock(self, holder: Holder, sealed: str) -> Seed:
        """The seed; UnreadableSeed when it is not this holder's."""
        raw = b64decode(sealed)
        nonce, body = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        try:
            return Seed(AESGCM(self.key).decrypt(nonce, body, holder.name.encode()).decode())
        except InvalidTag as error:
            raise UnreadableSeed(holder.name) from error


class AuthenticatorRepository:
    def __init__(self, connection: AsyncConnection, key: bytes) -> None:
        self._connection = connection
        self._vault = Vault(key)

    async def begin(self, holder: Holder, seed: Seed, at: datetime) -> bool:
        """Keep a seed that is not confirmed yet, instead of an earlier one; False when enrolled."""
        column, number = _column(holder)
        fresh = {"seed": self._vault.lock(holder, seed), "created_at": at}
        first = upsert(self._connection, table).values({column.name: number} | fresh)
        again = first.on_conflict_do_update(
            index_elements=[column], set_=fresh, where=table.c.confirmed_at.is_(None)
        ).returning(table.c.id)
        return (await self._connection.execute(again)).first() is not None

    async def pending(self, holder: Holder) -> Seed | None:
        """The seed that waits to be confirmed."""
        waiting = select(table.c.seed).where(_own(holder), table.c.confirmed_at.is_(None))
        return self._opened(holder, await self._connection.scalar(waiting))

    async def enrolled_at(self, holder: Holder) -> datetime | None:
        """Since when the holder has an authenticator; None when they have none."""
        found: datetime | None = await self._connection.scalar(
            select(table.c.confirmed_at).where(_own(holder))
        )
        return found

    async def confirm(self, holder: Holder, step: int, at: datetime) -> bool:
        """From now on it counts; False when it did already or there is none."""
        waiting = update(table).where(_own(holder), table.c.confirmed_at.is_(None))
        return await self._changed(waiting.values(confirmed_at=at, last_step=step))

    async def take_try(self, holder: Holder, own: bool, limit: int) -> Seed | None:
        """Count a try before it is judged; None beyond the limit of consecutive wrong ones."""
        counter = table.c.failures_own if own else table.c.failures_others
        enrolled = _own(holder) & table.c.confirmed_at.is_not(None) & (counter < limit)
        counted = update(table).where(enrolled).values({counter.name: counter + 1})
        return self._opened(holder, await self._connection.scalar(counted.returning(table.c.seed)))

    async def use(self, holder: Holder, step: int) -> bool:
        """Use up that step and forget the wrong tries; False when it or a later one has served."""
        unused = update(table).where(_own(holder), table.c.last_step < step)
        return await self._changed(unused.values({"last_step": step} | FORGIVEN))

    async def keep_recovery(self, holder: Holder, seals: list[str]) -> None:
        """Keep these recovery codes instead of earlier ones."""
        owner = await self._connection.scalar(select(table.c.id).where(_own(holder)))
        await self._connection.execute(
            delete(recovery_code).where(recovery_code.c.authenticator_id == owner)
        )
        rows = [{"authenticator_id": owner, "code_hash": seal} for seal in seals]
        await self._connection.execute(insert(recovery_code), rows)

    async def use_recovery(self, holder: Holder, seal: str, at: datetime) -> bool:
        """Use up a recovery code; False when it is none or has served."""
        mine = _codes_of(holder) & (recovery_code.c.code_hash == seal)
        unused = update(recovery_code).where(mine, recovery_code.c.used_at.is_(None))
        if not await self._changed(unused.values(used_at=at)):
            return False
        await self._connection.execute(update(table).where(_own(holder)).values(FORGIVEN))
        return True

    async def recovery_left(self, holder: Holder) -> int:
        """How many recovery codes have not served."""
        left = select(func.count()).where(_codes_of(holder), recovery_code.c.used_at.is_(None))
        return int(await self._connection.scalar(left) or 0)

    async def remove(self, holder: Holder) -> bool:
        """Forget the seed and the recovery codes; False when there were none."""
        await self._connection.execute(delete(recovery_code).where(_codes_of(holder)))
        return await self._changed(delete(table).where(_own(holder)))

    def _opened(self, holder: Holder, sealed: str | None) -> Seed | None:
        return None if sealed is None else self._vault.unlock(holder, sealed)

    async def _changed(self, statement: Any) -> bool:
        return bool((await self._connection.execute(statement)).rowcount)


def _column(holder: Holder) -> tuple[Any, int]:
    if holder.member_id is not None:
        return table.c.member_id, holder.member_id
    return table.c.staff_id, holder.staff_id or 0


def _own(holder: Holder) -> ColumnElement[bool]:
    column, number = _column(holder)
    own: ColumnElement[bool] = column == number
    return own


def _codes_of(holder: Holder) -> ColumnElement[bool]:
    owner = select(table.c.id).where(_own(holder)).scalar_subquery()
    return recovery_code.c.authenticator_id == owner
