"""The kinds of values on the form. `read` makes what was typed the text that is kept.

Kept are: words as tidied; a choice's own name; a day as `2026-03-05`; an amount as whole
centavos; a share as hundredths of a percent; a telephone as `+573…`; a municipality as its
DIVIPOLA code.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from domain.access.identity import MalformedDocument, read_document
from domain.members import DocumentType
from domain.nit import check_digit
from domain.profile.reading import Beside, Problem, Unreadable, tidy

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’-])*")
_DAY = re.compile(r"(\d{1,2})[/. -]+(\d{1,2})[/. -]+(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+|\d+")
_LONGEST_EMAIL = 254
_LONGEST_PHONE = 30
_MOST_CENTAVOS = 10**14
_OLDEST_YEARS = 115
WHOLE = 100_00


class Kind(Protocol):
    """A kind of value."""

    def read(self, typed: str, beside: Beside) -> str:
        """The value as it is kept; Unreadable says why it is none."""


@dataclass(frozen=True, slots=True)
class Words:
    """Free text on one line."""

    longest: int = 60
    shortest: int = 2

    def read(self, typed: str, beside: Beside) -> str:
        text = tidy(typed)
        if not text:
            raise Unreadable(Problem.EMPTY)
        if len(text) > self.longest:
            raise Unreadable(Problem.LONG, longest=self.longest)
        if len(text) < self.shortest:
            raise Unreadable(Problem.SHORT, shortest=self.shortest)
        return text


@dataclass(frozen=True, slots=True)
class Name:
    """A person's names or surnames: letters of any alphabet, spaces, points, hyphens."""

    longest: int = 80

    def read(self, typed: str, beside: Beside) -> str:
        text = Words(self.longest).read(typed, beside)
        if not _NAME.fullmatch(text):
            raise Unreadable(Problem.NAME)
        return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few known answers, each with its button; `words` names what they are called."""

    words: str
    options: tuple[str, ...]

    def read(self, typed: str, beside: Beside) -> str:
        if typed not in self.options:
            raise Unreadable(Problem.CHOICE)
        return typed


@dataclass(frozen=True, slots=True)
class Day:
    """A day that has come, written `5/3/1962`, or `1962-03-05`."""

    def read(self, typed: str, beside: Beside) -> str:
        day = _day(tidy(typed))
        if day > beside.today:
            raise Unreadable(Problem.DAY_AHEAD)
        if day.year < beside.today.year - _OLDEST_YEARS:
            raise Unreadable(Problem.DAY_OLD)
        return day.isoformat()


def _day(text: str) -> date:
    found, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = [found[3], found[2], found[1]] if found else list(iso.groups()) if iso else []
    try:
        return date(*map(int, parts))
    except (TypeError, ValueError):
        raise Unreadable(Problem.DAY) from None


@dataclass(frozen=True, slots=True)
class Amount:
    """Pesos, not negative: `2.500.000`, `2'500.000`, `$ 2500000`, `1.200,50`."""

    def read(self, typed: str, beside: Beside) -> str:
        text = tidy(typed).replace("$", "").strip()
        whole, rest = _split(text)
        if not _GROUPED.fullmatch(whole):
            raise Unreadable(Problem.AMOUNT)
        centavos = int(re.sub(r"\D", "", whole)) * 100 + int(f"{rest}00"[:2])
        if centavos > _MOST_CENTAVOS:
            raise Unreadable(Problem.AMOUNT_HUGE)
        return str(centavos)


def _split(text: str) -> tuple[str, str]:
    """Whole pesos and centavos: a mark before one or two last digits is the decimal one."""
    found = re.fullmatch(r"(.*\d)[.,](\d{1,2})", text)
    return (found[1], found[2]) if found else (text, "")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the whole in percent, with at most two decimals: `50`, `33,33 %`."""

    def read(self, typed: str, beside: Beside) -> str:
        found = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?", tidy(typed).rstrip("% "))
        hundredths = int(found[1]) * 100 + int(f"{found[2] or ''}00"[:2]) if found else 0
        if not 0 < hundredths <= WHOLE:
            raise Unreadable(Problem.SHARE)
        return str(hundredths)


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number in Colombia (10 digits since 2021, CRC Res. 5826), or abroad with `+`.

    `mobile`: in Colombia it must begin with 3.
    """

    mobile: bool = False

    def read(self, typed: str, beside: Beside) -> str:
        problem = Problem.MOBILE if self.mobile else Problem.PHONE
        try:
            number = phonenumbers.parse(tidy(typed)[:_LONGEST_PHONE], "CO")
        except phonenumbers.NumberParseException:
            raise Unreadable(problem) from None
        home = number.country_code == 57
        wrong = home and self.mobile and not str(number.national_number).startswith("3")
        if wrong or not phonenumbers.is_valid_number(number):
            raise Unreadable(problem)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True, slots=True)
class Email:
    """An address of correct form; a code sent to it shows whether it is the member's."""

    def read(self, typed: str, beside: Beside) -> str:
        text = tidy(typed)
        if len(text) > _LONGEST_EMAIL:
            raise Unreadable(Problem.EMAIL)
        try:
            return validate_email(text, check_deliverability=False).normalized
        except EmailNotValidError:
            raise Unreadable(Problem.EMAIL) from None


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of DANE's DIVIPOLA, chosen from a list: its code of five digits."""

    def read(self, typed: str, beside: Beside) -> str:
        if not re.fullmatch(r"[0-9]{5}", typed):
            raise Unreadable(Problem.PLACE)
        return typed


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of the document whose type is the value of `of`."""

    of: str = "document_type"

    def read(self, typed: str, beside: Beside) -> str:
        kind = DocumentType(beside.values.get(self.of, DocumentType.CC))
        try:
            return read_document(kind, tidy(typed)).number
        except MalformedDocument:
            raise Unreadable(Problem.DOCUMENT) from None


@dataclass(frozen=True, slots=True)
class Nit:
    """A tax number of nine digits, with or without its check digit."""

    def read(self, typed: str, beside: Beside) -> str:
        found = re.fullmatch(r"(\d{9})(?:-?(\d))?", re.sub(r"[. ]", "", tidy(typed)))
        if not found:
            raise Unreadable(Problem.NIT)
        if found[2] and int(found[2]) != check_digit(found[1]):
            raise Unreadable(Problem.NIT_DIGIT)
        return f"{found[1]}-{check_digit(found[1])}"
