"""When and by which way: law, contract and the member's own choice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.clock import BOGOTA
from domain.notifications.categories import CONDUCT, Category, Choice
from domain.notifications.hours import DayPart, Hours
from domain.notifications.outcomes import Reason, State
from domain.notifications.preferences import UNDECIDED, Preferences
from domain.notifications.schedule import Timetable
from domain.notifications.sending import Channel, Send, Situation, Stop, Wait, decide

TABLE = Timetable(Hours())
WEDNESDAY = datetime(2026, 11, 4, 10, tzinfo=BOGOTA).astimezone(UTC)
NIGHT = datetime(2026, 11, 4, 23, tzinfo=BOGOTA).astimezone(UTC)
THURSDAY_OPENING = datetime(2026, 11, 5, 7, tzinfo=BOGOTA).astimezone(UTC)
MONDAY_OPENING = datetime(2026, 11, 9, 7, tzinfo=BOGOTA).astimezone(UTC)
HERE = Situation(UNDECIDED, chat_id=7, chat_closed=False, email="ana@correo.example")
EXEMPT = {Category.CODE, Category.SECURITY, Category.OPERATION, Category.DOCUMENT}
CONTACTS = {Category.REMINDER, Category.ARREARS, Category.COMMERCIAL}


def willing(category: Category) -> Situation:
    """Somebody who agreed to that category, where one has to."""
    agreed = CONDUCT[category].choice is Choice.IF_ASKED_FOR
    return replace(HERE, preferences=Preferences({category: True} if agreed else {}))


def test_collection_and_advertising_keep_the_law_and_nothing_exempt_does():
    assert {c for c in Category if not CONDUCT[c].window} == EXEMPT
    assert {c for c in Category if CONDUCT[c].contact} == CONTACTS
    assert all(CONDUCT[c].window for c in CONTACTS)


@pytest.mark.parametrize("category", Category)
def test_by_day_it_goes_to_the_chat(category):
    assert decide(category, willing(category), WEDNESDAY, TABLE) == Send(Channel.TELEGRAM, False)


@pytest.mark.parametrize("category", Category)
def test_at_night_only_what_the_law_exempts(category):
    decision = decide(category, willing(category), NIGHT, TABLE)
    if category in EXEMPT:
        silent = category in (Category.OPERATION, Category.DOCUMENT)
        assert decision == Send(Channel.TELEGRAM, silent)
    else:
        assert decision == Wait(THURSDAY_OPENING)


@pytest.mark.parametrize("category", sorted(CONTACTS))
def test_a_second_contact_waits_for_another_day(category):
    met = replace(willing(category), taken={date(2026, 11, 4)})
    assert decide(category, met, WEDNESDAY, TABLE) == Wait(THURSDAY_OPENING)
    busy = replace(met, taken={date(2026, 11, day) for day in (4, 5, 6, 7)})
    assert decide(category, busy, WEDNESDAY, TABLE) == Wait(MONDAY_OPENING)


@pytest.mark.parametrize("category", sorted(set(Category) - CONTACTS))
def test_what_is_no_contact_is_not_held_up_by_one(category):
    met = replace(willing(category), taken={date(2026, 11, 4)}, week_channel=Channel.MAIL)
    assert decide(category, met, WEDNESDAY, TABLE) == Send(Channel.TELEGRAM, False)


def test_a_week_that_began_by_mail_goes_on_by_mail():
    mailed = replace(HERE, week_channel=Channel.MAIL)
    assert decide(Category.REMINDER, mailed, WEDNESDAY, TABLE) == Send(Channel.MAIL, False)


def test_without_the_weeks_channel_it_waits_for_monday():
    lost = replace(HERE, chat_closed=True, week_channel=Channel.TELEGRAM)
    assert decide(Category.REMINDER, lost, WEDNESDAY, TABLE) == Wait(MONDAY_OPENING)
    no_mail = replace(HERE, email=None, week_channel=Channel.MAIL)
    assert decide(Category.ARREARS, no_mail, WEDNESDAY, TABLE) == Wait(MONDAY_OPENING)


@pytest.mark.parametrize("category", Category)
def test_a_closed_chat_means_mail_or_a_dead_letter(category):
    closed = replace(willing(category), chat_closed=True)
    if CONDUCT[category].by_mail:
        assert decide(category, closed, WEDNESDAY, TABLE) == Send(Channel.MAIL, False)
    else:
        assert decide(category, closed, WEDNESDAY, TABLE) == Stop(State.DEAD, Reason.BLOCKED)


def test_nobody_to_be_found_is_a_dead_letter():
    nowhere = replace(HERE, chat_id=None, email=None)
    unreachable = Stop(State.DEAD, Reason.UNREACHABLE)
    assert decide(Category.CONTRACT, nowhere, WEDNESDAY, TABLE) == unreachable


@pytest.mark.parametrize("category", Category)
def test_what_the_member_refused_is_not_sent_unless_law_or_contract_demand_it(category):
    refusing = replace(HERE, preferences=Preferences({category: False}))
    decision = decide(category, refusing, WEDNESDAY, TABLE)
    if CONDUCT[category].choice is Choice.ALWAYS:
        assert decision == Send(Channel.TELEGRAM, False)
    else:
        assert decision == Stop(State.SKIPPED, Reason.OPTED_OUT)


def test_advertising_is_only_for_those_who_asked_for_it():
    skipped = Stop(State.SKIPPED, Reason.OPTED_OUT)
    assert decide(Category.COMMERCIAL, HERE, WEDNESDAY, TABLE) == skipped


def test_what_cannot_be_refused_cannot_be_refused():
    with pytest.raises(ValueError, match="cannot be refused"):
        UNDECIDED.choosing(Category.ARREARS, wanted=False)
    assert not UNDECIDED.choosing(Category.REMINDER, wanted=False).wants(Category.REMINDER)


def test_preferred_hours_hold_back_what_has_hours_at_all():
    late = replace(HERE, preferences=Preferences(hours=DayPart.AFTERNOON))
    noon = datetime(2026, 11, 4, 12, tzinfo=BOGOTA).astimezone(UTC)
    assert decide(Category.REMINDER, late, WEDNESDAY, TABLE) == Wait(noon)
    assert decide(Category.OPERATION, late, WEDNESDAY, TABLE) == Send(Channel.TELEGRAM, False)


def test_silence_is_never_for_codes_and_alerts():
    quiet = replace(HERE, preferences=Preferences(sound=False))
    assert decide(Category.OPERATION, quiet, WEDNESDAY, TABLE) == Send(Channel.TELEGRAM, True)
    assert decide(Category.SECURITY, quiet, NIGHT, TABLE) == Send(Channel.TELEGRAM, False)


def test_what_expired_or_would_expire_before_it_may_go_is_skipped():
    skipped = Stop(State.SKIPPED, Reason.EXPIRED)
    assert decide(Category.CODE, HERE, WEDNESDAY, TABLE, WEDNESDAY) == skipped
    soon = NIGHT + timedelta(hours=2)
    assert decide(Category.REMINDER, HERE, NIGHT, TABLE, soon) == skipped
    assert decide(Category.OPERATION, HERE, NIGHT, TABLE, soon) == Send(Channel.TELEGRAM, True)


def test_planned_contacts_take_days_one_after_the_other():
    taken = {date(2026, 11, 4), date(2026, 11, 5)}
    friday = datetime(2026, 11, 6, 7, tzinfo=BOGOTA).astimezone(UTC)
    assert TABLE.earliest(Category.ARREARS, WEDNESDAY, taken=taken) == friday
    assert TABLE.earliest(Category.CONTRACT, WEDNESDAY, taken=taken) == WEDNESDAY
    assert TABLE.earliest(Category.OPERATION, NIGHT, taken=taken) == NIGHT
