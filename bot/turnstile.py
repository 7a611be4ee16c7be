"""Who sends more than anybody can tap is let in slowly, and what is too much is dropped unread.

Kept by this process in its memory: to remember a flood in the database is what a flood wants.
Each replica has its own, so that a member of `n` replicas may send `n` times as much.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic
from typing import Any

# So many at once are no flood: a PIN, a correction, a slow connection that delivers all together.
BURST_MINUTES = 2
# When more come than can be served: how long that must last, and then, at one update a minute,
# the seconds between two of an account (one second at thirty), twice as long after each second.
CROWDED_SECONDS = 1.0
CROWDED_PACE = 30.0
LONGEST_DOUBLING = 5.0
TIDY_SECONDS = 60.0 * BURST_MINUTES


class Verdict(Enum):
    """WARN is the first that is too much: it is answered, and the rest is not."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    DROP = "drop"


@dataclass(slots=True)
class Bucket:
    """`left` updates may come at once; it was counted at `at`, in seconds."""

    left: float
    at: float
    warned: bool = False


@dataclass(slots=True)
class Turnstile:
    """A bucket for each Telegram account; one that overflows fills again only in silence."""

    per_minute: int
    now: Callable[[], float] = monotonic
    _buckets: dict[int, Bucket] = field(default_factory=dict)
    _tidied_at: float = float("-inf")

    def judge(self, account: int, crowded: float = 0.0) -> Verdict:
        """Count one more update of the account; `crowded`: for so many seconds more have come than
        can be served.

        Then there is no burst and no warning: who does not keep to the pace is the crowd.
        """
        now, most = self.now(), float(self.per_minute * BURST_MINUTES)
        bucket = self._buckets.get(account)
        if bucket is None:
            self._tidy(now)
            bucket = self._buckets[account] = Bucket(most, float("-inf"))
        hasty = now - bucket.at < self._pace(crowded)
        bucket.left = min(most, bucket.left + (now - bucket.at) * self.per_minute / 60)
        bucket.at = now
        if bucket.left >= 1 and not hasty:
            bucket.left -= 1
            bucket.warned = bucket.warned and bucket.left < most / 2
            return Verdict.PASS
        bucket.left = 0.0
        if hasty or bucket.warned:
            return Verdict.DROP
        bucket.warned = True
        return Verdict.WARN

    def _pace(self, crowded: float) -> float:
        if crowded < CROWDED_SECONDS:
            return 0.0
        return CROWDED_PACE / self.per_minute * 2 ** min(crowded, LONGEST_DOUBLING)

    def _tidy(self, now: float) -> None:
        """Forget accounts whose buckets are full again."""
        if now - self._tidied_at < TIDY_SECONDS:
            return
        self._tidied_at = now
        for account in [a for a, b in self._buckets.items() if now - b.at >= TIDY_SECONDS]:
            del self._buckets[account]


def sender(raw: Mapping[str, Any]) -> int | None:
    """Whose update it is, looked up without reading the rest; None when nobody's."""
    for kind in ("message", "callback_query"):
        author = raw.get(kind, {}).get("from")
        if author:
            return int(author["id"])
    return None
