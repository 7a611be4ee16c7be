"""DANE's list of departments and municipalities, as shipped (docs/profile.md says from where)."""

import csv
from functools import cache
from pathlib import Path

from domain.profile.places import Place, Places

FILE = Path(__file__).parent / "divipola.csv"


@cache
def places() -> Places:
    """All municipalities of the list."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    found = [Place(row["codigo"], row["municipio"], row["departamento"]) for row in rows]
    return Places({place.code: place for place in found})
