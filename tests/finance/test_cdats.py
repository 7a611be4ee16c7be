"""CDATs: interest, withholding, payments and dates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.finance.cdats import (
    Cdat,
    DayBase,
    compare_settlements,
    settles_evenly,
    term_end,
    work_out,
)
from domain.finance.loans import UnusableTerms
from domain.finance.periods import Period
from domain.finance.precision import exactly
from domain.finance.rates import Rate, RateKind
from domain.finance.rounding import Rounding, centavos
from domain.finance.withholding import Withholding
from domain.money import Percent
from tests.finance.cases import days, percents, pesos

TEN_MILLION = Cdat(
    amount=Decimal(10_000_000),
    rate=Rate(Percent(9), RateKind.EFFECTIVE_ANNUAL),
    days=360,
    opened_on=date(2026, 11, 25),
    withholding=Withholding(Percent(4)),
)
EACH = {
    Period.MONTHLY: ("72073.23", "2882.93", "69190.30"),
    Period.BIMONTHLY: ("144665.92", "5786.64", "138879.28"),
    Period.QUARTERLY: ("217781.81", "8711.27", "209070.54"),
    Period.SEMIANNUAL: ("440306.51", "17612.26", "422694.25"),
    Period.ANNUAL: ("900000", "36000", "864000"),
    Period.AT_MATURITY: ("900000", "36000", "864000"),
}


@pytest.mark.parametrize(("settlement", "figures"), EACH.items())
def test_each_payment(settlement, figures):
    payments = work_out(replace(TEN_MILLION, settlement=settlement)).payments
    expected = tuple(centavos(Decimal(figure)) for figure in figures)
    for payment in payments:
        shown = tuple(map(centavos, (payment.gross, payment.withholding, payment.net)))
        assert shown == expected


def test_the_total_falls_as_payment_becomes_more_frequent():
    found = compare_settlements(TEN_MILLION, Period)
    by_period = {outcome.cdat.settlement: outcome.gross for outcome in found}
    assert centavos(by_period[Period.MONTHLY]) == 86_487_880
    assert list(by_period) == list(Period)
    assert sorted(by_period.values()) == list(by_period.values())
    assert by_period[Period.ANNUAL] == by_period[Period.AT_MATURITY]


def test_a_comparison_leaves_out_periods_that_do_not_divide_the_term():
    found = compare_settlements(replace(TEN_MILLION, days=90), Period)
    assert [outcome.cdat.settlement for outcome in found] == [
        Period.FORTNIGHTLY,
        Period.MONTHLY,
        Period.QUARTERLY,
        Period.AT_MATURITY,
    ]


CALENDARS = {
    "months of thirty days": (
        replace(TEN_MILLION, opened_on=date(2026, 11, 30), days=120, settlement=Period.MONTHLY),
        ["2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"],
    ),
    "calendar days": (
        replace(TEN_MILLION, days=90, day_base=DayBase.CALENDAR, settlement=Period.MONTHLY),
        ["2026-12-25", "2027-01-24", "2027-02-23"],
    ),
    "a calendar year": (
        replace(TEN_MILLION, days=365, day_base=DayBase.CALENDAR, settlement=Period.QUARTERLY),
        ["2027-02-25", "2027-05-25", "2027-08-25", "2027-11-25"],
    ),
    "at maturity, base 360": (replace(TEN_MILLION, days=100), ["2027-03-07"]),
    "at maturity, base 365": (
        replace(TEN_MILLION, days=100, day_base=DayBase.CALENDAR),
        ["2027-03-05"],
    ),
}


@pytest.mark.parametrize(("cdat", "expected"), CALENDARS.values(), ids=CALENDARS)
def test_the_calendar_of_payments(cdat, expected):
    outcome = work_out(cdat)
    assert [payment.due_on.isoformat() for payment in outcome.payments] == expected
    assert outcome.matures_on.isoformat() == expected[-1]


def test_a_whole_year_on_base_365_pays_the_quoted_rate():
    whole = work_out(replace(TEN_MILLION, days=365, day_base=DayBase.CALENDAR))
    assert whole.gross == 900_000
    monthly = replace(TEN_MILLION, days=365, day_base=DayBase.CALENDAR, settlement=Period.MONTHLY)
    assert centavos(work_out(monthly).payments[0].gross) == 7_207_323


ROUNDED = {
    Rounding.TRUNCATE: ("72073", "2882", "69191"),
    Rounding.HALF_UP: ("72073", "2883", "69190"),
}


@pytest.mark.parametrize(("rounding", "figures"), ROUNDED.items())
def test_whole_pesos(rounding, figures):
    outcome = work_out(replace(TEN_MILLION, settlement=Period.MONTHLY, rounding=rounding))
    first = outcome.payments[0]
    assert (str(first.gross), str(first.withholding), str(first.net)) == figures
    assert outcome.total == TEN_MILLION.amount + 12 * first.net


@given(
    amount=pesos,
    percent=percents,
    months=st.integers(1, 60),
    settlement=st.sampled_from(Period),
    rounding=st.sampled_from(Rounding),
    opened_on=days,
)
@exactly
def test_payments_add_up(amount, percent, months, settlement, rounding, opened_on):
    assume(settles_evenly(months * 30, settlement, DayBase.COMMERCIAL))
    cdat = Cdat(
        amount=amount,
        rate=Rate(percent, RateKind.EFFECTIVE_ANNUAL),
        days=months * 30,
        opened_on=opened_on,
        settlement=settlement,
        rounding=rounding,
        withholding=Withholding(Percent(4)),
    )
    outcome = work_out(cdat)
    assert outcome.gross == sum(payment.gross for payment in outcome.payments)
    assert outcome.net == outcome.gross - outcome.withholding
    assert outcome.total == amount + outcome.net
    assert outcome.matures_on == term_end(opened_on, cdat.days, cdat.day_base)
    assert all(p.net == p.gross - p.withholding >= 0 for p in outcome.payments)


WRONG = {
    "amount": {"amount": Decimal(0)},
    "rate": {"rate": Rate(Percent(-1), RateKind.EFFECTIVE_ANNUAL)},
    "days": {"days": 0},
    "withholding": {"withholding": Withholding(Percent(101))},
    "settlement": {"days": 100, "settlement": Period.MONTHLY},
}


@pytest.mark.parametrize(("field", "change"), WRONG.items())
def test_unusable_terms_name_the_field(field, change):
    with pytest.raises(UnusableTerms) as caught:
        replace(TEN_MILLION, **change)
    assert caught.value.field == field


def test_centavos_that_whole_pesos_cannot_book_are_refused():
    with pytest.raises(UnusableTerms, match="amount"):
        replace(TEN_MILLION, amount=Decimal("10.50"), rounding=Rounding.HALF_UP)
    assert replace(TEN_MILLION, amount=Decimal("10.50")).amount == Decimal("10.50")


def test_an_exact_power_is_not_truncated_below_itself():
    """1.331^(120/360) is 1.1: what 60 digits leave below it must not cost a peso."""
    rate = Rate(Percent("33.1"), RateKind.EFFECTIVE_ANNUAL)
    cdat = replace(TEN_MILLION, rate=rate, days=120, rounding=Rounding.TRUNCATE)
    assert work_out(cdat).gross == 1_000_000
