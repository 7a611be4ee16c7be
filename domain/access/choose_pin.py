"""Entering for the first time, step 5: the member's own PIN, and only then the session."""

from dataclasses import dataclass

from domain.access.admission import Admission
from domain.access.applicants import Applicant, Applicants, Credentials, Pins
from domain.access.attempts import Attempt, AttemptOver, Attempts
from domain.access.journal import Action, Journal, Result
from domain.access.outcomes import Barred, Entered
from domain.access.pin_rules import Weakness, weakness
from domain.conversation import Visit
from domain.cooperative import Policies


@dataclass(frozen=True, slots=True)
class ChooseFirstPin:
    applicants: Applicants
    attempts: Attempts
    credentials: Credentials
    admission: Admission
    journal: Journal
    pins: Pins
    policies: Policies

    async def weakness(self, visit: Visit, attempt_id: str, pin: str) -> Weakness | None:
        """Why this PIN is refused; AttemptOver when the attempt may not choose one."""
        _, who = await self._proven(visit, attempt_id)
        return weakness(pin, who.member)

    async def choose(self, visit: Visit, attempt_id: str, pin: str) -> Entered | Barred | Weakness:
        """Keep the PIN and enter; AttemptOver when the attempt may not choose one."""
        attempt, who = await self._proven(visit, attempt_id)
        weak = weakness(pin, who.member)
        if weak is not None:
            return weak
        member_id = who.member.id
        stored = await self.pins.hash(member_id, pin)
        if not await self.credentials.set_first_pin(member_id, stored, visit.now):
            raise AttemptOver
        await self.journal.write(visit, Action.PIN_SET, Result.DONE, member_id, "first")
        return await self.admission.admit(visit, attempt, who)

    async def _proven(self, visit: Visit, attempt_id: str) -> tuple[Attempt, Applicant]:
        attempt = await self.attempts.current(attempt_id, visit, self.policies.attempt_life)
        who = await self.applicants.by_id(attempt.member_id)
        if who is None or attempt.proven_at is None or not attempt.first_key:
            raise AttemptOver
        return attempt, who
