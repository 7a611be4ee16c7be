"""Names for what travels as JSON."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def without_nothing(**fields: Any) -> Json:
    """An object without its empty fields: Telegram sends neither nulls nor defaults."""
    return {name: value for name, value in fields.items() if value}
