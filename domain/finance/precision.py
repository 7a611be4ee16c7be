"""Decimal arithmetic that does not depend on the caller's context."""

from collections.abc import Callable
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    DivisionByZero,
    FloatOperation,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import wraps
from typing import ParamSpec, TypeVar

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")

DIGITS = 60
CONTEXT = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-999_999,
    Emax=999_999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow, FloatOperation],
)


def exactly(function: Callable[_Params, _Result]) -> Callable[_Params, _Result]:
    """The same function, computing with 60 digits whatever the ambient decimal context says."""

    @wraps(function)
    def run(*args: _Params.args, **kwargs: _Params.kwargs) -> _Result:
        with localcontext(CONTEXT):
            return function(*args, **kwargs)

    return run
