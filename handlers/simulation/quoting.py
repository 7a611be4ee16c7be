"""Quotes, the newest of them remembered: a screen follows the answer that already checked it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from domain.products.cdat_quotes import CdatQuote, CdatQuotes, CdatRequest
from domain.products.credit_quotes import CreditQuote, CreditQuotes, CreditRequest
from domain.products.lines import Products
from domain.products.ranges import Situation

# A quote of ten years is some hundred kilobytes.
NEWEST = 64


@dataclass(frozen=True, slots=True)
class Quoting:
    """The cooperative's quotes; each function is one of `credits` and `cdats`, and raises its
    Refusals. Refusals are not remembered."""

    credits: CreditQuotes
    cdats: CdatQuotes
    credit: Callable[[CreditRequest, Situation], CreditQuote]
    affordable: Callable[[CreditRequest, Decimal, Situation], CreditQuote | None]
    cdat: Callable[[CdatRequest, Situation], CdatQuote]


def quoting(products: Products) -> Quoting:
    """Quotes of these products; made once, for all chats."""
    credits_, cdats, remembering = CreditQuotes(products), CdatQuotes(products), lru_cache(NEWEST)
    return Quoting(
        credits_,
        cdats,
        remembering(credits_.quote),
        remembering(credits_.affordable),
        remembering(cdats.quote),
    )
