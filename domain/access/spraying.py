"""Few tries on each of many documents: seen only in the sum of all failures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.alarms import AlarmKind, Alarms
from domain.cooperative import Policies

RECENT = timedelta(minutes=10)
HISTORY = timedelta(days=7)
SUSPICIOUS = 5


class FailureCounts(Protocol):
    """Failures of all strangers, by the minute."""

    async def add(self, at: datetime, failures: int) -> None:
        """Count them; called with 0 otherwise, so that both take as long."""

    async def between(self, since: datetime, until: datetime) -> int:
        """How many in the minutes after that of `since`, up to that of `until`."""


@dataclass(frozen=True, slots=True)
class SprayBrake:
    """On while ten minutes bring over five times the failures of usual ones (last seven days)."""

    counts: FailureCounts
    alarms: Alarms
    policies: Policies

    async def is_on(self, now: datetime) -> bool:
        """Whether strangers must wait."""
        return await self._found(now) is not None

    async def count(self, at: datetime, failed: bool) -> None:
        """Count a judged PIN; the alarm is raised while the brake is on."""
        await self.counts.add(at, int(failed))
        found = await self._found(at)
        if found is not None:
            await self.alarms.raise_alarm(AlarmKind.SPRAYING, found, at)

    async def _found(self, now: datetime) -> dict[str, int] | None:
        """Recent and usual failures when they are suspicious."""
        recent = await self.counts.between(now - RECENT, now)
        if recent <= SUSPICIOUS * self.policies.usual_failures:
            return None
        before = await self.counts.between(now - HISTORY, now - RECENT)
        usual = max(before * RECENT // (HISTORY - RECENT), self.policies.usual_failures)
        if recent <= SUSPICIOUS * usual:
            return None
        return {"failures": recent, "usual": usual}
