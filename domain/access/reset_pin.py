"""A forgotten PIN: a code by e-mail, a second proof, and a new PIN that serves after a while."""

from dataclasses import dataclass
from datetime import datetime

import phonenumbers

from domain.access.applicants import Applicant, Applicants, Credentials, Pins
from domain.access.attempts import Attempt, AttemptOver, Attempts, Purpose
from domain.access.bindings import Bindings
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind
from domain.access.notices import News, Notices
from domain.access.outcomes import WrongCode
from domain.access.pin_rules import Weakness, weakness
from domain.access.restraint import Restraint
from domain.access.seals import Seal, same
from domain.access.totp import NOBODY, CheckApp, Holder, Verdict
from domain.conversation import Sessions, Visit
from domain.cooperative import Policies
from domain.members import MemberStatus

COUNTRY = "CO"


@dataclass(frozen=True, slots=True)
class Proven:
    """`vouched`: the cooperative made sure who it is, no second proof is needed."""

    vouched: bool


@dataclass(frozen=True, slots=True)
class NotVouched:
    """The second proof does not match; with no tries left only the cooperative can help."""

    tries_left: int
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Vouched:
    """The second proof was right."""


@dataclass(frozen=True, slots=True)
class CheckResetCode:
    """The code by e-mail; whatever does not match has one answer."""

    applicants: Applicants
    attempts: Attempts
    journal: Journal
    seal: Seal
    policies: Policies
    restraint: Restraint

    async def check(self, visit: Visit, attempt_id: str, code: str) -> Proven | WrongCode:
        """Judge the code, counted before; AttemptOver when it is too late, TooManyCodes today."""
        await self.attempts.current(attempt_id, visit, self.policies.attempt_life, Purpose.RESET)
        attempt = await self.attempts.take_code_try(attempt_id, self.policies.code_tries)
        if attempt is not None:
            await self.restraint.take_code(visit, attempt)
        who = await self.applicants.by_id(attempt.member_id if attempt else None)
        if attempt is None or who is None or not await self._proves(visit, attempt, code):
            member_id = attempt.member_id if attempt else None
            await self.journal.write(visit, Action.RESET, Result.REFUSED, member_id, "code")
            return WrongCode(self.policies.code_tries - attempt.code_tries if attempt else 0)
        await self.restraint.code_was_right(visit, attempt)
        return Proven(who.is_vouched_for(visit.now))

    async def _proves(self, visit: Visit, attempt: Attempt, code: str) -> bool:
        given = self.seal.code(attempt.id, visit.chat_id, code)
        alive = attempt.code_expires_at is not None and visit.now < attempt.code_expires_at
        right = same(given, attempt.code_hash or "") and alive
        return right and await self.attempts.prove(attempt.id, given, visit.now)


@dataclass(frozen=True, slots=True)
class SecondProof:
    """That it is not only somebody who reads the mailbox."""

    applicants: Applicants
    attempts: Attempts
    app: CheckApp
    journal: Journal
    policies: Policies

    async def by_contact(
        self, visit: Visit, attempt_id: str, owner: int | None, phone: str
    ) -> Vouched | NotVouched:
        """The account's own contact, whose number is the mobile on file. AttemptOver if too late.

        `owner`: whose contact it is, as Telegram says; None for one that is nobody's account.
        """
        attempt, who = await self._take_try(visit, attempt_id)
        mobile = who.member.mobile if who else None
        own = owner == visit.telegram_id and same_number(phone, mobile)
        return await self._judge(visit, attempt, own, "contact")

    async def by_app(self, visit: Visit, attempt_id: str, code: str) -> Vouched | NotVouched:
        """A code of the member's authenticator, or a recovery code. AttemptOver if too late."""
        attempt, who = await self._take_try(visit, attempt_id)
        enrolled = who is not None and who.authenticator
        holder = Holder(member_id=who.member.id) if who and enrolled else NOBODY
        own = attempt is not None and attempt.bound
        verdict = await self.app.check(holder, own, code, visit.now)
        right = enrolled and verdict is Verdict.RIGHT
        return await self._judge(visit, attempt, right, "app", verdict is Verdict.REUSED)

    async def _take_try(
        self, visit: Visit, attempt_id: str
    ) -> tuple[Attempt | None, Applicant | None]:
        await self.attempts.current(attempt_id, visit, self.policies.attempt_life, Purpose.RESET)
        attempt = await self.attempts.take_vouch_try(attempt_id, self.policies.vouch_tries)
        return attempt, await self.applicants.by_id(attempt.member_id if attempt else None)

    async def _judge(
        self, visit: Visit, attempt: Attempt | None, right: bool, how: str, reused: bool = False
    ) -> Vouched | NotVouched:
        member_id = attempt.member_id if attempt else None
        if attempt and right and await self.attempts.vouch(attempt.id, visit.now):
            await self.journal.write(visit, Action.VOUCH, Result.DONE, member_id, how)
            return Vouched()
        await self.journal.write(visit, Action.VOUCH, Result.REFUSED, member_id, how)
        left = self.policies.vouch_tries - attempt.vouch_tries if attempt else 0
        return NotVouched(left, reused)


def same_number(shared: str, mobile: str | None) -> bool:
    """Whether both are one telephone number, however each is written (E.164)."""
    one, other = _e164(shared, plus=True), _e164(mobile or "", plus=False)
    return one is not None and one == other


def _e164(written: str, *, plus: bool) -> str | None:
    """Telegram's numbers are international, with or without their plus sign."""
    text = f"+{written.lstrip('+')}" if plus else written
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True, slots=True)
class ResetPin:
    """The new PIN. It serves after a while, in which the owner hears of it and can object."""

    applicants: Applicants
    attempts: Attempts
    credentials: Credentials
    bindings: Bindings
    sessions: Sessions
    notices: Notices
    journal: Journal
    pins: Pins
    policies: Policies

    async def weakness(self, visit: Visit, attempt_id: str, pin: str) -> Weakness | None:
        """Why this PIN is refused; AttemptOver when the attempt may not choose one."""
        _, who = await self._proven(visit, attempt_id)
        return weakness(pin, who.member)

    async def choose(self, visit: Visit, attempt_id: str, pin: str) -> datetime | Weakness:
        """From when on the new PIN serves; AttemptOver when the attempt may not choose one."""
        attempt, who = await self._proven(visit, attempt_id)
        weak = weakness(pin, who.member)
        if weak is not None:
            return weak
        now, member_id = visit.now, who.member.id
        vouched = who.is_vouched_for(now)
        serves_from = now if vouched else now + self.policies.reset_cooling
        stored = await self.pins.hash(member_id, pin)
        begun = attempt.created_at
        if not await self.credentials.reset_pin(member_id, stored, now, begun, serves_from):
            raise AttemptOver
        await self.attempts.close(attempt.id, now)
        await self.sessions.end_all(member_id, "pin_changed", now)
        await self.journal.write(visit, Action.PIN_SET, Result.DONE, member_id, "reset")
        await self._tell(visit, who, serves_from)
        return serves_from

    async def _tell(self, visit: Visit, who: Applicant, serves_from: datetime) -> None:
        """The mailbox, the chat that is bound, and the one that waits for the PIN to serve."""
        member_id, now = who.member.id, visit.now
        await self.notices.write(MailKind.PIN_CHANGED, member_id, now)
        bound = await self.bindings.of_member(member_id, 1)
        if not bound:
            return
        if who.telegram_id is not None:
            about = (member_id, bound[0].id, who.telegram_id, now)
            await self.notices.tell(News.PIN_CHANGED, *about)
        if serves_from > now:
            about = (member_id, bound[0].id, visit.chat_id, serves_from)
            await self.notices.tell(News.PIN_READY, *about)

    async def _proven(self, visit: Visit, attempt_id: str) -> tuple[Attempt, Applicant]:
        life = self.policies.attempt_life
        attempt = await self.attempts.current(attempt_id, visit, life, Purpose.RESET)
        who = await self.applicants.by_id(attempt.member_id)
        if who is None or who.blocked or who.member.status is MemberStatus.INACTIVE:
            raise AttemptOver
        vouched = attempt.vouched_at is not None or who.is_vouched_for(visit.now)
        if attempt.proven_at is None or not vouched:
            raise AttemptOver
        return attempt, who
