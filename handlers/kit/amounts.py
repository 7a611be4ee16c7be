"""An amount of money as people type it: `5.000.000`, `5 millones`, `5m`, `quinientos mil`."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from handlers.kit.spelled import MILLION, THOUSAND, Reader, Term, Unreadable, vocabulary

_LONGEST = 160
_MOST = Decimal(10) ** 15
_TOKENS = re.compile(r"\d(?:[\d.,'\s]*\d)?|[a-z][a-z/]*|\S")
_NO_CENTAVOS = re.compile(r"[.,]oo\b")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "$": " "})


class Unclear(StrEnum):
    """Why an amount was not understood."""

    NOT_AN_AMOUNT = "not_an_amount"
    AMBIGUOUS = "ambiguous"
    CENTAVOS = "centavos"


class UnclearAmount(ValueError):
    """No amount of whole pesos was typed, or one that may be any of `candidates`, in pesos."""

    def __init__(self, reason: Unclear, *candidates: Decimal) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.candidates = candidates


def parse_amount(typed: str) -> Decimal:
    """The whole pesos that somebody typed; UnclearAmount when they are none, or may be several.

    Less than a thousand is taken for thousands or millions left unsaid, and asked about.
    """
    terms = _terms(typed)
    if alternatives := _alternatives(terms):
        raise UnclearAmount(Unclear.AMBIGUOUS, *alternatives)
    pesos = sum((term.pesos for term in terms), Decimal(0))
    if not 0 < pesos <= _MOST:
        raise UnclearAmount(Unclear.NOT_AN_AMOUNT)
    if pesos % 1:
        raise UnclearAmount(Unclear.CENTAVOS, pesos // 1)
    return pesos // 1


def _terms(typed: str) -> list[Term]:
    """What was typed as numbers and units, the largest unit first."""
    try:
        terms = Reader(_tokens(typed)).terms()
    except Unreadable as error:
        raise UnclearAmount(Unclear.NOT_AN_AMOUNT) from error
    if not terms or any(one.unit <= two.unit for one, two in pairwise(terms)):
        raise UnclearAmount(Unclear.NOT_AN_AMOUNT)
    return terms


def _tokens(typed: str) -> list[str]:
    """Numbers and words without accents, capitals, currency and politeness."""
    if len(typed) > _LONGEST:
        return []
    bare = unicodedata.normalize("NFKD", typed.casefold().translate(_SIGNS))
    letters = "".join(c for c in bare if not _is_ornament(c)).strip(" .,!?=/")
    found = _TOKENS.findall(_NO_CENTAVOS.sub("", letters))
    return [token for token in found if token not in vocabulary().silent]


def _is_ornament(sign: str) -> bool:
    """Accents, and the signs that open a Spanish question."""
    return unicodedata.combining(sign) > 0 or (
        not sign.isascii() and unicodedata.category(sign) == "Po"
    )


def _alternatives(terms: Sequence[Term]) -> tuple[Decimal, ...]:
    """What else the last number may mean; nothing when it is clear.

    `5` and `5,5` alone, `200` after millions, and `5.500` before a unit are not.
    """
    last, before = terms[-1], sum((term.pesos for term in terms[:-1]), Decimal(0))
    if last.single_group and last.unit > 1:
        return before + last.pesos / 1000, before + last.pesos
    if last.unit > 1 or last.value >= 1000 or not last.value:
        return ()
    if not before:
        return last.value * THOUSAND, last.value * MILLION
    if terms[-2].unit >= MILLION:
        return before + last.value * THOUSAND, before + last.value
    return ()
