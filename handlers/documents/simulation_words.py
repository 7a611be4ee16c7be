"""Terms, rates and dates of simulations, as they stand on a paper."""

from decimal import ROUND_HALF_UP, Decimal

from domain.finance.rates import Rate
from domain.money import Percent
from domain.products.ranges import Situation, Validity
from handlers.kit.format import percent
from handlers.kit.texts import plain, plural

KEY = "documents.simulation"
_CENT, _FINE = Decimal("0.01"), Decimal("0.0001")


def term(count: int, unit: str) -> str:
    """`24 meses`, `90 días`."""
    return plain(plural(f"{KEY}.{unit}", count), {"count": count})


def quoted(rate: Rate) -> str:
    """The rate as it is quoted: `1,45 % M.V.`."""
    return plain(f"{KEY}.rate.{rate.kind}", {"percent": rate.percent})


def annual(rate: Percent) -> str:
    """An effective annual rate with two decimals, half up."""
    return plain(f"{KEY}.annual", {"percent": percent(rate.quantize(_CENT, ROUND_HALF_UP))})


def periodic(rate: Percent) -> str:
    """The rate of one payment, with four decimals, half up."""
    return percent(rate.quantize(_FINE, ROUND_HALF_UP))


def dated(situation: Situation, validity: Validity) -> str:
    """The day of the simulation, and since when its rate holds."""
    return plain(f"{KEY}.dated", {"day": situation.day, "since": validity.since})


def chart_notes(situation: Situation, validity: Validity) -> tuple[str, str]:
    """The same in two lines, as a picture has room for them."""
    made = plain(f"{KEY}.chart.nature", {"day": situation.day})
    return made, plain(f"{KEY}.chart.since", {"since": validity.since})


def short_pesos(amount: Decimal) -> str:
    """An amount as the axis of a picture has room for it: `$ 1,5 M`, `$ 250 mil`."""
    million, thousand = Decimal(1_000_000), Decimal(1_000)
    if abs(amount) >= million:
        return plain(f"{KEY}.million", {"count": _short(amount / million)})
    if abs(amount) >= thousand:
        return plain(f"{KEY}.thousand", {"count": _short(amount / thousand)})
    return plain(f"{KEY}.pesos", {"count": _short(amount)})


def _short(value: Decimal) -> str:
    """At most two decimals, and no zeros at the end."""
    return f"{value.quantize(_CENT).normalize():f}".replace(".", ",")
