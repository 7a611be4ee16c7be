"""Each control of entering, taken out: the tests must notice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.attempts import Attempt, Attempts, Purpose
from domain.access.doorway import Doorway
from domain.access.pacing import Backoff
from domain.access.seals import Seal
from domain.access.spraying import SprayBrake
from domain.conversation import Visit
from domain.cooperative import Policies
from storage.access.attempts import AttemptRepository
from storage.access.credentials import CredentialRepository
from storage.access.doorway import doorway
from storage.schema import credential, entry_attempt
from storage.secrets import Secrets

Change = Callable[[Doorway, AsyncConnection], Doorway]


def with_change(change: Change) -> Callable[[AsyncConnection, Secrets, Any, Policies], Doorway]:
    """A doorway with one part replaced."""

    def open_doorway(
        connection: AsyncConnection, secrets: Secrets, pins: Any, policies: Policies
    ) -> Doorway:
        return change(doorway(connection, secrets, pins, policies), connection)

    return open_doorway


class UncountedTries(CredentialRepository):
    async def take_try(self, member_id: int, bound: bool, limit: int) -> int | None:
        return 1


class ReadThenWrite(CredentialRepository):
    """What is usually written: look at the counter, then raise it."""

    async def take_try(self, member_id: int, bound: bool, limit: int) -> int | None:
        mine = credential.c.member_id == member_id
        counter = credential.c.failures_bound if bound else credential.c.failures_unbound
        used: int = await self._connection.scalar(select(counter).where(mine)) or 0
        if used >= limit:
            return None
        raised = update(credential).where(mine).values({counter.name: used + 1})
        await self._connection.execute(raised)
        return used + 1


class OneCounter(CredentialRepository):
    """The member's own failures and those of strangers are one number."""

    async def take_try(self, member_id: int, bound: bool, limit: int) -> int | None:
        return await super().take_try(member_id, False, limit)


class UnlimitedAllowances:
    async def take(self, subject: str, limit: int, window: timedelta, now: datetime) -> int | None:
        return 1

    async def take_for_good(self, subject: str, limit: int, now: datetime) -> int | None:
        return 1

    async def give_back(self, subject: str, uses: int = 1) -> None: ...


class NoPaces:
    async def take(self, subject: str, backoff: Backoff, now: datetime) -> datetime | None:
        return None

    async def clear(self, subject: str) -> None: ...


class NoBrake(SprayBrake):
    async def is_on(self, now: datetime) -> bool:
        return False

    async def count(self, at: datetime, failed: bool) -> None: ...


class ReusableCodes(AttemptRepository):
    """A served code serves again."""

    async def current(
        self,
        attempt_id: str,
        visit: Visit,
        life: timedelta,
        purpose: Purpose | None = Purpose.ENTRY,
    ) -> Attempt:
        return await self._find(attempt_id)

    async def take_code_try(self, attempt_id: str, limit: int) -> Attempt | None:
        return await self._find(attempt_id)

    async def prove(self, attempt_id: str, code_hash: str, at: datetime) -> bool:
        return True

    async def _find(self, attempt_id: str) -> Attempt:
        found = select(entry_attempt).where(entry_attempt.c.id == attempt_id)
        values = (await self._connection.execute(found)).one()._asdict()
        del values["closed_at"]
        return Attempt(**values)


class UncountedCodes(AttemptRepository):
    async def take_code_try(self, attempt_id: str, limit: int) -> Attempt | None:
        return await super().take_code_try(attempt_id, 1_000_000)


class AnyChat(AttemptRepository):
    """An attempt serves in whatever chat names it."""

    async def current(
        self,
        attempt_id: str,
        visit: Visit,
        life: timedelta,
        purpose: Purpose | None = Purpose.ENTRY,
    ) -> Attempt:
        return await ReusableCodes(self._connection).current(attempt_id, visit, life)


class LooseSeal(Seal):
    """A code's seal that is not bound to its attempt and chat."""

    def code(self, attempt_id: str, chat_id: int, code: str) -> str:
        return self.of(code)


class NoSeal(Seal):
    def code(self, attempt_id: str, chat_id: int, code: str) -> str:
        return code


def tries(kind: type[CredentialRepository]) -> Change:
    return lambda door, c: replace(door, pins=replace(door.pins, credentials=kind(c)))


def attempts(kind: Callable[[AsyncConnection], Attempts]) -> Change:
    return lambda door, c: replace(door, proofs=replace(door.proofs, attempts=kind(c)))


def unlimited(door: Doorway, connection: AsyncConnection) -> Doorway:
    free = UnlimitedAllowances()
    return replace(
        door,
        documents=replace(door.documents, allowances=free),
        codes=replace(door.codes, allowances=free),
    )


def seal(kind: type[Seal]) -> Change:
    return lambda door, c: replace(
        door, proofs=replace(door.proofs, seal=kind(door.proofs.seal.key))
    )


def restraint(**parts: Any) -> Change:
    """Other parts of what holds tries back, for PINs and for codes."""

    def change(door: Doorway, connection: AsyncConnection) -> Doorway:
        loose = replace(door.pins.restraint, **parts)
        pins, proofs = replace(door.pins, restraint=loose), replace(door.proofs, restraint=loose)
        return replace(door, pins=pins, proofs=proofs)

    return change


unpaced = restraint(paces=NoPaces())
