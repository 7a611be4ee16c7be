"""The tables of a printed statement: every product, with totals to the centavo."""

from collections.abc import Sequence

from domain.money import Centavos, total
from domain.statement import Contribution, Credit, Savings, Statement
from handlers.documents.grid import Column, draw
from handlers.documents.sheet import Sheet
from handlers.documents.words import figures, label, nothing, period, rate, short_date, status
from handlers.kit.texts import plain

KEY = "documents.statement"


def products(sheet: Sheet, statement: Statement) -> None:
    """Contributions, savings and credits: each a table, or a sentence that there are none."""
    _section(sheet, f"{KEY}.contributions", _contributions(statement.contributions))
    _section(sheet, f"{KEY}.savings", _savings(statement.savings))
    _section(sheet, f"{KEY}.credits", credit_columns(statement.credits))


def _section(sheet: Sheet, key: str, columns: Sequence[Column]) -> None:
    sheet.section(plain(f"{key}.title"))
    if columns[0].cells:
        draw(sheet, columns)
    else:
        sheet.line_of(plain(f"{key}.none"), 6)


def _contributions(lines: tuple[Contribution, ...]) -> list[Column]:
    key = f"{KEY}.contributions"
    return [
        _names(key, [label(c) for c in lines]),
        Column(plain(f"{key}.instalment"), figures([c.instalment for c in lines], nothing())),
        _balances(key, [c.balance for c in lines]),
    ]


def _savings(accounts: tuple[Savings, ...]) -> list[Column]:
    key = f"{KEY}.savings"
    accrued = [s.accrued_interest for s in accounts]
    return [
        _names(key, [label(s) for s in accounts]),
        Column(plain(f"{key}.rate"), [rate(s.rate) for s in accounts]),
        Column(plain(f"{key}.instalment"), figures([s.instalment for s in accounts], nothing())),
        Column(plain(f"{key}.opened"), [short_date(s.opened_on) for s in accounts]),
        Column(plain(f"{key}.matures"), [short_date(s.matures_on) for s in accounts]),
        Column(plain(f"{key}.settlement"), [period(s.settlement) for s in accounts]),
        _summed(plain(f"{key}.accrued"), accrued),
        _balances(key, [s.balance for s in accounts]),
    ]


def credit_columns(loans: tuple[Credit, ...]) -> list[Column]:
    """Everything that is known of each credit, with the sum of the balances."""
    key = f"{KEY}.credits"
    instalments = figures([c.instalment for c in loans], nothing())
    return [
        _names(key, [label(c, *_disbursed_on(c)) for c in loans]),
        Column(plain(f"{key}.disbursed"), figures([c.disbursed for c in loans], nothing())),
        Column(plain(f"{key}.rate"), [rate(c.rate) for c in loans]),
        Column(
            plain(f"{key}.instalment"),
            [f"{text}\n{period(c.period)}" for text, c in zip(instalments, loans, strict=True)],
        ),
        Column(plain(f"{key}.next_due"), [short_date(c.next_due_on) for c in loans]),
        Column(plain(f"{key}.paid"), [_progress(c) for c in loans]),
        Column(plain(f"{key}.status"), [status(c) for c in loans]),
        _balances(key, [c.balance for c in loans]),
    ]


def _names(key: str, cells: list[str]) -> Column:
    title, whole = plain(f"{key}.product"), plain(f"{KEY}.total")
    return Column(title, cells, whole, align="L", words=True)


def _balances(key: str, amounts: list[Centavos]) -> Column:
    return _summed(plain(f"{key}.balance"), amounts)


def _summed(title: str, amounts: Sequence[Centavos | None]) -> Column:
    whole = total(a for a in amounts if a is not None)
    *cells, last = figures([*amounts, whole], nothing())
    return Column(title, cells, last)


def _disbursed_on(loan: Credit) -> list[str]:
    on = loan.disbursed_on
    return [plain(f"{KEY}.credits.disbursed_on", {"date": on})] if on else []


def _progress(loan: Credit) -> str:
    paid = {"paid": loan.instalments_paid, "total": loan.instalments_total}
    return plain(f"{KEY}.credits.progress", paid)
