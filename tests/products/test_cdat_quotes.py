"""What a line of CDAT answers, and what it says when it cannot."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.finance.periods import Period
from domain.products.cdat_quotes import CdatQuotes, CdatRequest
from domain.products.ranges import Situation
from domain.products.refusals import (
    AmountOutOfRange,
    MissingFigure,
    NoRate,
    PeriodNotOffered,
    Refusal,
    TableName,
    TermOutOfRange,
    UnevenTerm,
    UnknownLine,
)
from domain.products.tables import TaxedProduct
from tests.products.offer import CDAT, OFFER, TABLES, VISITOR

QUOTES = CdatQuotes(OFFER)
TEN_MILLION = CdatRequest("cdat", Decimal(10_000_000), 360)


def refusal(request, situation=VISITOR, quotes=QUOTES):
    with pytest.raises(Refusal) as caught:
        quotes.quote(request, situation)
    assert QUOTES.quote(TEN_MILLION, VISITOR).outcome.gross == 900_000
    return caught.value


def test_a_quote_and_its_comparison():
    quote = QUOTES.quote(TEN_MILLION, VISITOR)
    assert quote.outcome.withholding == 36_000
    assert quote.outcome.total == 10_864_000
    assert quote.outcome.matures_on == date(2027, 11, 25)
    grosses = {o.cdat.settlement: o.gross for o in quote.comparison}
    assert grosses == {
        Period.AT_MATURITY: 900_000,
        Period.MONTHLY: 864_876,
        Period.SEMIANNUAL: 880_614,
    }


def test_the_withholding_of_a_day():
    rule = TABLES.withholding_of(TaxedProduct.CDAT, date(2025, 5, 31))
    assert rule.percent == 7
    assert TABLES.withholding_of(TaxedProduct.CDAT, date(2025, 6, 1)).percent == 4
    savings = TABLES.withholding_of(TaxedProduct.SAVINGS, date(2026, 9, 1))
    assert savings.daily_threshold == Decimal("2880.57")


def test_missing_figures_are_said():
    with pytest.raises(MissingFigure) as caught:
        TABLES.withholding_of(TaxedProduct.SAVINGS, date(2027, 1, 1))
    assert (caught.value.table, caught.value.day) == (TableName.UVT, date(2027, 1, 1))
    quotes = CdatQuotes(replace(OFFER, tables=replace(TABLES, withholding=())))
    error = refusal(TEN_MILLION, quotes=quotes)
    assert isinstance(error, MissingFigure)
    assert error.table is TableName.WITHHOLDING


def test_settlements_that_fit_a_term():
    assert QUOTES.settlements("cdat", 90) == (Period.AT_MATURITY, Period.MONTHLY)
    assert QUOTES.settlements("cdat", 100) == (Period.AT_MATURITY,)
    assert QUOTES.settlements("cdat", 360) == CDAT.settlements


def test_refusals_carry_the_lines_own_limits():
    small = refusal(replace(TEN_MILLION, amount=Decimal(499_999)))
    assert isinstance(small, AmountOutOfRange)
    assert (small.allowed.minimum, small.allowed.maximum) == (500_000, None)
    short = refusal(replace(TEN_MILLION, days=89))
    assert isinstance(short, TermOutOfRange)
    assert short.allowed == CDAT.terms
    period = refusal(replace(TEN_MILLION, settlement=Period.QUARTERLY))
    assert isinstance(period, PeriodNotOffered)
    assert period.offered == CDAT.settlements
    uneven = refusal(replace(TEN_MILLION, days=200, settlement=Period.SEMIANNUAL))
    assert isinstance(uneven, UnevenTerm)
    assert uneven.nearest == (180, 360)


def test_a_day_without_a_rate_is_said():
    error = refusal(TEN_MILLION, Situation(date(2025, 12, 31)))
    assert isinstance(error, NoRate)
    assert error.day == date(2025, 12, 31)


def test_an_unknown_line():
    assert isinstance(refusal(replace(TEN_MILLION, line="otra")), UnknownLine)
    assert QUOTES.amounts("cdat", VISITOR).minimum == 500_000
