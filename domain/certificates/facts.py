"""What each kind of certificate certifies; amounts in centavos."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from domain.money import Centavos, Percent, total
from domain.statement import Credit, Movement
from domain.statements import Nature


class CertificateKind(StrEnum):
    WITHHOLDING = "withholding"
    TAX_RETURN = "tax_return"
    MEMBERSHIP = "membership"
    GOOD_STANDING = "good_standing"
    CREDIT = "credit"

    @property
    def annual(self) -> bool:
        """Whether it speaks of a closed year rather than of the cut-off date."""
        return self in (CertificateKind.WITHHOLDING, CertificateKind.TAX_RETURN)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What was withheld in a year for one concept; the rate in percent."""

    concept: str
    base: Centavos
    rate: Percent
    amount: Centavos


@dataclass(frozen=True, slots=True)
class WithholdingFacts:
    """The withholdings of a year; no lines: none was made (E.T. art. 381)."""

    kind: ClassVar = CertificateKind.WITHHOLDING
    year: int
    lines: tuple[Withheld, ...]

    @property
    def base(self) -> Centavos:
        return total(line.base for line in self.lines)

    @property
    def total(self) -> Centavos:
        return total(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A product on 31 December and what it earned, paid and was charged in that year.

    `interest` is the regular one and holds `housing_interest` (E.T. art. 119);
    `default_interest` comes on top.
    """

    nature: Nature
    number: str
    name: str
    balance: Centavos
    yields: Centavos
    tax_on_movements: Centavos
    revaluation: Centavos
    interest: Centavos
    default_interest: Centavos
    housing_interest: Centavos


@dataclass(frozen=True, slots=True)
class TaxReturnFacts:
    """The figures for the income-tax return of a year; `withheld` is that year's withholding."""

    kind: ClassVar = CertificateKind.TAX_RETURN
    year: int
    lines: tuple[YearEnd, ...]
    withheld: Centavos

    def of(self, *natures: Nature) -> tuple[YearEnd, ...]:
        """The lines of products of those natures, in order."""
        return tuple(line for line in self.lines if line.nature in natures)

    @property
    def total(self) -> Centavos:
        """What the member owned in the cooperative on 31 December."""
        owned = self.of(Nature.CONTRIBUTION, Nature.SAVINGS)
        return total(line.balance for line in owned)


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """Since when somebody is a member, as known on `as_of`."""

    kind: ClassVar = CertificateKind.MEMBERSHIP
    year: ClassVar[int | None] = None
    as_of: date
    joined_on: date | None

    @property
    def total(self) -> Centavos | None:
        """It certifies no amount."""
        return None


@dataclass(frozen=True, slots=True)
class GoodStandingFacts:
    """The open credits on `as_of`: good standing is having nothing overdue."""

    kind: ClassVar = CertificateKind.GOOD_STANDING
    year: ClassVar[int | None] = None
    as_of: date
    joined_on: date | None
    credits: tuple[Credit, ...]

    @property
    def arrears(self) -> Centavos:
        return total(credit.arrears for credit in self.credits)

    @property
    def overdue(self) -> tuple[Credit, ...]:
        return tuple(credit for credit in self.credits if credit.days_past_due)

    @property
    def owed(self) -> Centavos:
        return total(credit.balance for credit in self.credits)

    @property
    def total(self) -> Centavos | None:
        """What is owed, all of it up to date; None without credits."""
        return self.owed if self.credits else None


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """The open credits on `as_of`, each with its movements since `since`, oldest first."""

    kind: ClassVar = CertificateKind.CREDIT
    year: ClassVar[int | None] = None
    as_of: date
    since: date
    credits: tuple[Credit, ...]
    movements: tuple[tuple[Movement, ...], ...]

    @property
    def total(self) -> Centavos:
        return total(credit.balance for credit in self.credits)


Facts = WithholdingFacts | TaxReturnFacts | MembershipFacts | GoodStandingFacts | CreditFacts


class Refusal(StrEnum):
    """Why a certificate cannot be issued."""

    YEAR_NOT_CLOSED = "year_not_closed"
    ARREARS = "arrears"
    NO_CREDITS = "no_credits"


def refusal(facts: Facts) -> Refusal | None:
    """Why these facts certify nothing; None when they do."""
    match facts:
        case GoodStandingFacts() if facts.overdue:
            return Refusal.ARREARS
        case CreditFacts(credits=()):
            return Refusal.NO_CREDITS
    return None
