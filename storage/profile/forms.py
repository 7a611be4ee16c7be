"""Entries and changes as JSON text."""

import json

from domain.profile.changes import Change
from domain.profile.records import Entries


def packed(entries: Entries) -> str:
    """Entries as they are kept."""
    return json.dumps([dict(entry) for entry in entries], ensure_ascii=False)


def unpacked(text: str) -> Entries:
    """Entries as they were kept."""
    loaded: list[dict[str, str]] = json.loads(text)
    return tuple(loaded)


def change_of(section: str, before: str, after: str) -> Change:
    """A change as it was kept."""
    return Change(section, unpacked(before), unpacked(after))
