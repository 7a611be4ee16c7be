"""What holds for every credit."""

import json
import locale
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import ROUND_UP, Context, Decimal, Inexact, localcontext
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulation_json import credit_json
from domain.finance.borrowing import first_payment, largest_principal
from domain.finance.loans import Insurance, Loan, System, UnusableTerms
from domain.finance.periods import PER_YEAR, Period
from domain.finance.precision import exactly
from domain.finance.rates import Rate, RateKind, effective_annual, periodic_fraction
from domain.finance.rounding import Rounding
from domain.finance.schedules import amortise
from domain.finance.yields import effective_annual_of_payments
from domain.money import Percent
from tests.finance.cases import loans, percents, pesos, rates, terms

WHOLE = (Rounding.TRUNCATE, Rounding.HALF_UP)
REGULAR = (System.LEVEL, System.CONSTANT_PRINCIPAL)
DAY = date(2026, 11, 25)
UNINSURED = st.just(Insurance())


@given(loans())
@exactly
def test_principal_parts_are_the_loan_and_nothing_is_left(loan):
    schedule = amortise(loan)
    rows = schedule.rows
    assert sum(row.principal for row in rows) == loan.principal
    assert rows[-1].balance == 0
    assert [row.number for row in rows] == list(range(1, loan.term + 1))
    before = loan.principal
    for row in rows:
        assert row.principal >= 0
        assert row.balance == before - row.principal
        assert row.payment == row.principal + row.interest + row.insurance
        before = row.balance
    assert schedule.total_paid == (
        loan.principal + schedule.total_interest + schedule.total_insurance
    )


@given(loans(roundings=WHOLE))
def test_every_amount_is_whole_pesos(loan):
    for row in amortise(loan).rows:
        cells = (row.principal, row.interest, row.insurance, row.payment, row.balance)
        assert all(cell == cell.to_integral_value() for cell in cells)


@given(loans())
def test_days_ascend(loan):
    dates = [loan.disbursed_on, *(row.due_on for row in amortise(loan).rows)]
    assert all(first < second for first, second in pairwise(dates))


@given(loans(systems=(System.LEVEL,), roundings=(Rounding.NONE,)), percents)
def test_a_level_credit_is_level_to_the_last(loan, percent):
    schedule = amortise(replace(loan, rate=Rate(percent, RateKind.EFFECTIVE_ANNUAL)))
    assert abs(schedule.last_instalment - schedule.instalment) < Decimal("0.001")


@given(loans(), percents)
def test_a_higher_rate_costs_more(loan, percent):
    dearer = replace(loan, rate=Rate(Percent(loan.rate.percent + percent), loan.rate.kind))
    assert amortise(dearer).rows[0].interest >= amortise(loan).rows[0].interest
    if loan.rounding is Rounding.NONE:
        assert amortise(dearer).total_interest >= amortise(loan).total_interest


@given(loans(roundings=(Rounding.NONE,)), terms)
def test_a_longer_term_costs_more_and_asks_for_less(loan, more):
    longer = amortise(replace(loan, term=min(loan.term + more, 240)))
    shorter = amortise(loan)
    grain = Decimal("1E-6") * loan.principal
    assert longer.total_interest >= shorter.total_interest - grain
    if loan.system is not System.BULLET:
        assert longer.instalment <= shorter.instalment + grain


@settings(max_examples=60)
@given(loans(systems=REGULAR, principals=st.integers(1000, 10**9).map(Decimal)))
def test_the_inverse_of_a_credit_is_the_credit(loan):
    """Who can pay the first payment of a loan can borrow that much, and no peso more."""
    payment = first_payment(loan)
    assert payment == amortise(loan).rows[0].payment
    found = largest_principal(loan, payment)
    assert found >= loan.principal
    assert first_payment(replace(loan, principal=found)) <= payment
    assert first_payment(replace(loan, principal=found + 1)) > payment


@settings(max_examples=60)
@given(loans(systems=REGULAR), pesos)
def test_the_inverse_never_asks_for_more_than_can_be_paid(loan, payment):
    found = largest_principal(loan, payment)
    if found:
        assert first_payment(replace(loan, principal=found)) <= payment
    assert first_payment(replace(loan, principal=found + 1)) > payment


def test_a_bullet_credit_has_no_inverse():
    rate = Rate(Percent(1), RateKind.MONTHLY)
    loan = Loan(Decimal(1000), rate, 6, DAY, system=System.BULLET)
    with pytest.raises(UnusableTerms, match="system"):
        largest_principal(loan, Decimal(100))


@given(rates, st.sampled_from(list(PER_YEAR)))
def test_a_rate_converted_there_and_back_is_itself(rate, period):
    there = Rate(Percent(periodic_fraction(rate, period) * 100), RateKind(period.value))
    assert abs(effective_annual(there) - effective_annual(rate)) < Decimal("1E-20")


@given(percents, st.sampled_from(list(PER_YEAR)))
def test_a_rate_of_the_payment_period_is_taken_as_it_is(percent, period):
    own = Rate(percent, RateKind(period.value))
    assert periodic_fraction(own, period) == percent / 100
    year = periodic_fraction(Rate(percent, RateKind(f"nominal_{period.value}")), period)
    assert abs(year * PER_YEAR[period] - percent / 100) < Decimal("1E-20")


@given(loans(roundings=(Rounding.NONE,), insured=UNINSURED, principals=pesos))
def test_the_return_of_the_payments_is_the_rate(loan):
    rows = amortise(loan).rows
    found = effective_annual_of_payments(loan.principal, [r.payment for r in rows], loan.period)
    exact = effective_annual(loan.rate)
    assert abs(found - exact) <= (exact + 100) * Decimal("1E-12")


@given(loans())
def test_insurance_only_ever_raises_the_effective_rate(loan):
    schedule = amortise(loan)
    if not schedule.total_insurance:
        assert schedule.effective_annual == schedule.rate_effective_annual
    elif loan.rounding is Rounding.NONE:
        assert schedule.effective_annual > schedule.rate_effective_annual


HOSTILE = Context(prec=3, rounding=ROUND_UP, Emax=9, Emin=-9, traps=[Inexact])


@given(loans())
def test_the_callers_context_changes_nothing(loan):
    expected = amortise(loan)
    with localcontext(HOSTILE):
        assert amortise(loan) == expected


def installed(names):
    for name in names:
        with suppress(locale.Error):
            yield locale.setlocale(locale.LC_ALL, name)


def test_the_locale_changes_nothing():
    loan = Loan(Decimal("1234567.89"), Rate(Percent("1.1"), RateKind.MONTHLY), 7, DAY)
    before, shown = locale.setlocale(locale.LC_ALL), set()
    try:
        for _ in installed(("es_CO.UTF-8", "de_DE.UTF-8", "C.UTF-8", "C")):
            shown.add(json.dumps(credit_json(amortise(loan))))
    finally:
        locale.setlocale(locale.LC_ALL, before)
    assert len(shown) == 1
    assert '"principal": "1234567.89"' in shown.pop()


def test_a_quoted_month_is_not_a_calculated_one():
    """1.1 % a month is 1.1 % and not (1 + E.A.)^(1/12) - 1 of its own E.A."""
    rate = Rate(Percent("1.1"), RateKind.MONTHLY)
    assert str(periodic_fraction(rate, Period.MONTHLY)) == "0.011"
