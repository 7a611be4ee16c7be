"""The copy of a member's data: what travels to a pool process, and how it is put into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.cooperative import Cooperative
from domain.money import Centavos
from handlers.kit.format import SpanishFormatter
from handlers.kit.texts import catalog, plain

KEY = "documents.copy"
_IN_WORDS = {
    "action": "audit_command.action",
    "result": "audit_command.result",
    "document_type": "entry.kind",
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


def in_words(paper: DataPaper, table: str, column: str, value: Any) -> Any:
    """The value; one of our own words in Spanish."""
    if not isinstance(value, str):
        return value
    if table == "mail" and column == "kind":
        short_name = {"short_name": paper.cooperative.short_name}
        return plain(f"mail.{value}.subject", short_name)
    key = f"{_IN_WORDS.get(column, f'{KEY}.value.{column}')}.{value}"
    return plain(key) if key in catalog() else value


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
