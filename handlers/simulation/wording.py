"""How terms, periods, rates and limits are said in plain words."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from domain.finance.cdats import DayBase
from domain.finance.rates import Rate
from domain.finance.rounding import centavos
from domain.leads.lead import Product
from domain.money import Centavos, Percent
from domain.products.ranges import AmountRange, Limit, Measure, Situation, TermRange
from handlers.kit.screen import Phrase
from handlers.kit.texts import plural

_MONTHS, _DAYS = 12, 30


def pesos(amount: Decimal) -> Centavos:
    """An amount of pesos as the screens format it."""
    return centavos(amount)


def shown(percent: Percent, decimals: int = 2) -> Percent:
    """A rate with that many decimals, half up; a calculated one has fifty."""
    return Percent(percent.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def term_phrase(product: Product, term: int) -> Phrase:
    """`18 meses`, `24 meses (2 años)`; `100 días`, `90 días (3 meses)`, `360 días (1 año)`."""
    if product is Product.CREDIT:
        return _months(term)
    if term % DayBase.COMMERCIAL == 0:
        return _days(term, "years", term // DayBase.COMMERCIAL)
    if term % _DAYS == 0:
        return _days(term, "months", term // _DAYS)
    return Phrase(plural("simulation.days.bare", term), {"days": term})


def _months(term: int) -> Phrase:
    years, rest = divmod(term, _MONTHS)
    if rest:
        return Phrase(plural("simulation.months.bare", term), {"months": term})
    return Phrase(plural("simulation.months.years", years), {"months": term, "years": years})


def _days(term: int, unit: str, count: int) -> Phrase:
    return Phrase(plural(f"simulation.days.{unit}", count), {"days": term, "count": count})


def rate_phrase(rate: Rate) -> Phrase:
    """The rate and how it is quoted."""
    return Phrase(f"simulation.rate.{rate.kind}", {"percent": rate.percent})


def range_phrase(allowed: AmountRange) -> Phrase:
    """`Entre … y …`, with the reason of the upper limit."""
    if allowed.maximum is None:
        return Phrase("simulation.range.from", {"least": pesos(allowed.minimum)})
    params = {"least": pesos(allowed.minimum), "most": pesos(allowed.maximum)}
    if allowed.binding is None or allowed.binding.measure is Measure.PESOS:
        return Phrase("simulation.range.between", params)
    return Phrase("simulation.range.because", params | {"limit": limit_phrase(allowed.binding)})


def limit_phrase(limit: Limit) -> Phrase:
    """`50 salarios mínimos`, `3 veces sus aportes`, `el 95 % de sus aportes`."""
    if limit.measure is Measure.MINIMUM_WAGES:
        return Phrase("simulation.limit.wages", {"count": _number(limit.value)})
    if limit.value < 1:
        return Phrase("simulation.limit.share", {"percent": _number(limit.value * 100)})
    return Phrase("simulation.limit.times", {"count": _number(limit.value)})


def unknown_phrases(allowed: AmountRange) -> Sequence[Phrase]:
    """What a visitor is told about limits that depend on contributions."""
    told = (limit_phrase(limit) for limit in allowed.unknown)
    return [Phrase("simulation.range.unknown", {"limit": limit}) for limit in told]


def terms_phrase(product: Product, allowed: TermRange) -> Phrase:
    """`De 3 meses a 72 meses (6 años)`."""
    ends = (allowed.shortest, allowed.longest)
    shortest, longest = (term_phrase(product, term) for term in ends)
    return Phrase("simulation.terms", {"shortest": shortest, "longest": longest})


def dated(situation: Situation, since: object) -> Phrase:
    """The day of the simulation and since when its rate holds."""
    return Phrase("simulation.dated", {"day": situation.day, "since": since})


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
