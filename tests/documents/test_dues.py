"""What is to be paid next."""

from dataclasses import replace
from datetime import date

from domain.money import Centavos
from domain.statement import Credit, Statement
from handlers.documents.dues import Dues, next_dues
from tests.documents.samples import CLOSED_LOAN, LATE_LOAN, LOAN


def owing(*credits_: Credit) -> Statement:
    return Statement(date(2026, 3, 1), (), (), credits_)


def test_open_credits_with_a_due_date_are_summed() -> None:
    amount = Centavos(LOAN.instalment + LATE_LOAN.instalment)
    assert next_dues(owing(LOAN, LATE_LOAN, CLOSED_LOAN)) == Dues(2, amount, date(2026, 3, 28))


def test_nothing_is_due_without_open_credits_or_dates() -> None:
    assert next_dues(owing(CLOSED_LOAN, replace(LOAN, next_due_on=None))) is None
