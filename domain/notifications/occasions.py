"""What the office tells members by itself, from the data of the core system.

Each is told once: its key says of what it is, so that loading the same again changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.clock import start_of
from domain.money import Centavos
from domain.notifications.buttons import Opener, Opens
from domain.notifications.categories import Category
from domain.notifications.settings import Occasions

# Of older data it cannot be said that an instalment is still unpaid.
FRESH = timedelta(days=7)
# So long after a payment was booked it is still news.
NEWS = timedelta(days=3)
CERTIFICATES_UNTIL = (4, 30)
BIRTHDAY_LIFE = timedelta(days=3)
DAY = timedelta(days=1)


class Occasion(StrEnum):
    INSTALMENT_DUE = "instalment_due"
    OVERDUE = "overdue"
    CDAT_MATURING = "cdat_maturing"
    PAYMENT_RECEIVED = "payment_received"
    NEW_CERTIFICATE = "new_certificate"
    BIRTHDAY = "birthday"
    STALE_DATA = "stale_data"


CATEGORIES: Mapping[Occasion, Category] = {
    Occasion.INSTALMENT_DUE: Category.REMINDER,
    Occasion.OVERDUE: Category.ARREARS,
    Occasion.CDAT_MATURING: Category.CONTRACT,
    Occasion.PAYMENT_RECEIVED: Category.OPERATION,
    Occasion.NEW_CERTIFICATE: Category.DOCUMENT,
    Occasion.BIRTHDAY: Category.COMMUNITY,
    Occasion.STALE_DATA: Category.CONTRACT,
}
BUTTONS: Mapping[Occasion, tuple[Opener, ...]] = {
    Occasion.INSTALMENT_DUE: (Opener(Opens.CREDITS),),
    Occasion.OVERDUE: (Opener(Opens.CREDITS),),
    Occasion.CDAT_MATURING: (Opener(Opens.CDAT_SIMULATION), Opener(Opens.SAVINGS)),
    Occasion.PAYMENT_RECEIVED: (Opener(Opens.CREDITS),),
    Occasion.NEW_CERTIFICATE: (Opener(Opens.CERTIFICATES),),
    Occasion.BIRTHDAY: (),
    Occasion.STALE_DATA: (Opener(Opens.PROFILE),),
}


@dataclass(frozen=True, slots=True)
class Credit:
    """An open credit; `as_of` is the day that the data speak of."""

    number: str
    line: str
    next_due_on: date | None
    instalment: Centavos
    days_past_due: int
    as_of: date


@dataclass(frozen=True, slots=True)
class Cdat:
    number: str
    name: str
    matures_on: date


@dataclass(frozen=True, slots=True)
class Payment:
    """A booked payment of a credit, as a positive amount."""

    credit_number: str
    line: str
    reference: str
    booked_on: date
    amount: Centavos


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """`data_from`: since when nobody confirmed the member's data, if that may be asked for.
    `certificate_year`: the newest year for which they may have a certificate."""

    number: str
    first_names: str
    birth_date: date
    credits: Sequence[Credit] = ()
    cdats: Sequence[Cdat] = ()
    payments: Sequence[Payment] = ()
    data_from: date | None = None
    certificate_year: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell. `lines`: products it is about, each with its own values."""

    occasion: Occasion
    key: str
    member_number: str
    params: Mapping[str, object] = field(default_factory=dict)
    lines: Sequence[Mapping[str, object]] = ()
    expires_at: datetime | None = None

    @property
    def category(self) -> Category:
        return CATEGORIES[self.occasion]


def events_of(facts: MemberFacts, today: date, settings: Occasions) -> Iterator[Event]:
    """All that there is to tell the member today, as far as the cooperative wants it told."""
    yield from _instalments_due(facts, today, settings.instalment_due)
    if settings.overdue:
        yield from _overdue(facts, today)
    for cdat in facts.cdats:
        yield from _maturing(facts, cdat, today, settings.cdat_maturing)
    if settings.payment_received:
        yield from (_payment(facts, p) for p in facts.payments if p.booked_on >= today - NEWS)
    if settings.new_certificate:
        yield from _certificate(facts, today)
    if settings.birthday and _is_birthday(facts.birth_date, today):
        yield _birthday(facts, today)
    if settings.stale_data:
        yield from _stale(facts, today)


def _instalments_due(facts: MemberFacts, today: date, days: Sequence[int]) -> Iterator[Event]:
    """One for all credits that are due on a day, when that day comes near."""
    for due, credits in _by_due_date(facts.credits, today).items():
        threshold = _reached((due - today).days, days)
        if threshold is None:
            continue
        yield Event(
            Occasion.INSTALMENT_DUE,
            f"instalment-due:{facts.number}:{due}:{threshold}",
            facts.number,
            {"due": due},
            [{"line": c.line, "number": c.number, "instalment": c.instalment} for c in credits],
            expires_at=start_of(due + DAY),
        )


def _overdue(facts: MemberFacts, today: date) -> Iterator[Event]:
    """Once for each instalment that was missed; it names no amount."""
    late = [c for c in facts.credits if c.days_past_due > 0 and today - c.as_of <= FRESH]
    missed = sorted({c.next_due_on for c in late if c.next_due_on and c.next_due_on < today})
    if not missed:
        return
    lines = [{"line": c.line, "number": c.number} for c in late]
    key = f"overdue:{facts.number}:{missed[-1]}"
    yield Event(Occasion.OVERDUE, key, facts.number, lines=lines)


def _maturing(facts: MemberFacts, cdat: Cdat, today: date, days: Sequence[int]) -> Iterator[Event]:
    threshold = _reached((cdat.matures_on - today).days, days)
    if threshold is not None:
        yield Event(
            Occasion.CDAT_MATURING,
            f"cdat-maturing:{cdat.number}:{cdat.matures_on}:{threshold}",
            facts.number,
            {"name": cdat.name, "number": cdat.number, "matures_on": cdat.matures_on},
            expires_at=start_of(cdat.matures_on + DAY),
        )


def _payment(facts: MemberFacts, payment: Payment) -> Event:
    return Event(
        Occasion.PAYMENT_RECEIVED,
        f"payment:{payment.credit_number}:{payment.reference}",
        facts.number,
        {
            "line": payment.line,
            "number": payment.credit_number,
            "amount": payment.amount,
            "day": payment.booked_on,
        },
    )


def _certificate(facts: MemberFacts, today: date) -> Iterator[Event]:
    """While one needs it: until the end of April of the year after."""
    year = facts.certificate_year
    if year is not None and today <= date(year + 1, *CERTIFICATES_UNTIL):
        key = f"certificate:{facts.number}:{year}"
        yield Event(Occasion.NEW_CERTIFICATE, key, facts.number, {"year": year})


def _birthday(facts: MemberFacts, today: date) -> Event:
    return Event(
        Occasion.BIRTHDAY,
        f"birthday:{facts.number}:{today.year}",
        facts.number,
        {"name": facts.first_names},
        expires_at=start_of(today + BIRTHDAY_LIFE),
    )


def _stale(facts: MemberFacts, today: date) -> Iterator[Event]:
    """Once a year, for as long as nobody confirms the data."""
    if facts.data_from is None:
        return
    years = (today - facts.data_from).days // 365
    if years >= 1:
        key = f"stale-data:{facts.number}:{facts.data_from}:{years}"
        yield Event(Occasion.STALE_DATA, key, facts.number)


def _by_due_date(credits: Iterable[Credit], today: date) -> dict[date, list[Credit]]:
    dated: dict[date, list[Credit]] = {}
    for credit in credits:
        if credit.next_due_on is not None and today - credit.as_of <= FRESH:
            dated.setdefault(credit.next_due_on, []).append(credit)
    return dated


def _reached(days_left: int, days: Sequence[int]) -> int | None:
    """The nearest of the days before that has come; None before the first and after the date."""
    reached = [each for each in days if 0 <= days_left <= each]
    return min(reached, default=None)


def _is_birthday(born: date, today: date) -> bool:
    """Who was born on 29 February has it on the 28th of other years."""
    leap_day = (born.month, born.day) == (2, 29) and not _is_leap(today.year)
    return (today.month, today.day) == ((2, 28) if leap_day else (born.month, born.day))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
