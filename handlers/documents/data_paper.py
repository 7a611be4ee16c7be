"""The copy of a member's data: what travels to a pool process, and how it is put into words."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.cooperative import Cooperative
from domain.money import Centavos
from handlers.documents.data_profile import (
    draft_said,
    entries_said,
    field_said,
    section_said,
    value_said,
)
from handlers.kit.format import SpanishFormatter
from handlers.kit.texts import catalog, plain

KEY = "documents.copy"
_IN_WORDS = {
    "action": "audit_command.action",
    "result": "audit_command.result",
    "document_type": "entry.kind",
    "hours": "notification.hours",
}


@dataclass(frozen=True, slots=True)
class DataPaper:
    """`sections`: rows by table, as the database gives them; `at` is aware (UTC)."""

    cooperative: Cooperative
    at: datetime
    sections: Mapping[str, Sequence[Mapping[str, Any]]]


def title_of(table: str) -> str:
    """The section's heading."""
    return plain(f"{KEY}.section.{table}")


def label_of(column: str) -> str:
    """The column's heading."""
    return plain(f"{KEY}.column.{column}")


def in_words(paper: DataPaper, table: str, column: str, row: Mapping[str, Any]) -> Any:
    """The row's value in that column; one of our own words in Spanish."""
    value = row[column]
    if not isinstance(value, str):
        return value
    if (table, column) in _ANSWERS:
        return _ANSWERS[table, column](row, value)
    if table == "mail" and column == "kind":
        short_name = {"short_name": paper.cooperative.short_name}
        return plain(f"mail.{value}.subject", short_name)
    key = f"{_IN_WORDS.get(column, f'{KEY}.value.{column}')}.{value}"
    return plain(key) if key in catalog() else value


# What was answered about a member's data is worded by the form's own texts.
_ANSWERS: Mapping[tuple[str, str], Callable[[Mapping[str, Any], str], str]] = {
    ("profile_value", "field"): lambda _, value: field_said(value),
    ("profile_value", "value"): lambda row, value: value_said(row["field"], value),
    ("profile_confirmation", "section"): lambda _, value: section_said(value),
    ("profile_draft", "content"): lambda _, value: draft_said(value),
    ("profile_section", "section"): lambda _, value: section_said(value),
    ("profile_section", "before"): lambda row, value: entries_said(row["section"], value),
    ("profile_section", "after"): lambda row, value: entries_said(row["section"], value),
    ("profile_update", "field"): lambda _, value: field_said(value),
    ("profile_update", "value"): lambda row, value: value_said(row["field"], value),
    ("notification_preference", "choices"): lambda _, value: _choices_said(value),
}


def _choices_said(choices: str) -> str:
    said = {True: plain(f"{KEY}.yes"), False: plain(f"{KEY}.no")}
    chosen: Mapping[str, bool] = json.loads(choices)
    return ", ".join(
        f"{plain(f'{KEY}.value.category.{name}')}: {said[wanted]}"
        for name, wanted in chosen.items()
    )


def readable(value: Any) -> str:
    """The value as Colombians write it; a dash when there is none."""
    match value:
        case None:
            return plain("documents.none")
        case bool():
            return plain(f"{KEY}.{'yes' if value else 'no'}")
        case datetime():
            return SpanishFormatter().format_field(value, "short")
        case date():
            return SpanishFormatter().format_field(value, "digits")
    return SpanishFormatter().format_field(value, "")


def storable(value: Any) -> Any:
    """The value for a machine: ISO 8601 (UTC), pesos with two decimals, a percentage."""
    match value:
        case Centavos():
            return f"{Decimal(value) / 100:.2f}"
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value
