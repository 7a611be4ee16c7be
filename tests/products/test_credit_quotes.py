"""What a line of credit answers, and what it says when it cannot."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.money import Percent
from domain.products.credit_quotes import CreditQuotes, CreditRequest
from domain.products.ranges import Limit, Measure, Situation, TermRange
from domain.products.refusals import (
    AboveUsuryCap,
    AmountOutOfRange,
    MissingFigure,
    NoRate,
    PeriodNotOffered,
    Refusal,
    SystemNotOffered,
    TableName,
    TermOutOfRange,
    UnevenTerm,
    UnknownLine,
)
from tests.finance.examples import EXAMPLES
from tests.products.offer import CREDIT, MEMBER, OFFER, TABLES, TODAY, VISITOR

QUOTES = CreditQuotes(OFFER)
FIVE_MILLION = CreditRequest("libre", Decimal(5_000_000), 18)


def refusal(request, situation=MEMBER, quotes=QUOTES):
    with pytest.raises(Refusal) as caught:
        quotes.quote(request, situation)
    # Whatever was refused, the next request is answered.
    assert QUOTES.quote(FIVE_MILLION, MEMBER).schedule.instalment == 307_704
    return caught.value


def test_a_quote_is_the_schedule_of_the_lines_own_terms():
    quote = QUOTES.quote(FIVE_MILLION, MEMBER)
    assert quote.schedule.last_instalment == 307_709
    assert quote.schedule.total_interest == 538_677
    printed = next(example for example in EXAMPLES if example.id == "CR01")
    opening = [5_000_000, *(int(row["balance"]) for row in printed.rows)]
    assert quote.schedule.total_insurance == sum(owed * 345 // 1_000_000 for owed in opening)
    assert quote.schedule.rows[0].insurance == 1_725
    assert quote.band.validity.since == date(2026, 1, 1)
    assert quote.schedule.effective_annual > quote.schedule.rate_effective_annual
    assert quote.cap.percent == Percent("24.40")
    assert quote.cap_is_current


@pytest.mark.parametrize(
    ("amount", "months", "rate"),
    [(9_999_999, 36, "1.1"), (10_000_000, 36, "1.0"), (10_000_000, 6, "1.0")],
)
def test_the_rate_of_a_term_and_an_amount(amount, months, rate):
    quote = QUOTES.quote(CreditRequest("libre", Decimal(amount), months), MEMBER)
    assert quote.band.percent == Percent(rate)


def test_the_rate_of_a_day():
    day = Situation(date(2025, 12, 31), Decimal(4_000_000))
    tables = replace(
        TABLES, minimum_wage={2025: Decimal(1_423_500)}, usury={date(2025, 12, 1): Percent("25.02")}
    )
    quote = CreditQuotes(replace(OFFER, tables=tables)).quote(FIVE_MILLION, day)
    assert quote.band.percent == Percent("1.50")


def test_fortnights_are_two_a_month():
    request = replace(FIVE_MILLION, period=Period.FORTNIGHTLY)
    schedule = QUOTES.quote(request, MEMBER).schedule
    assert len(schedule.rows) == 36
    assert schedule.rows[0].due_on == date(2026, 12, 10)
    assert schedule.rows[-1].due_on == date(2028, 5, 25)


def test_limits_of_a_member_and_of_a_visitor():
    mine = QUOTES.amounts("libre", MEMBER)
    assert (mine.minimum, mine.maximum) == (500_000, 12_000_000)
    assert mine.binding == Limit(Decimal(3), Measure.CONTRIBUTIONS)
    assert mine.unknown == ()
    anyones = QUOTES.amounts("libre", VISITOR)
    assert anyones.maximum == 20 * 1_750_905
    assert anyones.binding == Limit(Decimal(20), Measure.MINIMUM_WAGES)
    assert anyones.unknown == (Limit(Decimal(3), Measure.CONTRIBUTIONS),)


@pytest.mark.parametrize("amount", [499_999, 12_000_001])
def test_an_amount_out_of_range_is_told_the_limits(amount):
    error = refusal(replace(FIVE_MILLION, amount=Decimal(amount)))
    assert isinstance(error, AmountOutOfRange)
    assert (error.allowed.minimum, error.allowed.maximum) == (500_000, 12_000_000)


@pytest.mark.parametrize("amount", [500_000, 12_000_000])
def test_the_limits_themselves_are_allowed(amount):
    assert QUOTES.quote(replace(FIVE_MILLION, amount=Decimal(amount)), MEMBER)


def test_a_member_without_contributions_is_told_that_the_line_lends_nothing():
    error = refusal(FIVE_MILLION, Situation(TODAY, Decimal(0)))
    assert isinstance(error, AmountOutOfRange)
    assert error.allowed.maximum == 0


@pytest.mark.parametrize("months", [5, 73])
def test_a_term_out_of_range_is_told_the_limits(months):
    error = refusal(replace(FIVE_MILLION, months=months))
    assert isinstance(error, TermOutOfRange)
    assert error.allowed == CREDIT.terms


def test_only_the_usual_terms_where_the_line_says_so():
    line = replace(CREDIT, terms=TermRange(12, 36, (12, 24, 36), only_usual=True))
    quotes = CreditQuotes(replace(OFFER, credits=(line,)))
    assert isinstance(refusal(FIVE_MILLION, quotes=quotes), TermOutOfRange)
    assert quotes.quote(replace(FIVE_MILLION, months=24), MEMBER)


def test_an_uneven_term_is_told_the_nearest_that_fit():
    error = refusal(replace(FIVE_MILLION, months=19, period=Period.QUARTERLY))
    assert isinstance(error, UnevenTerm)
    assert error.nearest == (18, 21)
    edge = refusal(replace(FIVE_MILLION, months=7, period=Period.QUARTERLY))
    assert isinstance(edge, UnevenTerm)
    assert edge.nearest == (6, 9)


def test_the_usual_terms_of_a_period():
    assert QUOTES.terms("libre", Period.QUARTERLY) == (12, 18, 24, 36)
    assert QUOTES.terms("libre", Period.MONTHLY) == CREDIT.terms.usual


def test_what_the_line_does_not_offer_is_told_what_it_does():
    period = refusal(replace(FIVE_MILLION, period=Period.ANNUAL))
    assert isinstance(period, PeriodNotOffered)
    assert period.offered == CREDIT.periods
    system = refusal(replace(FIVE_MILLION, system=System.CONSTANT_PRINCIPAL))
    assert isinstance(system, SystemNotOffered)
    assert system.offered == CREDIT.systems


def test_a_term_without_a_rate_is_said():
    error = refusal(replace(FIVE_MILLION, months=72))
    assert isinstance(error, NoRate)
    assert (error.term, error.amount, error.day) == (72, 5_000_000, TODAY)


def test_a_rate_above_the_cap_is_refused():
    """1.85 % a month is 24.60 % E.A."""
    error = refusal(replace(FIVE_MILLION, months=40))
    assert isinstance(error, AboveUsuryCap)
    assert error.rate.quantize(Decimal("0.01")) == Decimal("24.60")
    assert (error.cap, error.month) == (Percent("24.40"), date(2026, 11, 1))


def test_a_rate_that_is_the_cap_is_legal():
    cap = {date(2026, 11, 1): refusal(replace(FIVE_MILLION, months=40)).rate}
    quotes = CreditQuotes(replace(OFFER, tables=replace(TABLES, usury=cap)))
    assert quotes.quote(replace(FIVE_MILLION, months=40), MEMBER)


def test_the_cap_of_an_earlier_month_is_named():
    tables = replace(TABLES, usury={date(2026, 10, 1): Percent("24.36")})
    quotes = CreditQuotes(replace(OFFER, tables=tables))
    quote = quotes.quote(FIVE_MILLION, MEMBER)
    assert quote.cap.month == date(2026, 10, 1)
    assert not quote.cap_is_current
    above = refusal(replace(FIVE_MILLION, months=40), quotes=quotes)
    assert isinstance(above, AboveUsuryCap)
    assert above.month == date(2026, 10, 1)


def test_no_cap_at_all_is_said():
    later = {date(2027, 1, 1): Percent("24.36")}
    quotes = CreditQuotes(replace(OFFER, tables=replace(TABLES, usury=later)))
    error = refusal(FIVE_MILLION, quotes=quotes)
    assert isinstance(error, MissingFigure)
    assert (error.table, error.day) == (TableName.USURY, date(2026, 11, 1))


def test_a_missing_minimum_wage_is_said_and_not_last_years():
    error = refusal(FIVE_MILLION, Situation(date(2027, 1, 5), Decimal(4_000_000)))
    assert isinstance(error, MissingFigure)
    assert (error.table, error.day) == (TableName.MINIMUM_WAGE, date(2027, 1, 1))


def test_an_unknown_line():
    assert isinstance(refusal(replace(FIVE_MILLION, line="otra")), UnknownLine)


class TestAffordable:
    def test_the_quote_of_a_payment_asks_for_that_payment(self):
        for amount in (500_000, 5_000_000, 9_999_999):
            exact = QUOTES.quote(replace(FIVE_MILLION, amount=Decimal(amount)), MEMBER)
            found = QUOTES.affordable(FIVE_MILLION, exact.schedule.first_payment, MEMBER)
            assert found.request.amount >= amount
            assert found.schedule.first_payment <= exact.schedule.first_payment

    def test_a_cheaper_band_is_preferred_when_it_lends_more(self):
        """10 million at 1.0 % costs less a month than 9.9 million at 1.1 %."""
        exact = QUOTES.quote(CreditRequest("libre", Decimal(10_000_000), 18), MEMBER)
        found = QUOTES.affordable(FIVE_MILLION, exact.schedule.first_payment, MEMBER)
        assert found.band.percent == Percent("1.0")
        assert 10_000_000 <= found.request.amount < 10_000_100

    def test_no_more_than_the_line_allows(self):
        found = QUOTES.affordable(FIVE_MILLION, Decimal(50_000_000), MEMBER)
        assert found.request.amount == 12_000_000

    def test_too_little_for_the_smallest_credit(self):
        assert QUOTES.affordable(FIVE_MILLION, Decimal(20_000), MEMBER) is None

    def test_refusals_are_those_of_a_quote(self):
        with pytest.raises(TermOutOfRange):
            QUOTES.affordable(replace(FIVE_MILLION, months=100), Decimal(300_000), MEMBER)
        with pytest.raises(AboveUsuryCap):
            QUOTES.affordable(replace(FIVE_MILLION, months=40), Decimal(300_000), MEMBER)
