"""Approved values become the member's data, and the core system's next update."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.profile.changes import Change
from domain.profile.requests import Request
from domain.profile.sections import SECTIONS
from domain.profile.telling import Messenger

# What the core system also loads: an approval changes it there too, and holds it.
OF_THE_CORE: Mapping[str, str] = {
    "personal.email": "email",
    "personal.mobile": "mobile",
    "personal.first_names": "first_names",
    "personal.surnames": "surnames",
    "personal.municipality": "municipality",
}
_CONTACTS = frozenset({"personal.email", "personal.mobile"})


@dataclass(frozen=True, slots=True)
class NewValue:
    """`field`: `section.field`, or a repeating section, whose value is a list. None: emptied."""

    field: str
    value: str | None


class DataOfRecord(Protocol):
    async def email_of(self, member_id: int) -> str | None: ...

    async def set(self, request: Request, new: NewValue, at: datetime) -> None:
        """Make it the member's data, and an update for the core system to take."""

    async def confirm(self, member_id: int, section: str, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Applying:
    records: DataOfRecord
    messenger: Messenger

    async def apply(self, request: Request, change: Change, at: datetime) -> None:
        """Make an approved section the member's data."""
        old_email = await self.records.email_of(request.member_id)
        values = tuple(new_values(change))
        for new in values:
            await self.records.set(request, new, at)
        await self.records.confirm(request.member_id, change.section, at)
        if any(new.field in _CONTACTS for new in values):
            await self.messenger.contact_changed(request.member_id, old_email, at)


def new_values(change: Change) -> Iterator[NewValue]:
    """The values that an approved change sets."""
    if SECTIONS[change.section].repeats:
        entries = [dict(entry) for entry in change.after]
        yield NewValue(change.section, json.dumps(entries, ensure_ascii=False))
        return
    for name in sorted(change.fields):
        yield NewValue(f"{change.section}.{name}", change.after[0].get(name))
