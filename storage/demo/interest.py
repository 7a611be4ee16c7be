"""Interest in exact decimals: periodic rates, level instalments."""

from decimal import ROUND_HALF_UP, Decimal

DAYS_OF_YEAR = 360
PESO = 100


def rounded(centavos: Decimal, to: int = 1) -> int:
    """The nearest whole multiple of `to` centavos, halves up."""
    return int((centavos / to).quantize(Decimal(1), ROUND_HALF_UP)) * to


def yield_of(principal: int, percent: Decimal, days: int) -> int:
    """What a principal in centavos earns in those days at an effective annual rate."""
    growth = (1 + percent / 100) ** (Decimal(days) / DAYS_OF_YEAR)
    return rounded(principal * (growth - 1))


def level_instalment(principal: int, percent: Decimal, count: int) -> int:
    """The equal instalment, in whole pesos, of a credit at a monthly rate."""
    rate = percent / 100
    return rounded(principal * rate / (1 - (1 + rate) ** -count), PESO)


def principal_parts(principal: int, percent: Decimal, count: int) -> list[int]:
    """How much each instalment takes off the balance; together they are the principal."""
    instalment, balance, parts = level_instalment(principal, percent, count), principal, []
    for _ in range(count - 1):
        parts.append(instalment - rounded(balance * percent / 100, PESO))
        balance -= parts[-1]
    return [*parts, balance]
