"""A line's limits of amount, made pesos for one person and day."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from domain.finance.precision import exactly
from domain.finance.rounding import PESO
from domain.products.lines import Line
from domain.products.ranges import AmountRange, Limit, Measure, Situation
from domain.products.tables import Tables


@exactly
def amount_range(line: Line, tables: Tables, situation: Situation) -> AmountRange:
    """The smallest and largest amount that the line allows; every limit of it applies.

    MissingFigure when a limit is in minimum wages and the year's wage is not in the tables.
    """
    least = _known(line.minimum, tables, situation)
    most = _known(line.maximum, tables, situation)
    minimum = max((pesos for pesos, _ in least), default=PESO)
    maximum, binding = min(most, key=lambda row: row[0], default=(None, None))
    return AmountRange(
        minimum.to_integral_value(ROUND_CEILING),
        None if maximum is None else maximum.to_integral_value(ROUND_FLOOR),
        binding,
        _unknown(line.limits, situation),
    )


def _known(
    limits: Sequence[Limit], tables: Tables, situation: Situation
) -> list[tuple[Decimal, Limit]]:
    missing = _unknown(limits, situation)
    return [(_pesos(li, tables, situation), li) for li in limits if li not in missing]


def _unknown(limits: Sequence[Limit], situation: Situation) -> tuple[Limit, ...]:
    if situation.contributions is not None:
        return ()
    return tuple(limit for limit in limits if limit.measure is Measure.CONTRIBUTIONS)


def _pesos(limit: Limit, tables: Tables, situation: Situation) -> Decimal:
    match limit.measure:
        case Measure.PESOS:
            return limit.value
        case Measure.MINIMUM_WAGES:
            return limit.value * tables.minimum_wage_of(situation.day)
        case Measure.CONTRIBUTIONS:
            return limit.value * (situation.contributions or Decimal(0))
