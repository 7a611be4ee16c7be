"""What the member has and owes, as the bars of a picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.money import Centavos, total
from domain.statement import SavingsKind, Statement
from handlers.documents.largest import largest, more
from handlers.documents.words import caption
from handlers.kit.texts import plain

KEY = "documents.chart"
MESSAGES = {
    (True, True): "has_and_owes",
    (True, False): "only_has",
    (False, True): "only_owes",
    (False, False): "nothing",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled amount, in centavos."""

    label: str
    amount: Centavos


@dataclass(frozen=True, slots=True)
class Composition:
    """What the member has by kind and what is owed by credit, largest debts first."""

    has: tuple[Bar, ...]
    owes: tuple[Bar, ...]

    @property
    def total_has(self) -> Centavos:
        return total(b.amount for b in self.has)

    @property
    def total_owes(self) -> Centavos:
        return total(b.amount for b in self.owes)

    @property
    def message(self) -> str:
        """The picture's title: its conclusion in one sentence."""
        key = MESSAGES[self.total_has > 0, self.total_owes > 0]
        return plain(f"{KEY}.{key}", {"has": self.total_has, "owes": self.total_owes})


def composition(statement: Statement) -> Composition:
    """The bars of a statement; nothing that is zero is drawn, small debts are grouped."""
    contributions = Bar(plain(f"{KEY}.contributions"), statement.total_contributions)
    has = (contributions, *(_savings(statement, kind) for kind in SavingsKind))
    debts = _positive(Bar(caption(c), c.balance) for c in statement.credits)
    shown, grouped = largest(debts, lambda bar: bar.amount)
    rest = [Bar(more(len(grouped)), total(b.amount for b in grouped))] if grouped else []
    return Composition(_positive(has), (*shown, *rest))


def _savings(statement: Statement, kind: SavingsKind) -> Bar:
    amount = total(s.balance for s in statement.savings if s.kind is kind)
    return Bar(plain(f"{KEY}.savings.{kind}"), amount)


def _positive(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    return tuple(bar for bar in bars if bar.amount > 0)
