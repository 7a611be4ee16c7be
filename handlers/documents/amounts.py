"""Amounts in words, as they are written on cheques and certificates."""

from num2words import num2words

from domain.money import Centavos
from handlers.kit import texts
from handlers.kit.texts import plain, plural

KEY = "documents.amount"


def in_words(amount: Centavos) -> str:
    """`Un millón doscientos mil pesos m/cte`; ValueError below zero."""
    if amount < 0:
        raise ValueError("only what is not negative is written in words")
    pesos, centavos = divmod(int(amount), 100)
    said = plain(_pesos(pesos), {"number": _number(pesos)})
    if centavos:
        rest = plain(plural(f"{KEY}.centavos", centavos), {"number": _number(centavos)})
        said = plain(f"{KEY}.both", {"pesos": said, "centavos": rest})
    whole = plain(f"{KEY}.currency", {"amount": said})
    return whole[:1].upper() + whole[1:]


def _pesos(pesos: int) -> str:
    """A whole number of millions takes a preposition: `dos millones de pesos`."""
    if pesos and not pesos % 1_000_000:
        return f"{KEY}.pesos.millions"
    return plural(f"{KEY}.pesos", pesos)


def _number(number: int) -> str:
    """The number before a noun: the library writes its last unit as if it stood alone."""
    return " ".join(map(_shortened, str(num2words(number, lang="es")).split()))


def _shortened(word: str) -> str:
    key = f"{KEY}.shortened.{word}"
    return plain(key) if key in texts.catalog() else word
