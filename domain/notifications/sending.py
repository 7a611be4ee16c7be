"""At the moment of sending: whether, by which channel, or when instead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.clock import local_date, start_of
from domain.notifications.categories import CONDUCT, Category
from domain.notifications.outcomes import Reason, State
from domain.notifications.preferences import Preferences
from domain.notifications.schedule import Timetable, week_of

WEEK = timedelta(days=7)


class Channel(StrEnum):
    TELEGRAM = "telegram"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Situation:
    """The member as they are now. `chat_id`: of the bound account; `chat_closed`: to us.

    `taken`: days of contacts made by other notifications; `week_channel`: the channel that they
    used this week.
    """

    preferences: Preferences
    chat_id: int | None
    chat_closed: bool
    email: str | None
    taken: Collection[date] = ()
    week_channel: Channel | None = None

    @property
    def has_chat(self) -> bool:
        return self.chat_id is not None and not self.chat_closed


@dataclass(frozen=True, slots=True)
class Send:
    channel: Channel
    silent: bool


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    state: State
    reason: Reason


Decision = Send | Wait | Stop


def decide(
    category: Category,
    situation: Situation,
    now: datetime,
    timetable: Timetable,
    expires_at: datetime | None = None,
) -> Decision:
    """What to do with a notification of that category now (UTC)."""
    if expires_at is not None and expires_at <= now:
        return Stop(State.SKIPPED, Reason.EXPIRED)
    chosen = situation.preferences
    if not chosen.wants(category):
        return Stop(State.SKIPPED, Reason.OPTED_OUT)
    until = timetable.earliest(category, now, chosen.hours, situation.taken)
    if until > now:
        return _wait(until, expires_at)
    channel = _channel(category, situation)
    if channel is None:
        blocked = situation.chat_id is not None
        return Stop(State.DEAD, Reason.BLOCKED if blocked else Reason.UNREACHABLE)
    if _other_channel_this_week(category, situation, channel):
        monday = start_of(week_of(local_date(now)) + WEEK)
        return _wait(timetable.earliest(category, monday, chosen.hours), expires_at)
    return Send(channel, chosen.is_silent(category, now))


def way_to(category: Category, situation: Situation) -> Channel | None:
    """The way that a notification would go now; None when it would not."""
    wanted = situation.preferences.wants(category)
    return _channel(category, situation) if wanted else None


def _channel(category: Category, situation: Situation) -> Channel | None:
    """The chat where it is open; for contacts, e-mail in a week that began with e-mail."""
    mail = CONDUCT[category].by_mail and situation.email is not None
    mailing_week = CONDUCT[category].contact and situation.week_channel is Channel.MAIL
    if situation.has_chat and not (mail and mailing_week):
        return Channel.TELEGRAM
    return Channel.MAIL if mail else None


def _other_channel_this_week(category: Category, situation: Situation, channel: Channel) -> bool:
    used = situation.week_channel
    return CONDUCT[category].contact and used is not None and used is not channel


def _wait(until: datetime, expires_at: datetime | None) -> Decision:
    if expires_at is not None and until >= expires_at:
        return Stop(State.SKIPPED, Reason.EXPIRED)
    return Wait(until)
