"""What becomes of a notification after a try to send it.

Telegram has no idempotency key, so that exactly once cannot be had: at least once with a visible
reference, or, for codes, at most once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_PAUSE = timedelta(minutes=5)
LONGEST_DOUBT = timedelta(hours=1)
PATIENCE = timedelta(hours=24)
MOST_DOUBTS = 8
# After a weekend without power its day is over at the first try: it still gets these.
LEAST_TRIES = 8


class State(StrEnum):
    """UNKNOWN: it may have arrived, and will not be sent again. DEAD: it cannot be sent.

    SKIPPED: rightly not sent (refused by the member, or expired).
    """

    QUEUED = "queued"
    LEASED = "leased"
    SENDING = "sending"
    RETRY = "retry"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


WAITING = (State.QUEUED, State.RETRY)
IN_HAND = (State.LEASED, State.SENDING)
PENDING = (*WAITING, *IN_HAND)
FINAL = (State.SENT, State.UNKNOWN, State.DEAD, State.SKIPPED, State.CANCELLED)


class Result(StrEnum):
    """What the channel said.

    THROTTLED: wait as told. NOT_SENT: it never left. UNKNOWN: no answer that can be read.
    REFUSED: this message will never be taken. CLOSED: the chat or mailbox is closed to us.
    MISCONFIGURED: no message will be taken, until somebody mends the settings.
    """

    DELIVERED = "delivered"
    THROTTLED = "throttled"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    CLOSED = "closed"
    MISCONFIGURED = "misconfigured"


class Reason(StrEnum):
    """Why it is dead, skipped or unknown."""

    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    IN_DOUBT = "in_doubt"
    OPTED_OUT = "opted_out"
    EXPIRED = "expired"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Tried:
    """A notification that was tried. `tries` and `doubts` count this try; `due`: since when it
    could have been sent (UTC)."""

    tries: int
    doubts: int
    due: datetime
    repeatable: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state it goes to; `not_before` when it waits. `counted`: whether the try used one up."""

    state: State
    reason: Reason | None = None
    not_before: datetime | None = None
    counted: bool = True


def judge(result: Result, tried: Tried, now: datetime, pause: timedelta = timedelta(0)) -> Verdict:
    """The verdict on that result; `pause` is what the channel asked to wait."""
    match result:
        case Result.DELIVERED:
            return Verdict(State.SENT)
        case Result.THROTTLED | Result.MISCONFIGURED:
            return Verdict(State.RETRY, not_before=now + pause, counted=False)
        case Result.NOT_SENT:
            backoff = timedelta(seconds=2 ** min(tried.tries, 10))
            return _again(tried, now, min(backoff, LONGEST_PAUSE))
        case Result.UNKNOWN:
            return _in_doubt(tried, now)
        case Result.REFUSED:
            return Verdict(State.DEAD, Reason.REFUSED)
        case Result.CLOSED:
            # Looked at again at once, now that the chat is known to be closed (`sending.py`).
            return Verdict(State.RETRY, not_before=now, counted=False)


def _again(tried: Tried, now: datetime, pause: timedelta) -> Verdict:
    patient = tried.tries < LEAST_TRIES or now + pause <= tried.due + PATIENCE
    if not patient:
        return Verdict(State.DEAD, Reason.GAVE_UP)
    return Verdict(State.RETRY, not_before=now + pause)


def _in_doubt(tried: Tried, now: datetime) -> Verdict:
    """Sent again, with its reference, ever more slowly; a code never."""
    if not tried.repeatable or tried.doubts >= MOST_DOUBTS:
        return Verdict(State.UNKNOWN, Reason.IN_DOUBT)
    pause = min(timedelta(seconds=10 * 4 ** (tried.doubts - 1)), LONGEST_DOUBT)
    return _again(tried, now, pause)
