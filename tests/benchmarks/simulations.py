"""Exact schedules against numpy-financial's vectorised ones, interleaved in one process."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from statistics import median
from time import perf_counter

import numpy as np
import numpy_financial as npf

from domain.finance.borrowing import largest_principal
from domain.finance.cdats import Cdat, compare_settlements
from domain.finance.loans import Insurance, InsuranceBase, Loan
from domain.finance.periods import Period
from domain.finance.rates import Rate, RateKind
from domain.finance.rounding import Rounding
from domain.finance.schedules import amortise
from domain.money import Percent
from tests.benchmarks.table import Row

TERM = 120
ROUNDS = 200
DAY = date(2026, 11, 25)
RATE = Rate(Percent("1.1"), RateKind.MONTHLY)
LOAN = Loan(Decimal(50_000_000), RATE, TERM, DAY, rounding=Rounding.TRUNCATE)
INSURED = Insurance(InsuranceBase.BALANCE, Decimal("0.345"))
CDAT = Cdat(Decimal(10_000_000), Rate(Percent(9), RateKind.EFFECTIVE_ANNUAL), 360, DAY)


def rows() -> Iterable[Row]:
    """Median milliseconds of each, and the peer's where it has the same."""
    ours, peer = _interleaved(lambda: amortise(LOAN), _peer)
    name = f"schedule of {TERM} rows, whole pesos, with dates"
    yield Row(name, _shown(ours), f"numpy-financial: {_shown(peer)}", f"{ours / peer:.2f}")
    insured = Loan(LOAN.principal, RATE, TERM, DAY, insurance=INSURED)
    ours, peer = _interleaved(lambda: amortise(insured), _peer_with_return)
    name = "the same exact, with insurance and effective rate"
    yield Row(name, _shown(ours), f"numpy-financial: {_shown(peer)}", f"{ours / peer:.2f}")
    for name, work in (
        ("how much can be borrowed for a payment", lambda: largest_principal(LOAN, Decimal(10**6))),
        ("CDAT under all settlement periods", lambda: compare_settlements(CDAT, Period)),
    ):
        yield Row(name, _shown(median(_times(work, ROUNDS))))


def _peer() -> None:
    """What npf gives of a schedule: instalment, interest, principal, balance; in floats."""
    per = np.arange(1, TERM + 1)
    npf.pmt(0.011, TERM, 5e7)
    npf.ipmt(0.011, per, TERM, 5e7)
    np.cumsum(npf.ppmt(0.011, per, TERM, 5e7))


def _peer_with_return() -> None:
    _peer()
    payments = np.full(TERM + 1, -npf.pmt(0.011, TERM, 5e7))
    payments[0] = -5e7
    npf.irr(payments)


def _interleaved(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float]:
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        mine += _times(ours, 1)
        theirs += _times(peer, 1)
    return median(mine), median(theirs)


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return taken


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
