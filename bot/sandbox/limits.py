"""Telegram's limits: how big, how often, how long."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Rate:
    """So many per second in the long run, so many at once."""

    per_second: float
    burst: int


@dataclass(frozen=True)
class Limits:
    """Every figure the sandbox enforces; a rate of None isn't enforced."""

    text: int = 4096
    caption: int = 1024
    callback_data_bytes: int = 64
    callback_answer: int = 200
    buttons: int = 100
    upload_bytes: int = 50 * MEBIBYTE
    download_bytes: int = 20 * MEBIBYTE
    photo_bytes: int = 10 * MEBIBYTE
    update_seconds: float = 24 * 3600
    callback_seconds: float = 150
    delete_seconds: float = 48 * 3600
    # 1/s in the long run; Telegram tolerates bursts, so a person who taps three keys a
    # second for ten seconds passes and a loop doesn't.
    chat: Rate | None = Rate(1, 20)
    group: Rate | None = Rate(20 / 60, 20)
    overall: Rate | None = Rate(30, 30)
    edits_count: bool = False

    @classmethod
    def none(cls) -> Limits:
        """No rate limits; sizes and ages stay."""
        return cls(chat=None, group=None, overall=None)


@dataclass
class Bucket:
    """A token bucket."""

    rate: Rate
    at: float
    tokens: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.rate.burst

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 when it fits now."""
        gained = max(0.0, now - self.at) * self.rate.per_second
        self.tokens, self.at = min(self.rate.burst, self.tokens + gained), now
        # Refills are sums of small fractions: a token short by rounding is a token.
        missing = 1 - self.tokens
        return missing / self.rate.per_second if missing > 1e-9 else 0.0

    def take(self) -> None:
        """Spend one."""
        self.tokens -= 1


class Throttle:
    """Counts messages per chat and overall."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buckets: dict[int | str, Bucket] = {}

    def spend(self, chat_id: int, now: float) -> int:
        """0 when the message may go, else the seconds to wait; a refused one isn't counted."""
        buckets = self._buckets_of(chat_id, now)
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if wait:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.take()
        return 0

    def _buckets_of(self, chat_id: int, now: float) -> list[Bucket]:
        own = self._limits.group if chat_id < 0 else self._limits.chat
        rates: list[tuple[int | str, Rate | None]] = [
            ("overall", self._limits.overall),
            (chat_id, own),
        ]
        return [self._buckets.setdefault(key, Bucket(rate, now)) for key, rate in rates if rate]
