"""numpy-financial computes the same in binary fractions; we agree within their error."""

from decimal import Decimal
from random import Random

import numpy as np
import numpy_financial as npf
import pytest

from domain.finance.loans import Loan
from domain.finance.periods import PER_YEAR, Period
from domain.finance.rates import Rate, RateKind
from domain.finance.rows import level_instalment
from domain.finance.schedules import amortise
from domain.finance.yields import periodic_return
from domain.money import Percent
from tests.finance.examples import DAY

CASES = 10_000
SCHEDULES = 300
ENOUGH = 1e-9


def case(dice: Random) -> Loan:
    return Loan(
        principal=Decimal(dice.randrange(100_000, 500_000_000)),
        rate=Rate(Percent(Decimal(dice.randrange(1, 30_000)) / 10_000), RateKind.MONTHLY),
        term=dice.randrange(1, 181),
        disbursed_on=DAY,
        period=Period.MONTHLY,
    )


@pytest.fixture(scope="module")
def loans() -> list[Loan]:
    dice = Random(11)
    return [case(dice) for _ in range(CASES)]


def columns(loans):
    """The principals, monthly rates and terms, as numpy takes them."""
    principals = np.array([float(loan.principal) for loan in loans])
    rates = np.array([float(loan.rate.percent) / 100 for loan in loans])
    return principals, rates, np.array([loan.term for loan in loans])


def test_ten_thousand_instalments(loans):
    principals, rates, terms = columns(loans)
    theirs = -npf.pmt(rates, terms, principals)
    ours = np.array([float(level_instalment(loan)) for loan in loans])
    assert np.max(np.abs(ours - theirs) / theirs) < ENOUGH


def test_whole_schedules(loans):
    for loan in loans[:SCHEDULES]:
        principal, rate, numbers = float(loan.principal), float(loan.rate.percent) / 100, loan.term
        per = np.arange(1, numbers + 1)
        rows = amortise(loan).rows
        interest = np.array([float(row.interest) for row in rows])
        parts = np.array([float(row.principal) for row in rows])
        assert np.allclose(interest, -npf.ipmt(rate, per, numbers, principal), atol=1e-3)
        assert np.allclose(parts, -npf.ppmt(rate, per, numbers, principal), atol=1e-3)


def test_equivalent_rates():
    dice = Random(5)
    for _ in range(1000):
        percent, period = Decimal(dice.randrange(1, 5000)) / 100, dice.choice(list(PER_YEAR))
        loan = Loan(
            Decimal(10**6), Rate(Percent(percent), RateKind.EFFECTIVE_ANNUAL), 2, DAY, period
        )
        theirs = (1 + float(percent) / 100) ** (1 / PER_YEAR[period]) - 1
        assert float(amortise(loan).periodic_rate) / 100 == pytest.approx(theirs, rel=ENOUGH)


def test_internal_rates_of_return():
    dice = Random(3)
    for _ in range(100):
        lent = dice.randrange(10**5, 10**8)
        payments = [lent // 50 + dice.randrange(lent // 20) for _ in range(dice.randrange(60, 90))]
        ours = periodic_return(Decimal(lent), [Decimal(payment) for payment in payments])
        assert float(ours) == pytest.approx(npf.irr([-lent, *payments]), rel=1e-6)
