"""The sender of e-mails: the seal of a code is committed before the code leaves."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.limits import HOUR
from domain.access.request_code import member_subject
from domain.clock import Clock
from domain.cooperative import Policies
from storage.access.allowances import AllowanceRepository
from storage.access.attempts import AttemptRepository
from storage.database import Database
from storage.post.delivery import Delivery, Outcome
from storage.post.queue import LeasedMail, MailQueueRepository
from storage.post.writing import Envelope, Writer

log = structlog.get_logger()
AT_ONCE = 10
MAX_TRIES = 8


@dataclass(frozen=True, slots=True)
class Postman:
    """One per process or more: rows are leased, and a fence keeps a slow holder out."""

    database: Database
    writer: Writer
    delivery: Delivery
    policies: Policies
    clock: Clock

    async def run_once(self) -> bool:
        """Send what is due, some letters at once; whether there was anything."""
        async with self.database.unit() as connection:
            leased = await MailQueueRepository(connection).lease(self.clock.now(), AT_ONCE)
        await asyncio.gather(*(self._handle(mail) for mail in leased))
        return bool(leased)

    async def _handle(self, mail: LeasedMail) -> None:
        async with self.database.unit() as connection:
            envelope = await self._prepare(connection, mail)
        if envelope is None:
            return
        outcome = await self.delivery.deliver(envelope.letter, envelope.to, self.clock.now())
        async with self.database.unit() as connection:
            await self._settle(connection, mail, outcome)

    async def _prepare(self, connection: AsyncConnection, mail: LeasedMail) -> Envelope | None:
        queue = MailQueueRepository(connection)
        if not await queue.still_wanted(mail):
            return None
        envelope = await self.writer.write(connection, mail)
        if envelope is None:
            await queue.settle(mail, "dropped")
        return envelope

    async def _settle(
        self, connection: AsyncConnection, mail: LeasedMail, outcome: Outcome
    ) -> None:
        queue = MailQueueRepository(connection)
        if outcome is Outcome.SENT:
            await queue.settle(mail, "sent")
        elif await self._may_try_again(connection, mail, outcome):
            await queue.postpone(mail, self.clock.now() + pause(mail.tries))
        else:
            await queue.settle(mail, "dead")
            log.error("mail is dead", mail=mail.id, kind=mail.kind.value, why=outcome.value)

    async def _may_try_again(
        self, connection: AsyncConnection, mail: LeasedMail, outcome: Outcome
    ) -> bool:
        """A letter that may have arrived counts as a send: the next one needs its own allowance.

        A notice brings no code: better twice than never.
        """
        if outcome is Outcome.REFUSED or mail.tries >= MAX_TRIES:
            return False
        if outcome is Outcome.NOT_SENT:
            return True
        if mail.attempt_id is None:
            return True
        attempt = await AttemptRepository(connection).by_id(mail.attempt_id)
        if attempt is None:
            return False
        subject, limit = member_subject(attempt), self.policies.codes_per_hour
        allowances = AllowanceRepository(connection)
        return await allowances.take(subject, limit, HOUR, self.clock.now()) is not None


def pause(tries: int) -> timedelta:
    """How long to wait after that many tries: 2 seconds, then twice as long each time."""
    return timedelta(seconds=1 << tries)
