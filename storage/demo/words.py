"""The Spanish words and names of the made-up cooperative, from its TOML files."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def catalogue() -> dict[str, Any]:
    """Names, products, credit lines, descriptions of movements."""
    return tomllib.loads((HERE / "catalogo.toml").read_text("utf-8"))


def characters() -> list[dict[str, Any]]:
    """The people of LEEME.md, in its order."""
    content = tomllib.loads((HERE / "personajes.toml").read_text("utf-8"))
    return list(content["personajes"])
