"""What the cells of one row must say together."""

from collections.abc import Callable, Iterator

from domain.members import DocumentType
from domain.statement import SavingsKind
from storage.intake.columns import Value
from storage.intake.findings import Reason, Unacceptable
from storage.intake.identity import document_number

Record = dict[str, Value]
Problem = tuple[str, Unacceptable]
CREDIT = "credit"
_EARNED = ("yields", "tax_on_movements", "revaluation")
_PAID = ("interest", "default_interest", "housing_interest")
Rule = Callable[[Record], Iterator[Problem]]


def member(record: Record) -> Iterator[Problem]:
    """The document fits its type (and takes its normal form)."""
    kind = str(record["document_type"])
    try:
        record["document_number"] = document_number(kind, str(record["document_number"]))
    except Unacceptable as problem:
        yield "document_number", problem
    if record["surnames"] is None:
        if kind != DocumentType.NIT:
            yield "surnames", Unacceptable(Reason.EMPTY)
        record["surnames"] = ""


def contribution(record: Record) -> Iterator[Problem]:
    """A closed line holds nothing."""
    yield from _closed(record)


def savings(record: Record) -> Iterator[Problem]:
    """A CDAT has opening, maturity and rate, in order."""
    yield from _closed(record)
    yield from _rate(record)
    if record["kind"] == SavingsKind.CDAT:
        for field in ("opened_on", "matures_on", "rate"):
            if record[field] is None:
                yield field, Unacceptable(Reason.NEEDED_BY_CDAT)
    opened, matures = record["opened_on"], record["matures_on"]
    if opened is not None and matures is not None and str(matures) <= str(opened):
        yield "matures_on", Unacceptable(Reason.MATURITY_ORDER)


def credit(record: Record) -> Iterator[Problem]:
    """No more instalments paid than there are; days past due and arrears go together."""
    yield from _closed(record)
    yield from _rate(record)
    if _number(record, "instalments_paid") > _number(record, "instalments_total"):
        yield "instalments_paid", Unacceptable(Reason.INSTALMENTS)
    if (_number(record, "days_past_due") > 0) != (_number(record, "arrears") > 0):
        yield "days_past_due", Unacceptable(Reason.ARREARS)


def withholding(record: Record) -> Iterator[Problem]:
    """Nobody is withheld more than the base."""
    if _number(record, "amount") > _number(record, "base"):
        yield "amount", Unacceptable(Reason.BASE_EXCEEDED)


def year_end(record: Record) -> Iterator[Problem]:
    """A credit pays interest and earns none; housing interest is part of the regular one."""
    foreign = _EARNED if record["kind"] == CREDIT else _PAID
    yield from ((name, Unacceptable(Reason.NOT_OF_KIND)) for name in foreign if record[name])
    if _number(record, "housing_interest") > _number(record, "interest"):
        yield "housing_interest", Unacceptable(Reason.HOUSING_EXCEEDED)


def _closed(record: Record) -> Iterator[Problem]:
    if record["closed_on"] is not None and _number(record, "balance"):
        yield "closed_on", Unacceptable(Reason.CLOSED_BALANCE)


def _rate(record: Record) -> Iterator[Problem]:
    if (record["rate"] is None) != (record["rate_kind"] is None):
        yield "rate_kind", Unacceptable(Reason.RATE_KIND)


def _number(record: Record, field: str) -> int:
    value = record[field]
    return value if isinstance(value, int) else 0
