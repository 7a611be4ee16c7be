"""All that is known of one product, a line for each thing."""

from collections.abc import Mapping

from domain.statement import Contribution, Credit, Period, Product, Savings
from handlers.kit.screen import Phrase
from handlers.statement.wording import arrears_status, rate_phrase

Lines = tuple[Phrase, ...]
Fields = Mapping[str, object | None]


def detail_lines(product: Product) -> Lines:
    """The product's fields in plain words, without those that are not known."""
    match product:
        case Contribution():
            return _lines("statement.contribution", _contribution(product))
        case Savings():
            return _lines("statement.savings", _savings(product))
        case Credit():
            return _lines("statement.credit", _credit(product))


def _lines(key: str, fields: Fields) -> Lines:
    """A phrase for each known field; 0 counts as unknown, except as a balance."""
    return tuple(
        Phrase(f"{key}.{name}", {"value": value})
        for name, value in fields.items()
        if value or name == "balance"
    )


def _contribution(product: Contribution) -> Fields:
    return {
        "balance": product.balance,
        "instalment": product.instalment,
        "closed_on": product.closed_on,
    }


def _savings(product: Savings) -> Fields:
    return {
        "kind": Phrase(f"statement.kind.{product.kind}"),
        "balance": product.balance,
        "rate": rate_phrase(product.rate),
        "instalment": product.instalment,
        "opened_on": product.opened_on,
        "matures_on": product.matures_on,
        "settlement": _period(product.settlement),
        "accrued_interest": product.accrued_interest,
        "closed_on": product.closed_on,
    }


def _credit(product: Credit) -> Fields:
    """A closed credit has nothing due any more."""
    return {
        "balance": product.balance,
        **({} if product.closed_on else _due(product)),
        "paid": _paid(product),
        "disbursed": product.disbursed,
        "disbursed_on": product.disbursed_on,
        "rate": rate_phrase(product.rate),
        "closed_on": product.closed_on,
    }


def _due(product: Credit) -> Fields:
    return {
        "status": arrears_status(product.days_past_due, product.arrears),
        "instalment": product.instalment,
        "period": _period(product.period),
        "next_due_on": product.next_due_on,
    }


def _paid(product: Credit) -> Phrase | None:
    if product.instalments_total == 0:
        return None
    counts = {"paid": product.instalments_paid, "total": product.instalments_total}
    return Phrase("statement.instalments", counts)


def _period(period: Period | None) -> Phrase | None:
    return Phrase(f"statement.period.{period}") if period else None
