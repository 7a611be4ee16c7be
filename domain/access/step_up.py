"""Proving again, within a session, that it is still the member who holds the phone.

A flow names its purpose and asks whether a proof is needed; the proof is a fresh code by e-mail,
good for that session and that purpose, or a code of the member's authenticator.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from domain.access.applicants import Applicants
from domain.access.inside import insider
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.limits import HOUR, Allowances
from domain.access.masking import mask_email
from domain.access.outcomes import WrongCode
from domain.access.seals import Seal, same
from domain.access.totp import RECOVERY_DIGITS, CheckApp, Holder, Verdict
from domain.conversation import Visit
from domain.cooperative import Policies

_ADDRESS = "address-"


class Purpose(StrEnum):
    """What the member must prove again to be the one who asks for."""

    CERTIFICATES = "certificates"
    PROFILE = "profile"
    CHANGE_PIN = "change_pin"
    ADD_APP = "add_app"
    REMOVE_APP = "remove_app"
    RECOVERY_CODES = "recovery_codes"
    DATA_COPY = "data_copy"


class TooManyCodes(Exception):
    """The codes of this hour are used up."""


class NoAddress(Exception):
    """The member has no e-mail address on file."""


def address_purpose(address: str) -> str:
    """Proving that a new address is the member's: another address needs another proof."""
    return f"{_ADDRESS}{sha256(address.encode()).hexdigest()[:24]}"


def is_of_address(purpose: str) -> bool:
    """Whether only a code that was sent to that address proves it."""
    return purpose.startswith(_ADDRESS)


def step_up_subject(member_id: int) -> str:
    """Whose codes are counted."""
    return f"codes:step-up:{member_id}"


@dataclass(frozen=True, slots=True)
class Challenge:
    """A proof that was asked for in a session: one row for each purpose."""

    session_id: str
    chat_id: int
    member_id: int
    purpose: str
    code_hash: str | None = None
    code_expires_at: datetime | None = None
    code_tries: int = 0
    proven_at: datetime | None = None

    @property
    def id(self) -> str:
        return challenge_id(self.session_id, self.purpose)


def challenge_id(session_id: str, purpose: str) -> str:
    """What a session's challenge for that purpose is called."""
    return f"{session_id}:{purpose}"


@dataclass(frozen=True, slots=True)
class Proven:
    """It is the member."""


class Challenges(Protocol):
    """One for each session and purpose; every change is one conditional statement."""

    async def ask(self, challenge: Challenge) -> None:
        """Ask for a proof, or again for the same one: old codes are dead, tries start again."""

    async def take_try(self, session_id: str, purpose: str, limit: int) -> Challenge | None:
        """Count a try and return the challenge; None when its code is dead or has served."""

    async def prove(self, challenge: Challenge, code_hash: str, at: datetime) -> bool:
        """Use the code up; False when it was used or replaced meanwhile."""

    async def prove_by_app(self, challenge: Challenge, at: datetime) -> bool:
        """A code of the member's app was right; False when it was proven meanwhile."""

    async def proven_since(self, session_id: str, purpose: str, since: datetime) -> bool:
        """Whether that session proved it after that instant."""


@dataclass(frozen=True, slots=True)
class StepUp:
    applicants: Applicants
    challenges: Challenges
    allowances: Allowances
    mail: MailQueue
    journal: Journal
    seal: Seal
    policies: Policies
    app: CheckApp

    async def needed(self, visit: Visit, purpose: str) -> bool:
        """Whether the entry, and the last proof for that purpose, are too long ago."""
        session = insider(visit).session
        if visit.now - session.started_at <= self.policies.step_up_after:
            return False
        return not await self.proven(visit, purpose)

    async def proven(self, visit: Visit, purpose: str) -> bool:
        """Whether a code was given for that purpose, and not too long ago."""
        since = visit.now - self.policies.step_up_life
        return await self.challenges.proven_since(insider(visit).session.id, purpose, since)

    async def uses_app(self, visit: Visit) -> bool:
        """Whether the code is the authenticator's, and none is sent."""
        who = await self.applicants.by_id(insider(visit).member_id)
        return who is not None and who.authenticator

    async def ask(self, visit: Visit, purpose: str, to: str = "") -> None:
        """Have a new code sent, to the address on file or to a new one that is to be proven.

        NoAddress without either; TooManyCodes beyond the hour's limit. A member with an
        authenticator is sent none, but for a new address.
        """
        who, with_app = insider(visit), not to and await self.uses_app(visit)
        if not to and not with_app and await self.destination(visit) is None:
            raise NoAddress
        subject, limit = step_up_subject(who.member_id), self.policies.codes_per_hour
        if await self.allowances.take(subject, limit, HOUR, visit.now) is None:
            await self._write(visit, Result.REFUSED, f"{purpose} limit")
            raise TooManyCodes
        until = visit.now + self.policies.code_life
        asked = Challenge(
            who.session.id, visit.chat_id, who.member_id, purpose, code_expires_at=until
        )
        # Mail first, challenge second, as the sender does: neither waits for the other for ever.
        await self.mail.overtake(asked.id)
        if not with_app:
            kind = MailKind.NEW_ADDRESS if to else MailKind.STEP_UP
            await self.mail.put_about(kind, who.member_id, asked.id, visit.now, to)
        await self.challenges.ask(asked)

    async def destination(self, visit: Visit) -> str | None:
        """Where codes go, masked; None without an address on file."""
        who = await self.applicants.by_id(insider(visit).member_id)
        return mask_email(who.member.email) if who and who.member.email else None

    async def check(self, visit: Visit, purpose: str, code: str) -> Proven | WrongCode:
        """Judge a typed code, counted before it is looked at."""
        limit = self.policies.code_tries
        challenge = await self.challenges.take_try(insider(visit).session.id, purpose, limit)
        left = limit - challenge.code_tries if challenge else 0
        verdict = await self._judge(visit, challenge, code) if challenge else Verdict.WRONG
        if verdict is Verdict.RIGHT:
            await self._write(visit, Result.DONE, purpose)
            return Proven()
        await self._write(visit, Result.REFUSED, purpose)
        return WrongCode(left, verdict is Verdict.REUSED, verdict is Verdict.EXHAUSTED)

    async def _judge(self, visit: Visit, challenge: Challenge, code: str) -> Verdict:
        if is_of_address(challenge.purpose) or not await self.uses_app(visit):
            right = await self._proves(visit, challenge, code)
            return Verdict.RIGHT if right else Verdict.WRONG
        holder = Holder(member_id=challenge.member_id)
        verdict = await self.app.check(holder, own=True, code=code, at=visit.now)
        if verdict is not Verdict.RIGHT:
            return verdict
        if len(code) == RECOVERY_DIGITS:
            await self.mail.notify(MailKind.RECOVERY_USED, challenge.member_id, visit.now)
        proven = await self.challenges.prove_by_app(challenge, visit.now)
        return verdict if proven else Verdict.WRONG

    async def _proves(self, visit: Visit, challenge: Challenge, code: str) -> bool:
        given = self.seal.code(challenge.id, visit.chat_id, code)
        alive = challenge.code_expires_at is not None and visit.now < challenge.code_expires_at
        right = same(given, challenge.code_hash or "") and alive
        return right and await self.challenges.prove(challenge, given, visit.now)

    async def _write(self, visit: Visit, result: Result, why: str) -> None:
        member_id = insider(visit).member_id
        await self.journal.write(visit, Action.STEP_UP, result, member_id, why)
