"""What is on file about a member."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from domain.profile.form import Section, Values

# "Confirm and update at least yearly the data that may vary" (SFC 4.2.2.1.4 a; SES title V).
YEAR = timedelta(days=365)

Entries = tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """`entries`: by section, one element unless it repeats. `confirmed`: when last said right."""

    member_id: int
    entries: Mapping[str, Entries] = field(default_factory=dict)
    confirmed: Mapping[str, datetime] = field(default_factory=dict)

    def of(self, section: Section) -> Entries:
        """The section's entries; of one that does not repeat always exactly one."""
        return self.entries.get(section.name, () if section.repeats else ({},))

    def is_old(self, section: Section, now: datetime) -> bool:
        """Whether the section was never confirmed, or more than a year ago."""
        last = self.confirmed.get(section.name)
        return last is None or last < now - YEAR


class Profiles(Protocol):
    async def on_file(self, member_id: int) -> Profile: ...

    async def confirm(self, member_id: int, section: str, at: datetime) -> None:
        """The member says that the section is still right."""
