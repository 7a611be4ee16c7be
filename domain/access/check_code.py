"""Entering, step 4: the code, judged together with the PIN and with one answer."""

from dataclasses import dataclass

from domain.access.admission import Admission
from domain.access.applicants import Applicant, Applicants
from domain.access.attempts import Attempt, AttemptOver, Attempts
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.limits import DAY, Allowances
from domain.access.outcomes import BarredBy, ChoosePin, Proof, WrongCode
from domain.access.restraint import Restraint, TooManyCodes
from domain.access.seals import Seal, same
from domain.access.totp import NOBODY, RECOVERY_DIGITS, CheckApp, Holder, Verdict
from domain.conversation import Visit
from domain.cooperative import Policies
from domain.members import MemberStatus


@dataclass(frozen=True, slots=True)
class CheckCode:
    applicants: Applicants
    attempts: Attempts
    admission: Admission
    app: CheckApp
    allowances: Allowances
    mail: MailQueue
    journal: Journal
    seal: Seal
    policies: Policies
    restraint: Restraint

    async def check(self, visit: Visit, attempt_id: str, code: str) -> Proof:
        """Judge the attempt; AttemptOver when it is too late, TooManyCodes for today."""
        attempt = await self._take_try(visit, attempt_id)
        who = await self.applicants.by_id(attempt.member_id if attempt else None)
        verdict = await self._ask_app(visit, attempt, who, code)
        by_mail = verdict is None and attempt is not None
        proven = by_mail and attempt is not None and await self._proves(visit, attempt, code)
        if attempt is None or who is None:
            return await self._refuse(visit, attempt)
        if verdict is not None:
            return await self._by_app(visit, attempt, who, code, verdict)
        if not proven:
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

    async def _ask_app(
        self, visit: Visit, attempt: Attempt | None, who: Applicant | None, code: str
    ) -> Verdict | None:
        """What the member's authenticator says; None without one.

        The same is done for everybody. A wrong PIN uses up none of the app's tries.
        """
        with_app = who is not None and who.authenticator
        counts = with_app and attempt is not None and attempt.pin_ok is True
        holder = Holder(member_id=who.member.id) if who is not None and counts else NOBODY
        own = attempt is not None and attempt.bound
        verdict = await self.app.check(holder, own, code, visit.now)
        if not with_app:
            return None
        return verdict if counts else Verdict.WRONG

    async def _by_app(
        self, visit: Visit, attempt: Attempt, who: Applicant, code: str, verdict: Verdict
    ) -> Proof:
        if verdict is Verdict.RIGHT and await self.attempts.prove_by_app(attempt.id, visit.now):
            if len(code) == RECOVERY_DIGITS:
                await self.mail.notify(MailKind.RECOVERY_USED, who.member.id, visit.now)
            return await self._welcome(visit, attempt, who)
        if verdict is Verdict.REUSED:
            await self._tell_of_reuse(visit, who.member.id)
        told = verdict if attempt.bound else None
        return await self._refuse(visit, attempt, told)

    async def _tell_of_reuse(self, visit: Visit, member_id: int) -> None:
        """Once a day: whoever had the code had the PIN as well."""
        subject = f"app-reuse-notice:{member_id}"
        if await self.allowances.take(subject, 1, DAY, visit.now) is not None:
            await self.mail.notify(MailKind.APP_CODE_REUSED, member_id, visit.now)

    async def _proves(self, visit: Visit, attempt: Attempt, code: str) -> bool:
        given = self.seal.code(attempt.id, visit.chat_id, code)
        alive = attempt.code_expires_at is not None and visit.now < attempt.code_expires_at
        right = same(given, attempt.code_hash or "") and alive and attempt.pin_ok is True
        return right and await self.attempts.prove(attempt.id, given, visit.now)

    async def _refuse(
        self, visit: Visit, attempt: Attempt | None, told: Verdict | None = None
    ) -> WrongCode:
        member_id = attempt.member_id if attempt else None
        why = "reused" if told is Verdict.REUSED else ""
        await self.journal.write(visit, Action.CODE, Result.REFUSED, member_id, why)
        left = self.policies.code_tries - attempt.code_tries if attempt else 0
        return WrongCode(left, told is Verdict.REUSED, told is Verdict.EXHAUSTED)

    async def _welcome(self, visit: Visit, attempt: Attempt, who: Applicant) -> Proof:
        await self.restraint.let_go(visit, attempt)
        barred = self._barred(visit, who)
        if barred is not None:
            until = who.pin_serves_from if barred is BarredBy.COOLING else None
            return await self.admission.bar(visit, attempt.id, who.member.id, barred, until)
        if attempt.first_key:
            return ChoosePin()
        return await self.admission.admit(visit, attempt, who)

    def _barred(self, visit: Visit, who: Applicant) -> BarredBy | None:
        if who.member.status is MemberStatus.INACTIVE:
            return BarredBy.INACTIVE
        if who.blocked:
            return BarredBy.BLOCKED
        if who.reset_required:
            return BarredBy.RESET
        cooling = who.pin_serves_from is not None and visit.now < who.pin_serves_from
        return BarredBy.COOLING if cooling else None
