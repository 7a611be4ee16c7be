"""Answers about a member's data, as they stand in a copy of it."""

import json

from domain.profile.form import Values
from domain.profile.kinds import Choice
from domain.profile.sections import SECTIONS
from handlers.kit.texts import plain


def field_said(field: str) -> str:
    """`personal.address` as "Dirección"; a repeating section by its name."""
    section, _, name = field.partition(".")
    return plain(f"profile.label.{section}.{name}") if name else section_said(section)


def section_said(section: str) -> str:
    return plain(f"profile.section_name.{section}")


def value_said(field: str, value: str) -> str:
    """The answer of that field; entries of a repeating section one after the other."""
    section, _, name = field.partition(".")
    return _answer(section, name, value) if name else entries_said(section, value)


def entries_said(section: str, kept: str) -> str:
    """The entries of a section, kept as a JSON list."""
    return " / ".join(_entry(section, entry) for entry in json.loads(kept))


def draft_said(kept: str) -> str:
    """The sections of a draft with what was answered."""
    entries = json.loads(kept)["entries"]
    return " | ".join(
        f"{section_said(name)}: {' / '.join(_entry(name, each) for each in every)}"
        for name, every in entries.items()
    )


def _entry(section: str, entry: Values) -> str:
    return "; ".join(
        f"{plain(f'profile.label.{section}.{name}')}: {_answer(section, name, value)}"
        for name, value in entry.items()
    )


def _answer(section: str, name: str, value: str) -> str:
    kind = SECTIONS[section].field(name).kind
    return plain(f"profile.option.{kind.words}.{value}") if isinstance(kind, Choice) else value
