"""Entering, step 4: the code, judged together with the PIN and with one answer."""

from dataclasses import dataclass

from domain.access.admission import Admission
from domain.access.applicants import Applicant, Applicants
from domain.access.attempts import Attempt, AttemptOver, Attempts
from domain.access.journal import Action, Journal, Result
from domain.access.outcomes import BarredBy, ChoosePin, Proof, WrongCode
from domain.access.restraint import Restraint, TooManyCodes
from domain.access.seals import Seal, same
from domain.conversation import Visit
from domain.cooperative import Policies
from domain.members import MemberStatus


@dataclass(frozen=True, slots=True)
class CheckCode:
    applicants: Applicants
    attempts: Attempts
    admission: Admission
    journal: Journal
    seal: Seal
    policies: Policies
    restraint: Restraint

    async def check(self, visit: Visit, attempt_id: str, code: str) -> Proof:
        """Judge the attempt; AttemptOver when it is too late, TooManyCodes for today."""
        attempt = await self._take_try(visit, attempt_id)
        who = await self.applicants.by_id(attempt.member_id if attempt else None)
        proven = attempt is not None and await self._proves(visit, attempt, code)
        if attempt is None or who is None or not proven:
            return await self._refuse(visit, attempt)
        return await self._welcome(visit, attempt, who)

    async def _take_try(self, visit: Visit, attempt_id: str) -> Attempt | None:
        """Count the code before it is judged; None when there is nothing left to judge."""
        member_id, why = None, "over"
        try:
            found = await self.attempts.current(attempt_id, visit, self.policies.attempt_life)
            member_id, why = found.member_id, "limit"
            attempt = await self.attempts.take_code_try(attempt_id, self.policies.code_tries)
            if attempt is not None:
                await self.restraint.take_code(visit, attempt)
        except (AttemptOver, TooManyCodes):
            await self.journal.write(visit, Action.CODE, Result.REFUSED, member_id, why)
            raise
        return attempt

    async def _proves(self, visit: Visit, attempt: Attempt, code: str) -> bool:
        given = self.seal.code(attempt.id, visit.chat_id, code)
        alive = attempt.code_expires_at is not None and visit.now < attempt.code_expires_at
        right = same(given, attempt.code_hash or "") and alive and attempt.pin_ok is True
        return right and await self.attempts.prove(attempt.id, given, visit.now)

    async def _refuse(self, visit: Visit, attempt: Attempt | None) -> WrongCode:
        member_id = attempt.member_id if attempt else None
        await self.journal.write(visit, Action.CODE, Result.REFUSED, member_id)
        return WrongCode(self.policies.code_tries - attempt.code_tries if attempt else 0)

    async def _welcome(self, visit: Visit, attempt: Attempt, who: Applicant) -> Proof:
        await self.restraint.let_go(visit, attempt)
        member_id = who.member.id
        if who.member.status is MemberStatus.INACTIVE:
            return await self.admission.bar(visit, attempt.id, member_id, BarredBy.INACTIVE)
        if who.blocked:
            return await self.admission.bar(visit, attempt.id, member_id, BarredBy.BLOCKED)
        if attempt.first_key:
            return ChoosePin()
        return await self.admission.admit(visit, attempt.id, member_id)
