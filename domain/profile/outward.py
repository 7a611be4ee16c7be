"""Approved values as the core system reads them."""

import json
from decimal import Decimal

from domain.profile.form import Field
from domain.profile.kinds import Amount, Share
from domain.profile.sections import SECTIONS


def outward(field: str, value: str | None) -> str:
    """Amounts in pesos `2500000.00`, shares in percent `33.33`; the rest as it is kept.

    A repeating section is a JSON list of its entries. Empty: the value was removed.
    """
    if value is None:
        return ""
    section = SECTIONS[field.partition(".")[0]]
    if not section.repeats:
        return _one(section.field(field.partition(".")[2]), value)
    entries = [
        {name: _one(section.field(name), kept) for name, kept in entry.items()}
        for entry in json.loads(value)
    ]
    return json.dumps(entries, ensure_ascii=False)


def _one(field: Field, value: str) -> str:
    """Hundredths become a decimal number."""
    if isinstance(field.kind, Amount | Share):
        return f"{Decimal(value) / 100:.2f}"
    return value
