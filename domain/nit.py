"""Tax numbers (NIT) and their check digit."""

import re

# From the last digit backwards (DIAN, Orden Administrativa 4 of 1989).
_WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)


def check_digit(nit: str) -> int:
    """The check digit of a NIT of up to 15 digits (DIAN, Orden Administrativa 4 of 1989)."""
    rest = sum(int(d) * w for d, w in zip(reversed(nit), _WEIGHTS, strict=False)) % 11
    return rest if rest < 2 else 11 - rest


def with_check_digit(nit: str) -> str:
    """`900123456` or `900123456-8` as `900.123.456-8`; ValueError for a wrong digit or no NIT."""
    number, _, given = nit.replace(".", "").replace(" ", "").partition("-")
    if not (number.isascii() and number.isdecimal() and 5 <= len(number) <= len(_WEIGHTS)):
        raise ValueError(f"{nit!r} is not a NIT")
    digit = str(check_digit(number))
    if given not in ("", digit):
        raise ValueError(f"the check digit of {nit!r} is {digit}")
    return f"{grouped(number)}-{digit}"


def grouped(digits: str) -> str:
    """Digits in threes from the right, as identity numbers are printed: `41.789.123`."""
    return re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", ".", digits)
