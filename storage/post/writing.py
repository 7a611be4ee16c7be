"""A row of the queue becomes a letter; a code is made here, at the moment of sending."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.codes import new_code
from domain.access.letters import Letter, Letters, MailKind
from domain.access.seals import Seal
from domain.certificates.certificate import Certificate
from domain.clock import Clock
from domain.cooperative import Policies
from storage.access.applicants import ApplicantRepository
from storage.access.attempts import AttemptRepository
from storage.access.step_ups import ChallengeRepository
from storage.certificates.register import RegisterRepository
from storage.post.queue import LeasedMail


@dataclass(frozen=True, slots=True)
class Envelope:
    """`enclosed`: the certificate to be printed and put in before it leaves."""

    letter: Letter
    to: str
    enclosed: Certificate | None = None


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
        code, enclosed = None, None
        if mail.kind in _WITH_CODE:
            code = await self._fresh_code(connection, mail)
        if mail.kind is MailKind.CERTIFICATE:
            enclosed = await self._certificate(connection, mail)
        if mail.kind in _NEEDING_MORE and code is None and enclosed is None:
            return None
        name, now = who.member.first_names, self.clock.now()
        letter = self.letters.write(mail.kind, name, now, code, mail.params)
        return Envelope(letter, to, enclosed)

    async def _certificate(
        self, connection: AsyncConnection, mail: LeasedMail
    ) -> Certificate | None:
        """The member's own certificate; None when it was voided meanwhile."""
        register = RegisterRepository(connection)
        found = await register.own(mail.member_id or 0, int(mail.about or 0))
        return found if found and found.voided_at is None else None

    async def _fresh_code(self, connection: AsyncConnection, mail: LeasedMail) -> str | None:
        """A new code, its seal kept; None when nothing waits for one any more."""
        code, about = new_code(), mail.about or ""
        if mail.kind in OF_A_CHALLENGE:
            kept = await self._keep_for_challenge(connection, about, code)
        else:
            kept = await self._keep_for_attempt(connection, about, code)
        return code if kept else None

    async def _keep_for_attempt(
        self, connection: AsyncConnection, attempt_id: str, code: str
    ) -> bool:
        now = self.clock.now()
        attempts = AttemptRepository(connection)
        attempt = await attempts.awaiting_code(attempt_id, now - self.policies.attempt_life)
        if attempt is None:
            return False
        seal = self.code_seal.code(attempt.id, attempt.chat_id, code)
        return await attempts.set_code(attempt.id, seal, now + self.policies.code_life)

    async def _keep_for_challenge(
        self, connection: AsyncConnection, challenge_id: str, code: str
    ) -> bool:
        challenges = ChallengeRepository(connection)
        challenge = await challenges.awaiting_code(challenge_id)
        if challenge is None:
            return False
        seal = self.code_seal.code(challenge.id, challenge.chat_id, code)
        until = self.clock.now() + self.policies.code_life
        return await challenges.set_code(challenge, seal, until)


OF_A_CHALLENGE = (MailKind.STEP_UP, MailKind.NEW_ADDRESS)
_WITH_CODE = (MailKind.CODE, MailKind.RESET_CODE, *OF_A_CHALLENGE)
_NEEDING_MORE = (*_WITH_CODE, MailKind.CERTIFICATE)
