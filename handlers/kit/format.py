"""Values as Colombians write them (Babel, es_CO)."""

import re
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import parse_pattern

from domain.clock import BOGOTA
from domain.money import Centavos, Percent

LOCALE = Locale.parse("es_CO")
# The point of an abbreviation ends its sentence too.
_POINTS = re.compile(r"(?<=[ap]\.\sm\.)\.(?!\.)")
_PESOS, _CENTAVOS, _PERCENT = map(parse_pattern, ("#,##0", "#,##0.00", "#,##0.00##"))


def money(amount: Centavos) -> str:
    """`$ 1.234.567`; centavos only where there are any: `$ 1.234.567,89`."""
    pattern = _CENTAVOS if amount % 100 else _PESOS
    pesos = pattern.apply(abs(Decimal(amount)) / 100, LOCALE)
    return f"{'-' if amount < 0 else ''}$\N{NO-BREAK SPACE}{pesos}"


def percent(rate: Decimal) -> str:
    """`7,50 %`, with up to four decimals."""
    return f"{_PERCENT.apply(rate, LOCALE)}\N{NO-BREAK SPACE}%"


def day(value: date, style: str = "") -> str:
    """`5 de marzo de 2026`; short `5 mar 2026`, digits `05/03/2026`, month `marzo de 2026`."""
    patterns = {"short": "d MMM y", "digits": "dd/MM/y", "month": "MMMM 'de' y"}
    return format_date(value, patterns.get(style, "d 'de' MMMM 'de' y"), locale=LOCALE)


def moment(value: datetime, style: str = "") -> str:
    """In Bogotá: `5 de marzo de 2026 a las 3:04 p. m.`, date `5 de marzo de 2026`.

    Short `5 mar 2026, 3:04 p. m.`
    """
    local = value.astimezone(BOGOTA)
    patterns = {"short": "d MMM y, h:mm a", "date": "d 'de' MMMM 'de' y"}
    pattern = patterns.get(style, "d 'de' MMMM 'de' y 'a las' h:mm a")
    return format_datetime(local, pattern, locale=LOCALE)


class SpanishFormatter(Formatter):
    """`str.format` that knows money, rates, dates and instants."""

    def vformat(self, format_string: str, args: Any, kwargs: Any) -> str:
        return _POINTS.sub("", super().vformat(format_string, args, kwargs))

    def format_field(self, value: Any, format_spec: str) -> str:
        """The value as text; a spec after the colon picks a style of `day` or `moment`."""
        match value:
            case Centavos():
                return money(value)
            case Percent():
                return percent(value)
            case datetime():
                return moment(value, format_spec)
            case date():
                return day(value, format_spec)
        return str(super().format_field(value, format_spec))
