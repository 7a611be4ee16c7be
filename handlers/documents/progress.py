"""How far each credit is paid, as the bars of a picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.money import Centavos, total
from domain.statement import Credit, Statement
from handlers.documents.largest import largest, more
from handlers.documents.words import caption
from handlers.kit.texts import plain

KEY = "documents.chart.progress"


@dataclass(frozen=True, slots=True)
class Progress:
    """Paid and pending capital of a credit, in centavos; `instalments`: `12 de 36 cuotas`."""

    label: str
    instalments: str
    paid: Centavos
    pending: Centavos

    @property
    def share(self) -> float:
        """The paid part, from 0 to 1; where nothing was lent, nothing is left to pay."""
        whole = self.paid + self.pending
        return self.paid / whole if whole else 1.0


def progress(statement: Statement) -> tuple[Progress, ...]:
    """Every open credit, the largest debts first and the smallest as one."""
    open_credits = [c for c in statement.credits if not c.closed_on]
    shown, grouped = largest(open_credits, lambda credit: credit.balance)
    rest = [_progress(more(len(grouped)), "", grouped)] if grouped else []
    return (*(_progress(caption(c), _instalments(c), [c]) for c in shown), *rest)


def progress_message(rows: Iterable[Progress]) -> str:
    """The picture's title: how much of all that was lent is paid."""
    bars = tuple(rows)
    if not bars:
        return plain(f"{KEY}.none")
    paid = total(bar.paid for bar in bars)
    whole = Centavos(paid + sum(bar.pending for bar in bars))
    return plain(f"{KEY}.title", {"paid": paid, "whole": whole})


def _progress(label: str, instalments: str, credits_: list[Credit]) -> Progress:
    # capitalised interest can lift a balance above what was lent: then nothing is paid yet
    paid = total(Centavos(max(c.disbursed - c.balance, 0)) for c in credits_)
    return Progress(label, instalments, paid, total(c.balance for c in credits_))


def _instalments(credit: Credit) -> str:
    count = {"paid": credit.instalments_paid, "total": credit.instalments_total}
    return plain(f"{KEY}.instalments", count)
