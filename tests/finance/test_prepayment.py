"""An extra payment, and both things that it may do."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.finance.comparison import difference
from domain.finance.loans import Loan, System, UnusableTerms
from domain.finance.precision import exactly
from domain.finance.prepayment import prepay
from domain.finance.rates import Rate, RateKind
from domain.finance.rounding import Rounding
from domain.finance.schedules import amortise, pay_steadily
from domain.money import Percent
from tests.finance.cases import loans

LOAN = Loan(
    principal=Decimal(5_000_000),
    rate=Rate(Percent("1.1"), RateKind.MONTHLY),
    term=18,
    disbursed_on=date(2026, 11, 30),
    rounding=Rounding.TRUNCATE,
)


def test_shorter_keeps_the_instalment_and_lower_keeps_the_term():
    """After instalment 6 of a printed table 3.441.461 are owed; one million of it is paid."""
    found = prepay(amortise(LOAN), 6, Decimal(1_000_000))
    assert found.balance == 2_441_461
    assert found.unchanged.count == found.lower.count == 12
    assert found.shorter.instalment == 307_704
    assert found.shorter.count == 9
    assert found.lower.instalment == 218_293
    assert found.shorter.ends_on == date(2028, 2, 29)
    assert found.lower.ends_on == found.unchanged.ends_on == date(2028, 5, 30)
    assert found.shorter.total_interest < found.lower.total_interest
    assert found.lower.total_interest < found.unchanged.total_interest
    assert [row.number for row in found.shorter.rows] == list(range(7, 16))


def test_lower_is_the_instalment_of_a_new_credit_for_what_is_left():
    found = prepay(amortise(LOAN), 6, Decimal(1_000_000))
    anew = Loan(found.balance, LOAN.rate, 12, LOAN.disbursed_on, rounding=LOAN.rounding)
    expected = [(r.principal, r.interest, r.balance) for r in amortise(anew).rows]
    assert [(r.principal, r.interest, r.balance) for r in found.lower.rows] == expected


@given(loans(principals=st.integers(10_000, 10**9).map(Decimal)), st.data())
@exactly
def test_what_is_left_is_paid_exactly_either_way(loan, data):
    schedule = amortise(loan)
    after = data.draw(st.integers(0, loan.term - 1))
    owed = schedule.rows[after - 1].balance if after else loan.principal
    most = int(owed) - 1
    assume(most >= 1)
    amount = Decimal(data.draw(st.integers(1, most)))
    found = prepay(schedule, after, amount)
    outcomes = [found.lower] if found.shorter is None else [found.lower, found.shorter]
    assert (found.shorter is None) == (loan.system is System.BULLET)
    for outcome in outcomes:
        assert sum(row.principal for row in outcome.rows) == owed - amount
        assert outcome.rows[-1].balance == 0
        assert outcome.count <= loan.term - after
        # A cut instalment of a peso less may cost more interest than a tiny extra payment saves.
        if loan.rounding is Rounding.NONE:
            assert outcome.total_interest <= found.unchanged.total_interest
    if found.shorter is not None and loan.rounding is Rounding.NONE:
        assert found.shorter.total_interest <= found.lower.total_interest + Decimal("1E-9")


@pytest.mark.parametrize(
    ("after", "amount", "field"),
    [(18, "1", "after"), (-1, "1", "after"), (6, "0", "amount"), (6, "3441461", "amount"),
     (6, "10.5", "amount")],
)  # fmt: skip
def test_impossible_extra_payments(after, amount, field):
    with pytest.raises(UnusableTerms) as caught:
        prepay(amortise(LOAN), after, Decimal(amount))
    assert caught.value.field == field


def test_paying_more_each_time_ends_sooner():
    steady = pay_steadily(LOAN, Decimal(400_000))
    usual = amortise(LOAN)
    assert len(steady.rows) == 14
    assert {row.payment for row in steady.rows[:-1]} == {400_000}
    change = difference(usual, steady)
    assert change.count == -4
    assert change.first_payment == 400_000 - 307_704
    assert change.total_interest == steady.total_interest - 538_677 < 0
    assert change.total_paid == change.total_interest


def test_paying_less_than_the_interest_is_no_payment():
    with pytest.raises(UnusableTerms, match="payment"):
        pay_steadily(LOAN, Decimal(55_000))
