"""The statement of account: what a member has and owes at a cut-off date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.finance.periods import Period as Period
from domain.finance.rates import Rate as Rate
from domain.finance.rates import RateKind as RateKind
from domain.money import Centavos, total


class SavingsKind(StrEnum):
    DEMAND = "demand"
    PERMANENT = "permanent"
    PROGRAMMED = "programmed"
    CDAT = "cdat"


@dataclass(frozen=True, slots=True)
class Contribution:
    """A line of member share contributions."""

    id: int
    number: str
    name: str
    balance: Centavos
    instalment: Centavos | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Savings:
    """A savings product; the dates of opening and maturity, term and settlement are a CDAT's
    or a programmed account's."""

    id: int
    number: str
    name: str
    kind: SavingsKind
    balance: Centavos
    rate: Rate | None
    instalment: Centavos | None
    accrued_interest: Centavos | None
    opened_on: date | None
    matures_on: date | None
    settlement: Period | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Credit:
    """A loan; `arrears` is what is overdue, `days_past_due` 0 when it is current."""

    id: int
    number: str
    line: str
    disbursed: Centavos
    balance: Centavos
    rate: Rate | None
    instalment: Centavos
    period: Period
    disbursed_on: date | None
    next_due_on: date | None
    instalments_paid: int
    instalments_total: int
    days_past_due: int
    arrears: Centavos
    closed_on: date | None


Product = Contribution | Savings | Credit


@dataclass(frozen=True, slots=True)
class Movement:
    """A booked entry of a product; `amount` is positive when the balance grows."""

    booked_on: date
    description: str
    amount: Centavos
    balance: Centavos | None


@dataclass(frozen=True, slots=True)
class Statement:
    """All products of one member at the cut-off date; closed products come last."""

    cut_off: date
    contributions: tuple[Contribution, ...]
    savings: tuple[Savings, ...]
    credits: tuple[Credit, ...]

    @property
    def total_contributions(self) -> Centavos:
        return total(c.balance for c in self.contributions)

    @property
    def total_savings(self) -> Centavos:
        return total(s.balance for s in self.savings)

    @property
    def total_credits(self) -> Centavos:
        return total(c.balance for c in self.credits)

    @property
    def total_arrears(self) -> Centavos:
        return total(c.arrears for c in self.credits)

    @property
    def days_past_due(self) -> int:
        """The oldest arrears, in days; 0 when every credit is current."""
        return max((c.days_past_due for c in self.credits), default=0)

    @property
    def dues(self) -> tuple[tuple[date, Credit], ...]:
        """The next instalment of every open credit, soonest first."""
        open_ = [(c.next_due_on, c) for c in self.credits if c.next_due_on and not c.closed_on]
        return tuple(sorted(open_, key=lambda due: due[0]))

    @property
    def products(self) -> tuple[Product, ...]:
        return (*self.contributions, *self.savings, *self.credits)

    def product(self, product_id: int) -> Product | None:
        """The member's own product of that id, or None: another member's is never found."""
        return next((p for p in self.products if p.id == product_id), None)
