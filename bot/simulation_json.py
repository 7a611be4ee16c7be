"""Simulations as JSON: amounts and rates as plain decimal strings."""

from decimal import Decimal
from typing import Any

from domain.finance.cdats import CdatYield
from domain.finance.precision import CONTEXT
from domain.finance.rounding import Rounding
from domain.finance.schedules import Schedule

_RATE_STEP = Decimal("1E-12")


def credit_json(schedule: Schedule) -> dict[str, Any]:
    """A credit; amounts in pesos, rates in percent."""
    loan = schedule.loan
    money = _Money(loan.rounding)
    return {
        "principal": money(loan.principal),
        "rate_percent": _rate(loan.rate.percent),
        "rate_kind": loan.rate.kind.value,
        "term": len(schedule.rows),
        "period": loan.period.value,
        "system": loan.system.value,
        "rounding": loan.rounding.value,
        "periodic_rate_percent": _rate(schedule.periodic_rate),
        "rate_effective_annual_percent": _rate(schedule.rate_effective_annual),
        "effective_annual_percent": _rate(schedule.effective_annual),
        "instalment": money(schedule.instalment),
        "last_instalment": money(schedule.last_instalment),
        "first_payment": money(schedule.first_payment),
        "last_payment": money(schedule.last_payment),
        "total_interest": money(schedule.total_interest),
        "total_insurance": money(schedule.total_insurance),
        "total_paid": money(schedule.total_paid),
        "schedule": [
            {
                "number": row.number,
                "date": row.due_on.isoformat(),
                "principal": money(row.principal),
                "interest": money(row.interest),
                "insurance": money(row.insurance),
                "payment": money(row.payment),
                "balance": money(row.balance),
            }
            for row in schedule.rows
        ],
    }


def cdat_json(outcome: CdatYield) -> dict[str, Any]:
    """A CDAT; amounts in pesos, rates in percent."""
    cdat = outcome.cdat
    money = _Money(cdat.rounding)
    return {
        "amount": money(cdat.amount),
        "rate_percent": _rate(cdat.rate.percent),
        "rate_kind": cdat.rate.kind.value,
        "days": cdat.days,
        "day_base": int(cdat.day_base),
        "settlement": cdat.settlement.value,
        "rounding": cdat.rounding.value,
        "withholding_percent": _rate(cdat.withholding.percent),
        "opened_on": cdat.opened_on.isoformat(),
        "matures_on": outcome.matures_on.isoformat(),
        "periodic_rate_percent": _rate(outcome.periodic_rate),
        "effective_annual_percent": _rate(outcome.effective_annual),
        "gross": money(outcome.gross),
        "withholding": money(outcome.withholding),
        "net": money(outcome.net),
        "total": money(outcome.total),
        "payments": [
            {
                "number": payment.number,
                "date": payment.due_on.isoformat(),
                "gross": money(payment.gross),
                "withholding": money(payment.withholding),
                "net": money(payment.net),
            }
            for payment in outcome.payments
        ],
    }


class _Money:
    def __init__(self, rounding: Rounding) -> None:
        self._rounding = rounding

    def __call__(self, amount: Decimal) -> str:
        return f"{self._rounding.shown(amount):f}"


def _rate(percent: Decimal) -> str:
    """With the decimals that it has, up to twelve."""
    return f"{percent.quantize(_RATE_STEP, context=CONTEXT).normalize(CONTEXT):f}"
