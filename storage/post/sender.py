"""The sender of e-mails: what is remembered of a letter is committed before it leaves."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.letters import Enclosure, Letter, MailKind
from domain.access.limits import HOUR
from domain.access.request_code import member_subject
from domain.access.step_up import step_up_subject
from domain.certificates.certificate import Certificate
from domain.certificates.mailing import mailing_subject
from domain.clock import Clock
from domain.cooperative import Policies
from storage.access.allowances import AllowanceRepository
from storage.access.attempts import AttemptRepository
from storage.certificates.register import RegisterRepository
from storage.database import Database
from storage.post.delivery import Delivery, Outcome
from storage.post.queue import LeasedMail, MailQueueRepository
from storage.post.writing import OF_A_CHALLENGE, Envelope, Writer

log = structlog.get_logger()
AT_ONCE = 10
MAX_TRIES = 8


class Printer(Protocol):
    async def print(self, certificate: Certificate) -> Enclosure:
        """The certificate's file."""


@dataclass(frozen=True, slots=True)
class Postman:
    """One per process or more: rows are leased, and a fence keeps a slow holder out."""

    database: Database
    writer: Writer
    delivery: Delivery
    printer: Printer
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
        outcome = await self._send(envelope)
        async with self.database.unit() as connection:
            await self._settle(connection, mail, outcome)

    async def _send(self, envelope: Envelope) -> Outcome:
        try:
            letter = await self._filled(envelope)
        except Exception:
            log.exception("a certificate could not be printed for its letter")
            return Outcome.NOT_SENT
        return await self.delivery.deliver(letter, envelope.to, self.clock.now())

    async def _filled(self, envelope: Envelope) -> Letter:
        """The letter, with the certificate printed now if one goes with it."""
        if envelope.enclosed is None:
            return envelope.letter
        enclosure = await self.printer.print(envelope.enclosed)
        digest = sha256(enclosure.content).hexdigest()
        async with self.database.unit() as connection:
            register = RegisterRepository(connection)
            await register.remember_copy(envelope.enclosed.id, digest, self.clock.now())
        return replace(envelope.letter, enclosure=enclosure)

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
        if mail.about is None:
            return True
        counted = await self._counted(connection, mail)
        if counted is None:
            return False
        subject, limit = counted
        allowances = AllowanceRepository(connection)
        return await allowances.take(subject, limit, HOUR, self.clock.now()) is not None

    async def _counted(
        self, connection: AsyncConnection, mail: LeasedMail
    ) -> tuple[str, int] | None:
        """Whose letters are counted, and how many there may be in an hour; None: it is gone."""
        codes, member_id = self.policies.codes_per_hour, mail.member_id
        if mail.kind in OF_A_CHALLENGE and member_id is not None:
            return step_up_subject(member_id), codes
        if mail.kind is MailKind.CERTIFICATE and member_id is not None:
            return mailing_subject(member_id), self.policies.certificate_mails_per_hour
        attempt = await AttemptRepository(connection).by_id(mail.about or "")
        return (member_subject(attempt), codes) if attempt else None


def pause(tries: int) -> timedelta:
    """How long to wait after that many tries: 2 seconds, then twice as long each time."""
    return timedelta(seconds=1 << tries)
