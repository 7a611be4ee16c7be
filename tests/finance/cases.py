"""Credits for hypothesis to try."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from domain.finance.loans import Insurance, InsuranceBase, Loan, System
from domain.finance.periods import PER_YEAR
from domain.finance.rates import Rate, RateKind
from domain.finance.rounding import Rounding
from domain.money import Percent

pesos = st.integers(1, 2_000_000_000).map(Decimal)
percents = st.decimals(0, 60, places=4).map(Percent)
rates = st.builds(Rate, percents, st.sampled_from(RateKind))
terms = st.integers(1, 120)
insurances = st.builds(Insurance, st.sampled_from(InsuranceBase), st.decimals(0, 3, places=3))
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def loans(systems=tuple(System), roundings=tuple(Rounding), principals=pesos, insured=insurances):
    return st.builds(
        Loan,
        principal=principals,
        rate=rates,
        term=terms,
        disbursed_on=days,
        period=st.sampled_from(list(PER_YEAR)),
        system=st.sampled_from(systems),
        rounding=st.sampled_from(roundings),
        insurance=insured,
    )
