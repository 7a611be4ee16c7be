"""The counters where drafts become quotes: one for credits, one for CDATs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Protocol

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.leads.lead import Product
from domain.products.cdat_quotes import CdatQuote, CdatQuotes, CdatRequest
from domain.products.credit_quotes import CreditQuote, CreditQuotes, CreditRequest
from domain.products.lines import CdatLine, CreditLine, Line
from domain.products.ranges import AmountRange, Situation
from domain.products.refusals import Refusal
from handlers.simulation.drafts import Draft


class Counter(Protocol):
    """What the questions need to know; every method may raise a Refusal."""

    product: ClassVar[Product]
    questions: ClassVar[Sequence[str]]

    @property
    def situation(self) -> Situation: ...

    def lines(self) -> Sequence[Line]: ...

    def line(self, line: str) -> Line: ...

    def amounts(self, line: str) -> AmountRange: ...

    def settled(self, draft: Draft) -> Draft:
        """The draft with what can only be one thing filled in, and without what the line does not
        offer."""

    def periods(self, draft: Draft) -> Sequence[Period]: ...

    def by_payment(self, draft: Draft) -> bool:
        """Whether one may ask for what a payment is enough for, instead of an amount."""

    def check(self, draft: Draft) -> None:
        """A Refusal unless the draft, of which everything is known, can be quoted."""


@dataclass(eq=False)
class PaymentTooLow(Refusal):
    """Even the line's smallest amount costs more each time: `least` pesos."""

    payment: Decimal
    least: Decimal


@dataclass(frozen=True, slots=True)
class CreditCounter:
    quotes: CreditQuotes
    situation: Situation
    product: ClassVar[Product] = Product.CREDIT
    questions: ClassVar[Sequence[str]] = ("line", "amount", "period", "term")

    def lines(self) -> Sequence[CreditLine]:
        return self.quotes.products.credits

    def line(self, line: str) -> CreditLine:
        return self.quotes.products.credit(line)

    def amounts(self, line: str) -> AmountRange:
        return self.quotes.amounts(line, self.situation)

    def settled(self, draft: Draft) -> Draft:
        """Without a period or system that the line does not offer; the only ones filled in."""
        draft = _with_only_line(draft, self.lines())
        if draft.line is None:
            return draft
        line = self.line(draft.line)
        draft = _with_system(_with_only_term(draft, line), line.systems)
        return replace(draft, period=_only(draft, line.periods))

    def periods(self, draft: Draft) -> Sequence[Period]:
        return self.line(draft.line or "").periods

    def by_payment(self, draft: Draft) -> bool:
        """Not where the whole principal is paid at the end only."""
        return set(self.line(draft.line or "").systems) != {System.BULLET}

    def check(self, draft: Draft) -> None:
        self.quote(draft)

    def quote(self, draft: Draft) -> CreditQuote:
        """The credit of that draft, or the largest one for its payment."""
        request = _credit_request(draft)
        if draft.payment is None:
            return self.quotes.quote(request, self.situation)
        found = self.quotes.affordable(request, draft.payment, self.situation)
        if found is None:
            least = replace(request, amount=self.amounts(request.line).minimum)
            cheapest = self.quotes.quote(least, self.situation).schedule.first_payment
            raise PaymentTooLow(draft.payment, cheapest)
        return found


@dataclass(frozen=True, slots=True)
class CdatCounter:
    quotes: CdatQuotes
    situation: Situation
    product: ClassVar[Product] = Product.CDAT
    questions: ClassVar[Sequence[str]] = ("line", "amount", "term", "period")

    def lines(self) -> Sequence[CdatLine]:
        return self.quotes.products.cdats

    def line(self, line: str) -> CdatLine:
        return self.quotes.products.cdat(line)

    def amounts(self, line: str) -> AmountRange:
        return self.quotes.amounts(line, self.situation)

    def settled(self, draft: Draft) -> Draft:
        """Without a settlement period that the term does not allow; the only one filled in."""
        draft = _with_only_line(draft, self.lines())
        if draft.line is None:
            return draft
        draft = _with_only_term(draft, self.line(draft.line))
        if draft.term is None:
            return draft
        return replace(draft, period=_only(draft, self.periods(draft)))

    def periods(self, draft: Draft) -> Sequence[Period]:
        """Those of the line that the term is a whole number of."""
        return self.quotes.settlements(draft.line or "", draft.term or 0)

    def by_payment(self, draft: Draft) -> bool:
        """Nothing is paid for a CDAT."""
        return False

    def check(self, draft: Draft) -> None:
        self.quote(draft)

    def quote(self, draft: Draft) -> CdatQuote:
        """The CDAT of that draft."""
        request = CdatRequest(
            draft.line or "",
            draft.amount or Decimal(0),
            draft.term or 0,
            draft.period or Period.AT_MATURITY,
        )
        return self.quotes.quote(request, self.situation)


def _credit_request(draft: Draft) -> CreditRequest:
    return CreditRequest(
        draft.line or "",
        draft.amount or Decimal(0),
        draft.term or 0,
        draft.period or Period.MONTHLY,
        draft.system or System.LEVEL,
    )


def _with_only_line(draft: Draft, lines: Sequence[Line]) -> Draft:
    return replace(draft, line=lines[0].id) if len(lines) == 1 else draft


def _with_only_term(draft: Draft, line: Line) -> Draft:
    """A line of one single term has it."""
    single = line.terms.shortest == line.terms.longest
    return replace(draft, term=line.terms.shortest) if single else draft


def _with_system(draft: Draft, offered: Sequence[System]) -> Draft:
    """One that the line offers; who asks by the payment pays back with each one of them."""
    usable = [s for s in offered if draft.payment is None or s is not System.BULLET]
    if not usable:
        return replace(draft, payment=None, system=offered[0])
    return replace(draft, system=draft.system if draft.system in usable else usable[0])


def _only(draft: Draft, periods: Sequence[Period]) -> Period | None:
    if len(periods) == 1:
        return periods[0]
    return draft.period if draft.period in periods else None
