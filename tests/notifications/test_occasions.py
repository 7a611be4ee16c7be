"""What there is to tell on a day: each thing once, by its key, whatever is loaded again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Centavos
from domain.notifications.categories import Category
from domain.notifications.occasions import (
    BUTTONS,
    CATEGORIES,
    Cdat,
    Credit,
    MemberFacts,
    Occasion,
    Payment,
    events_of,
)
from domain.notifications.settings import Occasions
from handlers.notifications.occasions import message_of

TODAY = date(2026, 11, 4)
ALL = Occasions(birthday=True)
CREDIT = Credit("7700001234", "Libre inversión", None, Centavos(43_210_000), 0, TODAY)
ANA = MemberFacts("A00001", "ANA MARÍA", date(1958, 4, 12))


def due_in(days: int, **given: object) -> Credit:
    return replace(CREDIT, next_due_on=TODAY + timedelta(days=days), **given)


def keys(facts: MemberFacts, today: date = TODAY, settings: Occasions = ALL) -> list[str]:
    return [event.key for event in events_of(facts, today, settings)]


def with_credits(*credits: Credit) -> MemberFacts:
    return replace(ANA, credits=credits)


@pytest.mark.parametrize(
    ("days", "threshold"),
    [(6, None), (5, 5), (4, 5), (2, 5), (1, 1), (0, 1), (-1, None)],
)
def test_an_instalment_is_told_as_its_days_come(days, threshold):
    due = TODAY + timedelta(days=days)
    expected = [] if threshold is None else [f"instalment-due:A00001:{due}:{threshold}"]
    assert keys(with_credits(due_in(days))) == expected


def test_each_of_its_days_comes_once():
    credit = due_in(5)
    told = {
        key
        for day in range(8)
        for key in keys(with_credits(replace(credit, as_of=TODAY)), TODAY + timedelta(days=day))
    }
    assert told == {"instalment-due:A00001:2026-11-09:5", "instalment-due:A00001:2026-11-09:1"}


def test_credits_of_one_day_are_told_together_and_others_apart():
    facts = with_credits(due_in(5), due_in(5, number="77002"), due_in(1, number="77003"))
    events = list(events_of(facts, TODAY, ALL))
    assert [len(event.lines) for event in events] == [2, 1]


def test_old_data_remind_nobody_of_an_instalment():
    old = TODAY - timedelta(days=8)
    assert keys(with_credits(due_in(1, as_of=old))) == []
    late = due_in(-3, days_past_due=3, as_of=old)
    assert keys(with_credits(late)) == []


def test_a_missed_instalment_is_told_once_however_late():
    late = due_in(-3, days_past_due=3)
    later = replace(late, days_past_due=9, as_of=TODAY + timedelta(days=6))
    assert keys(with_credits(late)) == ["overdue:A00001:2026-11-01"]
    assert keys(with_credits(later), TODAY + timedelta(days=6)) == ["overdue:A00001:2026-11-01"]
    assert keys(with_credits(due_in(-3))) == []


def test_an_overdue_notice_names_no_amount():
    (event,) = events_of(with_credits(due_in(-3, days_past_due=3)), TODAY, ALL)
    message = message_of(event)
    assert "$" not in message.html
    assert "(n.º …" in message.html
    assert "7700001234" not in message.html
    assert message.category is Category.ARREARS


@pytest.mark.parametrize(("days", "threshold"), [(31, None), (30, 30), (6, 30), (5, 5), (0, 5)])
def test_a_cdat_is_told_before_it_matures(days, threshold):
    matures = TODAY + timedelta(days=days)
    facts = replace(ANA, cdats=[Cdat("8800", "CDAT", matures)])
    expected = [] if threshold is None else [f"cdat-maturing:8800:{matures}:{threshold}"]
    assert keys(facts) == expected


def test_a_payment_is_news_for_three_days():
    payment = Payment("7700001234", "Libre inversión", "R-9", TODAY, Centavos(43_210_000))
    facts = replace(ANA, payments=[payment])
    assert keys(facts) == ["payment:7700001234:R-9"]
    assert keys(facts, TODAY + timedelta(days=3)) == ["payment:7700001234:R-9"]
    assert keys(facts, TODAY + timedelta(days=4)) == []


def test_certificates_are_told_until_the_end_of_april():
    facts = replace(ANA, certificate_year=2025)
    assert keys(facts, date(2026, 2, 1)) == ["certificate:A00001:2025"]
    assert keys(facts, date(2026, 4, 30)) == ["certificate:A00001:2025"]
    assert keys(facts, date(2026, 5, 1)) == []


@pytest.mark.parametrize(
    ("born", "today", "is_it"),
    [
        (date(1958, 4, 12), date(2026, 4, 12), True),
        (date(1958, 4, 12), date(2026, 4, 13), False),
        (date(1960, 2, 29), date(2028, 2, 29), True),
        (date(1960, 2, 29), date(2027, 2, 28), True),
        (date(1960, 2, 29), date(2028, 2, 28), False),
        (date(1960, 2, 28), date(2027, 2, 28), True),
    ],
)
def test_birthdays(born, today, is_it):
    facts = replace(ANA, birth_date=born)
    expected = [f"birthday:A00001:{today.year}"] if is_it else []
    assert keys(facts, today) == expected
    assert keys(facts, today, Occasions()) == []


def test_old_data_are_asked_about_once_a_year():
    facts = replace(ANA, data_from=date(2025, 6, 1))
    assert keys(facts, date(2026, 5, 31)) == []
    first = keys(facts, date(2026, 6, 1))
    assert first == ["stale-data:A00001:2025-06-01:1"]
    assert keys(facts, date(2027, 5, 30)) == first
    assert keys(facts, date(2027, 6, 1)) == ["stale-data:A00001:2025-06-01:2"]
    assert keys(replace(facts, data_from=None), date(2030, 1, 1)) == []


def everything() -> MemberFacts:
    return replace(
        ANA,
        birth_date=date(1958, 11, 4),
        credits=[due_in(1), due_in(-3, number="2", days_past_due=3)],
        cdats=[Cdat("8800", "CDAT", TODAY + timedelta(days=5))],
        payments=[Payment("77", "Educación", "R-9", TODAY, Centavos(100))],
        data_from=date(2020, 1, 1),
        certificate_year=2026,
    )


@pytest.mark.parametrize(
    ("settings", "gone"),
    [
        (replace(ALL, instalment_due=()), Occasion.INSTALMENT_DUE),
        (replace(ALL, overdue=False), Occasion.OVERDUE),
        (replace(ALL, cdat_maturing=()), Occasion.CDAT_MATURING),
        (replace(ALL, payment_received=False), Occasion.PAYMENT_RECEIVED),
        (replace(ALL, new_certificate=False), Occasion.NEW_CERTIFICATE),
        (replace(ALL, birthday=False), Occasion.BIRTHDAY),
        (replace(ALL, stale_data=False), Occasion.STALE_DATA),
    ],
)
def test_each_occasion_can_be_left_out(settings, gone):
    told = {event.occasion for event in events_of(everything(), TODAY, settings)}
    assert told == set(Occasion) - {gone}


def test_every_occasion_has_words_buttons_and_a_category():
    assert set(CATEGORIES) == set(BUTTONS) == set(Occasion)
    for event in events_of(everything(), TODAY, ALL):
        message = message_of(event)
        assert message.html
        assert message.buttons == BUTTONS[event.occasion]
        assert "A00001" not in message.html


def test_the_words_of_a_reminder():
    facts = with_credits(due_in(5), due_in(5, number="7700009999", line="Educación"))
    (event,) = events_of(facts, TODAY, ALL)
    text = message_of(event).html.replace("\N{NO-BREAK SPACE}", " ")
    assert "El 9 de noviembre de 2026 se vencen estas cuotas:" in text
    assert "• Libre inversión (n.º …1234): $ 432.100" in text
    assert "• Educación (n.º …9999): $ 432.100" in text


@given(st.integers(-400, 400), st.integers(0, 400), st.integers(0, 400))
def test_the_same_day_always_brings_the_same_keys(days, past_due, age):
    credit = due_in(days, days_past_due=past_due, as_of=TODAY - timedelta(days=age))
    facts = replace(everything(), credits=[credit])
    assert keys(facts) == keys(facts)
    assert len(keys(facts)) == len(set(keys(facts)))
