"""Money and rates as exact values."""

from collections.abc import Iterable
from decimal import Decimal


class Centavos(int):
    """An amount in centavos of a Colombian peso (100 = $ 1)."""


class Percent(Decimal):
    """A rate in percent (7.5 = 7,50 %)."""


def total(amounts: Iterable[Centavos]) -> Centavos:
    """The sum of the amounts, in centavos."""
    return Centavos(sum(amounts))
