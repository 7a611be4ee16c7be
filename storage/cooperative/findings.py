"""Pydantic's findings as problems of the file."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from storage.cooperative.model import PATH
from storage.cooperative.problems import Fault, Problem

_FAULTS = {
    "missing": Fault.MISSING,
    "extra_forbidden": Fault.UNKNOWN,
    "string_type": Fault.TEXT,
    "string_too_short": Fault.TEXT,
    "string_too_long": Fault.TOO_LONG,
    "string_pattern_mismatch": Fault.SPELLING,
    "decimal_type": Fault.NUMBER,
    "decimal_parsing": Fault.NUMBER,
    "finite_number": Fault.NUMBER,
    "int_type": Fault.WHOLE,
    "greater_than": Fault.ABOVE,
    "greater_than_equal": Fault.AT_LEAST,
    "less_than_equal": Fault.AT_MOST,
    "bool_type": Fault.YES_OR_NO,
    "date_type": Fault.DATE,
    "date_from_datetime_parsing": Fault.DATE,
    "date_from_datetime_inexact": Fault.DATE,
    "tuple_type": Fault.LIST,
    "too_short": Fault.EMPTY_LIST,
    "too_long": Fault.PAIR,
    "dict_type": Fault.TABLE,
    "model_type": Fault.TABLE,
    "enum": Fault.NOT_LISTED,
}
_LIMITS = ("gt", "ge", "le", "max_length")
_EXAMPLES = {r"^\d{4}$": "2026", r"^\d{4}-(0[1-9]|1[0-2])$": "2026-11"}
_EXAMPLE_ID = "libre-inversion"
_KEY = "[key]"


def problems_of(error: ValidationError) -> Iterator[Problem]:
    """One problem per finding; a list is not called empty when its items are at fault."""
    found = error.errors(include_url=False, include_input=False)
    paths = [row["loc"] for row in found]
    for row in found:
        shadowed = any(p[: len(row["loc"])] == row["loc"] and p != row["loc"] for p in paths)
        if row["type"] != "too_short" or not shadowed:
            yield _problem(row)


def _problem(row: ErrorDetails) -> Problem:
    context = row.get("ctx", {})
    path = (*(part for part in row["loc"] if part != _KEY), *context.get(PATH, ()))
    return Problem(_fault(row["type"], path), path, _details(context, row["msg"]))


def _fault(kind: str, path: tuple[str | int, ...]) -> Fault:
    if kind == "missing" and isinstance(path[-1], int):
        return Fault.PAIR
    if kind in _FAULTS:
        return _FAULTS[kind]
    return Fault(kind) if kind in set(Fault) else Fault.UNUSABLE


def _details(context: dict[str, Any], message: str) -> dict[str, Any]:
    if "pattern" in context:
        return {"detail": _EXAMPLES.get(context["pattern"], _EXAMPLE_ID)}
    if "expected" in context:
        return {"detail": context["expected"].replace("'", "").replace(" or ", ", ")}
    limits = [context[name] for name in _LIMITS if name in context]
    return {"detail": context.get("detail", limits[0] if limits else message)}
