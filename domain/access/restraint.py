"""What holds tries back before they are judged, the same for members and for nobody."""

from dataclasses import dataclass
from datetime import datetime

from domain.access.attempts import Attempt
from domain.access.limits import DAY, Allowances
from domain.access.pacing import Backoff, Paces
from domain.access.spraying import SprayBrake
from domain.clock import local_date
from domain.conversation import Visit
from domain.cooperative import Policies


class TooManyFailures(Exception):
    """The account failed as often today as it may."""


class TooManyCodes(Exception):
    """As many wrong codes were tried on the document today as may be."""


def failures_subject(telegram_id: int, at: datetime) -> str:
    return f"failures:{telegram_id}:{local_date(at)}"


def pace_subject(document_key: str) -> str:
    return f"pace:{document_key}"


def codes_subject(document_key: str, bound: bool, at: datetime) -> str:
    """The member's own account is counted apart: nobody else can use its tries up."""
    return f"wrong-codes:{'bound' if bound else 'unbound'}:{document_key}:{local_date(at)}"


@dataclass(frozen=True, slots=True)
class Restraint:
    """Every try counts until the entry succeeds: a count that a right PIN alone gave back
    would tell a stranger that it was right."""

    allowances: Allowances
    paces: Paces
    brake: SprayBrake
    policies: Policies

    async def hold_back(self, visit: Visit, attempt: Attempt) -> datetime | None:
        """Count a PIN; None when it may be judged, else from when on. TooManyFailures today."""
        limit = self.policies.failures_per_day
        subject = failures_subject(visit.telegram_id, visit.now)
        if await self.allowances.take(subject, limit, DAY, visit.now) is None:
            raise TooManyFailures
        until = None if attempt.bound else await self._wait(visit, attempt)
        if until is not None:
            await self.allowances.give_back(subject)
        return until

    async def judged(self, visit: Visit, attempt: Attempt, right: bool) -> None:
        """Count a stranger's failure among everybody's."""
        if not attempt.bound:
            await self.brake.count(visit.now, not right)

    async def take_code(self, visit: Visit, attempt: Attempt) -> None:
        """Count a code before it is judged; TooManyCodes beyond the day's limit."""
        subject = codes_subject(attempt.document_key, attempt.bound, visit.now)
        limit = self.policies.wrong_codes_per_day
        if await self.allowances.take(subject, limit, DAY, visit.now) is None:
            raise TooManyCodes

    async def let_go(self, visit: Visit, attempt: Attempt) -> None:
        """The entry succeeded: its PIN and its code were no failures."""
        await self.allowances.give_back(failures_subject(visit.telegram_id, visit.now))
        await self.code_was_right(visit, attempt)
        await self.paces.clear(pace_subject(attempt.document_key))

    async def code_was_right(self, visit: Visit, attempt: Attempt) -> None:
        """Uncount a code."""
        codes = codes_subject(attempt.document_key, attempt.bound, visit.now)
        await self.allowances.give_back(codes)

    async def _wait(self, visit: Visit, attempt: Attempt) -> datetime | None:
        calm = attempt.created_at + self.policies.spray_wait
        if await self.brake.is_on(visit.now) and visit.now < calm:
            return calm
        backoff = Backoff(self.policies.pin_pause, self.policies.pin_pause_longest)
        return await self.paces.take(pace_subject(attempt.document_key), backoff, visit.now)
