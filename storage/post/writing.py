"""A row of the queue becomes a letter; a code is made here, at the moment of sending."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.codes import new_code
from domain.access.letters import Letter, Letters, MailKind
from domain.access.seals import Seal
from domain.clock import Clock
from domain.cooperative import Policies
from storage.access.applicants import ApplicantRepository
from storage.access.attempts import AttemptRepository
from storage.post.queue import LeasedMail


@dataclass(frozen=True, slots=True)
class Envelope:
    letter: Letter
    to: str


@dataclass(frozen=True, slots=True)
class Writer:
    letters: Letters
    code_seal: Seal
    policies: Policies
    clock: Clock

    async def write(self, connection: AsyncConnection, mail: LeasedMail) -> Envelope | None:
        """The letter to send, its code's seal kept; None when there is nothing to send."""
        who = await ApplicantRepository(connection).by_id(mail.member_id)
        to = mail.to or (who.member.email if who else None)
        if mail.kind is MailKind.NOTHING or who is None or to is None:
            # Written like any other and thrown away: it takes as long.
            self.letters.write(MailKind.WRONG_PIN, "", self.clock.now(), None)
            return None
        code = None
        if mail.kind is MailKind.CODE:
            code = await self._fresh_code(connection, mail)
            if code is None:
                return None
        name, now = who.member.first_names, self.clock.now()
        return Envelope(self.letters.write(mail.kind, name, now, code, mail.params), to)

    async def _fresh_code(self, connection: AsyncConnection, mail: LeasedMail) -> str | None:
        """A new code; None when the attempt is over or has no use for one."""
        now = self.clock.now()
        attempts = AttemptRepository(connection)
        if mail.attempt_id is None:
            return None
        attempt = await attempts.awaiting_code(mail.attempt_id, now - self.policies.attempt_life)
        if attempt is None:
            return None
        code = new_code()
        seal = self.code_seal.code(attempt.id, attempt.chat_id, code)
        kept = await attempts.set_code(attempt.id, seal, now + self.policies.code_life)
        return code if kept else None
