"""Room on the pay slip."""

from decimal import ROUND_DOWN, Decimal, localcontext

import pytest

from domain.finance.capacity import (
    Income,
    Payroll,
    capacity,
    payment_within,
    room_for_deductions,
)
from domain.finance.periods import Period
from domain.money import Percent

RULES = Payroll(legal_deductions=Percent(8), deductible=Percent(50))


@pytest.mark.parametrize(
    ("income", "room"),
    [
        (Income(Decimal(3_000_000)), 1_380_000),
        (Income(Decimal(3_000_000), Decimal(400_000), Decimal(500_000)), 1_080_000),
        (Income(Decimal(1_750_905), deductions=Decimal(900_000)), 0),
        (Income(Decimal("1750905")), 805_416),
    ],
)
def test_half_of_what_the_law_leaves_less_what_is_deducted_already(income, room):
    assert room_for_deductions(income, RULES) == room


@pytest.mark.parametrize(
    ("period", "needed"),
    [(Period.MONTHLY, 300_001), (Period.FORTNIGHTLY, 600_001), (Period.QUARTERLY, 100_001)],
)
def test_a_payment_is_held_against_the_month(period, needed):
    found = capacity(Income(Decimal(3_000_000)), RULES, Decimal("300000.30"), period)
    assert found.needed == needed
    assert found.suffices


def test_room_and_payment_are_inverse():
    for period in (Period.FORTNIGHTLY, Period.MONTHLY, Period.BIMONTHLY):
        payment = payment_within(Decimal(805_417), period)
        income = Income(Decimal(1_750_910))
        assert capacity(income, RULES, payment, period).needed <= 805_417
        assert capacity(income, RULES, payment + 1, period).needed > 805_417


def test_not_enough_is_said_and_not_refused():
    found = capacity(Income(Decimal(1_000_000)), RULES, Decimal(460_001), Period.MONTHLY)
    assert (found.room, found.needed, found.suffices) == (460_000, 460_001, False)


def test_the_callers_context_changes_nothing():
    with localcontext() as ambient:
        ambient.prec, ambient.rounding = 3, ROUND_DOWN
        assert room_for_deductions(Income(Decimal(1_750_905)), RULES) == 805_416
