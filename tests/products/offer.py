"""A small offer to quote from."""

from datetime import date
from decimal import Decimal

from domain.finance.cdats import DayBase
from domain.finance.loans import Insurance, InsuranceBase, System
from domain.finance.periods import Period
from domain.finance.rates import RateKind
from domain.finance.rounding import Rounding
from domain.money import Percent
from domain.products.lines import CdatLine, CreditLine, Products, RateBand, Span
from domain.products.ranges import Limit, Measure, Situation, TermRange, Validity
from domain.products.tables import Tables, TaxedProduct, WithholdingRule

TODAY = date(2026, 11, 25)
MEMBER = Situation(TODAY, contributions=Decimal(4_000_000))
VISITOR = Situation(TODAY)
YEAR = Validity(date(2026, 1, 1))


def span(lowest=None, highest=None):
    return Span(
        None if lowest is None else Decimal(lowest), None if highest is None else Decimal(highest)
    )


CREDIT = CreditLine(
    id="libre",
    name="Libre",
    about="…",
    minimum=(Limit(Decimal(500_000), Measure.PESOS),),
    maximum=(Limit(Decimal(20), Measure.MINIMUM_WAGES), Limit(Decimal(3), Measure.CONTRIBUTIONS)),
    terms=TermRange(6, 72, (12, 18, 24, 36, 40)),
    periods=(Period.MONTHLY, Period.QUARTERLY, Period.FORTNIGHTLY),
    systems=(System.LEVEL, System.BULLET),
    rate_kind=RateKind.MONTHLY,
    bands=(
        RateBand(Percent("1.50"), Validity(date(2025, 1, 1), date(2025, 12, 31))),
        RateBand(Percent("1.1"), YEAR, span(None, 36), span(None, 9_999_999)),
        RateBand(Percent("1.0"), YEAR, span(None, 36), span(10_000_000)),
        RateBand(Percent("1.85"), YEAR, span(37, 60)),
    ),
    rounding=Rounding.TRUNCATE,
    insurance=Insurance(InsuranceBase.BALANCE, Decimal("0.345")),
    payroll=True,
    requirements="…",
)
CDAT = CdatLine(
    id="cdat",
    name="CDAT",
    about="…",
    minimum=(Limit(Decimal(500_000), Measure.PESOS),),
    maximum=(),
    terms=TermRange(90, 720, (90, 180, 360)),
    settlements=(Period.AT_MATURITY, Period.MONTHLY, Period.SEMIANNUAL),
    rate_kind=RateKind.EFFECTIVE_ANNUAL,
    bands=(RateBand(Percent(9), YEAR),),
    rounding=Rounding.HALF_UP,
    day_base=DayBase.COMMERCIAL,
    requirements="…",
)
TABLES = Tables(
    uvt={2026: Decimal(52_374)},
    minimum_wage={2026: Decimal(1_750_905)},
    usury={date(2026, 10, 1): Percent("24.36"), date(2026, 11, 1): Percent("24.40")},
    withholding=(
        WithholdingRule(
            TaxedProduct.CDAT, Percent(7), Validity(date(2020, 1, 1), date(2025, 5, 31))
        ),
        WithholdingRule(TaxedProduct.CDAT, Percent(4), Validity(date(2025, 6, 1))),
        WithholdingRule(TaxedProduct.SAVINGS, Percent(7), YEAR, Decimal("0.055")),
    ),
)
OFFER = Products(credits=(CREDIT,), cdats=(CDAT,), tables=TABLES)
