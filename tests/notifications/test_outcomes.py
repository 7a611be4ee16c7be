"""Every result of a try, in every class: the table of docs/notifications.md."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.notifications.outcomes import (
    FINAL,
    LEAST_TRIES,
    MOST_DOUBTS,
    PATIENCE,
    Reason,
    Result,
    State,
    Tried,
    Verdict,
    judge,
)

NOW = datetime(2026, 11, 4, 15, tzinfo=UTC)
FIRST = Tried(tries=1, doubts=0, due=NOW, repeatable=True)


def seconds(verdict: Verdict) -> float:
    assert verdict.not_before
    return (verdict.not_before - NOW).total_seconds()


def test_delivered_is_sent():
    assert judge(Result.DELIVERED, FIRST, NOW) == Verdict(State.SENT)


@pytest.mark.parametrize("result", [Result.THROTTLED, Result.MISCONFIGURED])
def test_told_to_wait_waits_exactly_so_long_and_uses_up_no_try(result):
    verdict = judge(result, FIRST, NOW, timedelta(seconds=17))
    assert verdict == Verdict(State.RETRY, None, NOW + timedelta(seconds=17), counted=False)
    old = Tried(500, 3, NOW - timedelta(days=9), repeatable=False)
    assert judge(result, old, NOW, timedelta(seconds=17)).state is State.RETRY


def test_not_sent_is_tried_ever_more_slowly_for_a_day():
    pauses = [seconds(judge(Result.NOT_SENT, Tried(n, 0, NOW, True), NOW)) for n in range(1, 12)]
    assert pauses[:4] == [2, 4, 8, 16]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 300
    late = Tried(9, 0, NOW - PATIENCE, repeatable=True)
    assert judge(Result.NOT_SENT, late, NOW) == Verdict(State.DEAD, Reason.GAVE_UP)


@pytest.mark.parametrize("result", [Result.NOT_SENT, Result.UNKNOWN])
def test_what_waited_for_days_while_nothing_ran_is_not_dead_at_its_first_stumble(result):
    doubts = int(result is Result.UNKNOWN)
    for tries in range(1, LEAST_TRIES):
        verdict = judge(result, Tried(tries, doubts, NOW - 3 * PATIENCE, repeatable=True), NOW)
        assert verdict.state is State.RETRY
    last = Tried(LEAST_TRIES, doubts, NOW - 3 * PATIENCE, repeatable=True)
    assert judge(result, last, NOW).state is State.DEAD


def test_in_doubt_it_is_repeated_a_few_times():
    for doubts in range(1, MOST_DOUBTS):
        verdict = judge(Result.UNKNOWN, Tried(doubts, doubts, NOW, repeatable=True), NOW)
        assert verdict.state is State.RETRY
        assert seconds(verdict) >= 10
    last = Tried(MOST_DOUBTS, MOST_DOUBTS, NOW, repeatable=True)
    assert judge(Result.UNKNOWN, last, NOW) == Verdict(State.UNKNOWN, Reason.IN_DOUBT)


def test_a_code_in_doubt_is_never_repeated():
    code = Tried(1, 1, NOW, repeatable=False)
    assert judge(Result.UNKNOWN, code, NOW) == Verdict(State.UNKNOWN, Reason.IN_DOUBT)


def test_a_code_that_never_left_may_be_tried_again():
    assert judge(Result.NOT_SENT, Tried(1, 0, NOW, False), NOW).state is State.RETRY


def test_refused_is_dead_at_once():
    assert judge(Result.REFUSED, FIRST, NOW) == Verdict(State.DEAD, Reason.REFUSED)


def test_a_closed_chat_is_looked_at_again_at_once():
    assert judge(Result.CLOSED, FIRST, NOW) == Verdict(State.RETRY, None, NOW, counted=False)


@given(
    st.sampled_from(Result),
    st.integers(1, 400),
    st.integers(0, 50),
    st.timedeltas(timedelta(0), timedelta(days=3)),
    st.booleans(),
)
def test_every_verdict_is_whole(result, tries, doubts, age, repeatable):
    verdict = judge(result, Tried(tries, doubts, NOW - age, repeatable), NOW, timedelta(seconds=1))
    assert verdict.state in (State.RETRY, *FINAL)
    assert (verdict.not_before is None) == (verdict.state in FINAL)
    assert (verdict.reason is None) == (verdict.state in (State.RETRY, State.SENT))
