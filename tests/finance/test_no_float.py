"""Money never passes through a binary fraction."""

import ast
from decimal import Decimal, FloatOperation
from pathlib import Path

import pytest

from domain.finance.precision import exactly

DOMAIN = Path(__file__).parents[2] / "domain"
FILES = sorted(DOMAIN.rglob("*.py"))
INEXACT_MODULES = {"math", "cmath", "statistics", "random", "numpy", "time"}
INEXACT_NAMES = {"float", "complex", "round"}
INEXACT_METHODS = {"total_seconds", "timestamp"}


def floats_in(tree: ast.AST) -> list[str]:
    """Float literals, names that make or mean floats, and modules that compute with them."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                found.append(f"{node.lineno}: {node.value}")
            case ast.Name(id=name) if name in INEXACT_NAMES:
                found.append(f"{node.lineno}: {name}")
            case ast.Attribute(attr=name) if name in INEXACT_METHODS:
                found.append(f"{node.lineno}: {name}")
            case ast.Import(names=names):
                found += [n.name for n in names if n.name.split(".")[0] in INEXACT_MODULES]
            case ast.ImportFrom(module=module) if str(module).split(".")[0] in INEXACT_MODULES:
                found.append(str(module))
            case ast.BinOp(op=ast.Div(), left=ast.Constant(), right=ast.Constant()):
                found.append(f"{node.lineno}: a quotient of two numbers")
    return found


@pytest.mark.parametrize("file", FILES, ids=[str(f.relative_to(DOMAIN)) for f in FILES])
def test_no_float_in_the_domain(file):
    assert floats_in(ast.parse(file.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 0.5",
        "x = float(y)",
        "import math",
        "from math import pow",
        "x = 1 / 3",
        "x.timestamp()",
    ],
)
def test_a_float_would_be_found(source):
    assert floats_in(ast.parse(source))


def test_a_float_that_arrives_is_refused():
    @exactly
    def doubled(amount):
        return Decimal(amount) * 2

    assert doubled("0.1") == Decimal("0.2")
    with pytest.raises(FloatOperation):
        doubled(0.1)
