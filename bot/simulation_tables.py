"""Simulations as tables on the operator's console."""

from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from domain.finance.cdats import CdatYield
from domain.finance.rounding import centavos
from domain.finance.schedules import Schedule
from handlers.kit.format import money
from handlers.kit.texts import plain

NARROWEST = 110
_CREDIT = ("number", "date", "principal", "interest", "insurance", "payment", "balance")
_CDAT = ("number", "date", "gross", "withholding", "net")


def print_credit(schedule: Schedule) -> None:
    """What the credit costs, and its schedule."""
    _say(
        "credit",
        instalment=centavos(schedule.instalment),
        last=centavos(schedule.last_instalment),
        first_payment=centavos(schedule.first_payment),
        interest=centavos(schedule.total_interest),
        insurance=centavos(schedule.total_insurance),
        paid=centavos(schedule.total_paid),
        periodic=schedule.periodic_rate,
        annual=schedule.effective_annual,
    )
    _print_rows(_CREDIT, schedule.rows)


def print_cdat(outcome: CdatYield) -> None:
    """What the CDAT yields, and the calendar of its payments."""
    _say(
        "cdat",
        periodic=outcome.periodic_rate,
        annual=outcome.effective_annual,
        gross=centavos(outcome.gross),
        withholding=centavos(outcome.withholding),
        net=centavos(outcome.net),
        total=centavos(outcome.total),
        matures_on=outcome.matures_on,
    )
    _print_rows(_CDAT, outcome.payments)


def _say(what: str, **params: Any) -> None:
    _console().print(plain(f"simulate_command.summary.{what}", params), highlight=False)


def _print_rows(columns: tuple[str, ...], rows: tuple[Any, ...]) -> None:
    table = Table(box=SIMPLE, padding=(0, 1), pad_edge=False)
    for name in columns:
        title = plain(f"simulate_command.column.{name}")
        table.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        cells = (money(centavos(getattr(row, name))) for name in columns[2:])
        table.add_row(str(row.number), row.due_on.isoformat(), *cells)
    _console().print(table)


def _console() -> Console:
    """As wide as the terminal, but never so narrow that amounts are cut."""
    return Console(width=max(Console().width, NARROWEST))
