"""Approved values become the member's data, and the core system's next update."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.contact import ContactField
from domain.conversation import Visit
from domain.profile.changes import Change
from domain.profile.requests import Request
from domain.profile.sections import SECTIONS

# What the core system also loads: an approval changes it there too, and holds it.
OF_THE_CORE: Mapping[str, str] = {
    "personal.email": "email",
    "personal.mobile": "mobile",
    "personal.first_names": "first_names",
    "personal.surnames": "surnames",
    "personal.municipality": "municipality",
}
CONTACTS: Mapping[str, ContactField] = {f"personal.{field}": field for field in ContactField}


class ContactUnderWay(Exception):
    """Another change of that e-mail or mobile is under way: it is decided first."""


@dataclass(frozen=True, slots=True)
class NewValue:
    """`field`: `section.field`, or a repeating section, whose value is a list. None: emptied."""

    field: str
    value: str | None


class DataOfRecord(Protocol):
    async def set(self, member_id: int, number: str, new: NewValue, at: datetime) -> None:
        """Make it the member's data, and an update for the core system to take."""

    async def confirm(self, member_id: int, section: str, at: datetime) -> None: ...


class HeldContacts(Protocol):
    """A new e-mail or mobile serves only a day after it was approved (domain.staff.changes)."""

    async def under_way(self, member_id: int) -> frozenset[ContactField]:
        """What of the member's is being changed already."""

    async def hold(self, visit: Visit, request: Request, field: ContactField, value: str) -> bool:
        """Have it serve after the hold; False when the member has that value already."""


@dataclass(frozen=True, slots=True)
class Applying:
    records: DataOfRecord
    contacts: HeldContacts

    async def require_free(self, request: Request, sections: Collection[str]) -> None:
        """ContactUnderWay when one of these sections has what is being changed already."""
        wanted = {
            CONTACTS[new.field]
            for part in request.pending
            if part.change.section in sections
            for new in new_values(part.change)
            if new.field in CONTACTS
        }
        if wanted & await self.contacts.under_way(request.member_id):
            raise ContactUnderWay

    async def apply(self, visit: Visit, request: Request, change: Change) -> None:
        """Make an approved section the member's data: at once, or after the hold."""
        for new in new_values(change):
            if not await self._held(visit, request, new):
                await self.records.set(request.member_id, request.number, new, visit.now)
        await self.records.confirm(request.member_id, change.section, visit.now)

    async def _held(self, visit: Visit, request: Request, new: NewValue) -> bool:
        field = CONTACTS.get(new.field)
        if field is None or new.value is None:
            return False
        return await self.contacts.hold(visit, request, field, new.value)


def new_values(change: Change) -> Iterator[NewValue]:
    """The values that an approved change sets."""
    if SECTIONS[change.section].repeats:
        entries = [dict(entry) for entry in change.after]
        yield NewValue(change.section, json.dumps(entries, ensure_ascii=False))
        return
    for name in sorted(change.fields):
        yield NewValue(f"{change.section}.{name}", change.after[0].get(name))
