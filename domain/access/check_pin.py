"""Entering, step 2: the PIN, counted before it is judged."""

from dataclasses import dataclass
from datetime import datetime

from domain.access.applicants import Applicant, Applicants, Credentials, Pins
from domain.access.attempts import Attempt, AttemptOver, Attempts
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.limits import DAY, Allowances
from domain.access.outcomes import GoOn, Judgement, PinLocked, Wait, WrongPin
from domain.access.restraint import Restraint, TooManyFailures
from domain.access.seals import same
from domain.alarms import AlarmKind, Alarms
from domain.conversation import Visit
from domain.cooperative import Policies

NOBODY = 0


@dataclass(frozen=True, slots=True)
class CheckPin:
    applicants: Applicants
    attempts: Attempts
    credentials: Credentials
    allowances: Allowances
    mail: MailQueue
    journal: Journal
    pins: Pins
    policies: Policies
    restraint: Restraint
    alarms: Alarms

    async def check(self, visit: Visit, attempt_id: str, pin: str) -> Judgement:
        """Judge the PIN; only a bound chat learns the result.

        AttemptOver when it is too late, TooManyFailures when the account must rest.
        """
        attempt = await self.attempts.current(attempt_id, visit, self.policies.attempt_life)
        if attempt.pin_ok is not None:
            raise AttemptOver
        until = await self._hold_back(visit, attempt)
        return Wait(until) if until else await self._judge(visit, attempt, pin)

    async def _hold_back(self, visit: Visit, attempt: Attempt) -> datetime | None:
        try:
            return await self.restraint.hold_back(visit, attempt)
        except TooManyFailures:
            refused = (Action.PIN, Result.REFUSED, attempt.member_id, "limit")
            await self.journal.write(visit, *refused)
            raise

    async def _judge(self, visit: Visit, attempt: Attempt, pin: str) -> Judgement:
        used = await self._take_try(visit, attempt)
        who = await self.applicants.by_id(attempt.member_id)
        right = await self._is_right(visit, who if used is not None else None, pin)
        await self._give_back(attempt, int(right))
        await self.restraint.judged(visit, attempt, right)
        locked = not right and (used is None or used >= self.policies.pin_tries)
        await self._write(visit, attempt, right, locked)
        if attempt.bound and not right:
            return PinLocked() if locked else WrongPin(self.policies.pin_tries - (used or 0))
        first_key = who is not None and who.pin is None
        await self.attempts.judged(attempt.id, right, first_key)
        if locked:
            await self._tell_owner(visit, attempt, who)
        return GoOn()

    async def _take_try(self, visit: Visit, attempt: Attempt) -> int | None:
        limit = self.policies.pin_tries
        if attempt.member_id is not None:
            return await self.credentials.take_try(attempt.member_id, attempt.bound, limit)
        # An unknown document is counted too, so that it behaves like any other.
        return await self.allowances.take_for_good(_nobodys(attempt), limit, visit.now)

    async def _give_back(self, attempt: Attempt, tries: int) -> None:
        """Uncount a right try; the same is written for a wrong one and for nobody's."""
        if attempt.member_id is not None:
            await self.credentials.give_back(attempt.member_id, attempt.bound, tries)
        else:
            await self.allowances.give_back(_nobodys(attempt), tries)

    async def _is_right(self, visit: Visit, who: Applicant | None, pin: str) -> bool:
        member_id = who.member.id if who else NOBODY
        matches = await self.pins.matches(member_id, pin, who.pin if who else None)
        if who is None or not who.has_first_key(visit.now, self.policies.first_key_life):
            return matches
        return same(pin, f"{who.member.birth_date:%Y%m%d}")

    async def _write(self, visit: Visit, attempt: Attempt, right: bool, locked: bool) -> None:
        result = Result.DONE if right else Result.REFUSED
        action = Action.LOCK if locked else Action.PIN
        where = "bound" if attempt.bound else "unbound"
        await self.journal.write(visit, action, result, attempt.member_id, where)

    async def _tell_owner(self, visit: Visit, attempt: Attempt, who: Applicant | None) -> None:
        subject = f"lock-notice:{attempt.document_key}"
        if await self.allowances.take(subject, 1, DAY, visit.now) is not None:
            reachable = who is not None and who.member.email is not None
            kind = MailKind.LOCKED_OUT if reachable else MailKind.NOTHING
            await self.mail.put(kind, attempt, visit.now)
            params = {"member": attempt.member_id}
            await self.alarms.raise_alarm(AlarmKind.LOCKED, params, visit.now)


def _nobodys(attempt: Attempt) -> str:
    return f"pins:{attempt.document_key}"
