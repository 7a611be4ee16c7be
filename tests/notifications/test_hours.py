"""The hours of Ley 2300, to the minute, and what falls outside."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import BOGOTA, local_date
from domain.notifications.hours import DayPart, Hours, NoOpening

HOURS = Hours()
START = datetime(2024, 1, 1, tzinfo=UTC)


def bogota(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA).astimezone(UTC)


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        ("2026-11-04T06:59:59", "2026-11-04T07:00"),  # Wednesday, before seven
        ("2026-11-04T07:00", "2026-11-04T07:00"),
        ("2026-11-04T18:59:59", "2026-11-04T18:59:59"),
        ("2026-11-04T19:00", "2026-11-05T07:00"),
        ("2026-11-06T19:00", "2026-11-07T08:00"),  # Friday evening -> Saturday
        ("2026-11-07T07:30", "2026-11-07T08:00"),
        ("2026-11-07T14:59", "2026-11-07T14:59"),
        ("2026-11-07T15:00", "2026-11-09T07:00"),  # Saturday afternoon -> Monday
        ("2026-11-08T10:00", "2026-11-09T07:00"),  # Sunday
        ("2026-11-01T10:00", "2026-11-03T07:00"),  # Sunday before All Saints' Monday
        ("2026-11-14T16:00", "2026-11-17T07:00"),  # Independence of Cartagena, a Monday
        ("2026-12-07T20:00", "2026-12-09T07:00"),  # 8 December, a Tuesday
        ("2026-04-01T19:00", "2026-04-04T08:00"),  # Holy Thursday and Friday -> Saturday
        ("2026-07-11T15:00", "2026-07-14T07:00"),  # 13 July (Ley 2578 of 2026)
        ("2026-12-31T19:00", "2027-01-02T08:00"),  # New Year, a Friday
    ],
)
def test_what_falls_outside_waits_for_the_next_opening(wanted, allowed):
    assert HOURS.next(bogota(wanted)) == bogota(allowed)


@pytest.mark.parametrize(
    ("wanted", "part", "allowed"),
    [
        ("2026-11-04T12:00", DayPart.MORNING, "2026-11-05T07:00"),
        ("2026-11-04T11:59", DayPart.MORNING, "2026-11-04T11:59"),
        ("2026-11-04T09:00", DayPart.AFTERNOON, "2026-11-04T12:00"),
        ("2026-11-04T18:00", DayPart.AFTERNOON, "2026-11-04T18:00"),
        ("2026-11-07T15:00", DayPart.AFTERNOON, "2026-11-09T12:00"),
        ("2026-11-07T08:00", DayPart.MORNING, "2026-11-07T08:00"),
    ],
)
def test_the_member_may_narrow_the_hours(wanted, part, allowed):
    assert HOURS.next(bogota(wanted), part) == bogota(allowed)


def test_days_on_which_the_cooperative_is_closed():
    hours = Hours(frozenset({date(2026, 12, 24)}))
    assert hours.next(bogota("2026-12-24T09:00")) == bogota("2026-12-26T08:00")


def test_always_closed_is_said():
    closed = frozenset(date(2026, 11, 1) + timedelta(days=n) for n in range(400))
    with pytest.raises(NoOpening):
        Hours(closed).next(bogota("2026-11-04T09:00"))


@given(
    st.integers(0, 9 * 366 * 24 * 60).map(lambda n: START + timedelta(minutes=n)),
    st.sampled_from(DayPart),
)
def test_an_opening_lies_inside_the_law_and_is_the_first(wanted, part):
    at = HOURS.next(wanted, part)
    assert at >= wanted
    local = at.astimezone(BOGOTA)
    assert local.weekday() != 6
    opens, closes = (8, 15) if local.weekday() == 5 else (7, 19)
    assert opens <= local.hour < closes
    assert HOURS.next(at, part) == at
    if at > wanted:
        before = at - timedelta(microseconds=1)
        assert HOURS.next(before, part) == at


@given(st.integers(0, 9 * 366 * 24 * 60).map(lambda n: START + timedelta(minutes=n)))
def test_openings_are_on_different_days_in_order(wanted):
    found = HOURS.openings(wanted)
    days = [local_date(next(found)) for _ in range(5)]
    assert days == sorted(set(days))
