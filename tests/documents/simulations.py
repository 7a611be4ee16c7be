"""Simulated credits and CDATs of every kind, as papers to print."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.finance.rounding import Rounding
from domain.products.cdat_quotes import CdatQuotes, CdatRequest
from domain.products.credit_quotes import CreditQuotes, CreditRequest
from domain.products.ranges import Situation
from handlers.documents.simulation_paper import CdatPaper, CreditPaper
from storage.cooperative_file import read_cooperative

COOPERATIVE = read_cooperative(Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml")
SITUATION = Situation(date(2026, 11, 2), Decimal(4_825_000))
ISSUED = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
HOSTILE = "=2+5+cmd|' /C calc'!A0"


def credit(line: str, amount: int, months: int, **more: object) -> CreditPaper:
    request = CreditRequest(line, Decimal(amount), months, **more)
    quote = CreditQuotes(COOPERATIVE.products).quote(request, SITUATION)
    return CreditPaper(COOPERATIVE, quote, ISSUED)


def cdat(line: str, amount: int, days: int, settlement: Period) -> CdatPaper:
    request = CdatRequest(line, Decimal(amount), days, settlement)
    quote = CdatQuotes(COOPERATIVE.products).quote(request, SITUATION)
    return CdatPaper(COOPERATIVE, quote, ISSUED)


def in_centavos(paper: CreditPaper) -> CreditPaper:
    """The same credit of a line that books centavos."""
    products = COOPERATIVE.products
    exact = replace(paper.quote.line, rounding=Rounding.NONE)
    lines = tuple(exact if line.id == exact.id else line for line in products.credits)
    quotes = CreditQuotes(replace(products, credits=lines))
    return replace(paper, quote=quotes.quote(paper.quote.request, SITUATION))


def named(paper: CreditPaper, name: str) -> CreditPaper:
    """The same credit of a line with another name."""
    return replace(paper, quote=replace(paper.quote, line=replace(paper.quote.line, name=name)))


CREDITS = {
    "ordinary": credit("libre-inversion", 5_000_000, 24),
    "ten_years": credit("vivienda", 120_000_000, 120),
    "fortnights": credit("educacion", 3_000_000, 6, period=Period.FORTNIGHTLY),
    "falling": credit("vehiculo", 45_000_000, 60, system=System.CONSTANT_PRINCIPAL),
    "bullet": credit(
        "sobre-aportes", 1_500_000, 24, period=Period.SEMIANNUAL, system=System.BULLET
    ),
    "uninsured": credit("calamidad", 500_000, 1),
    "insured_on_all": credit("compra-cartera", 30_000_000, 84),
    "centavos": in_centavos(credit("turismo", 1_000_001, 7)),
    "largest": credit("vivienda", 200_000_000, 12),
}
CDATS = {
    "at_maturity": cdat("cdat", 10_000_000, 360, Period.AT_MATURITY),
    "monthly": cdat("cdat", 30_000_000, 720, Period.MONTHLY),
    "single": cdat("cdat-vacaciones", 2_000_000, 360, Period.AT_MATURITY),
    "odd_days": cdat("cdat", 500_000, 100, Period.AT_MATURITY),
    "largest": cdat("cdat", 500_000_000, 540, Period.SEMIANNUAL),
}
