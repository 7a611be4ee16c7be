"""What a member has changed and not yet filed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from domain.profile.form import Section, Values
from domain.profile.records import Entries, Profile

LIFE = timedelta(days=30)
# What must be shown to be the member's own before it can be filed.
PROVEN = ("mobile", "email")


@dataclass(frozen=True, slots=True)
class Draft:
    """`entries`: the new ones of each section touched. `same`: sections that are still right.

    `proven`: the mobile and e-mail that were shown to be the member's own.
    """

    entries: Mapping[str, Entries] = field(default_factory=dict)
    same: frozenset[str] = frozenset()
    proven: Mapping[str, str] = field(default_factory=dict)
    started_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.same

    def with_entries(self, section: Section, entries: Iterable[Values]) -> "Draft":
        """The section so; it is no longer said to be the same."""
        kept = tuple(section.pruned(entry) for entry in entries)
        every = {**self.entries, section.name: kept}
        return replace(self, entries=every, same=self.same - {section.name})

    def as_before(self, section: Section) -> "Draft":
        """The section as on file: what was changed in it is taken back, and it is still right."""
        left = {name: e for name, e in self.entries.items() if name != section.name}
        return replace(self, entries=left, same=self.same | {section.name})

    def without(self, sections: Iterable[str]) -> "Draft":
        """What is left when these have been filed."""
        gone = set(sections)
        left = {name: e for name, e in self.entries.items() if name not in gone}
        return replace(self, entries=left, same=self.same - gone)

    def with_proof(self, field: str, value: str) -> "Draft":
        return replace(self, proven={**self.proven, field: value})

    def of(self, section: Section, profile: Profile) -> Entries:
        """The section as it would be: drafted, or else as on file."""
        drafted = self.entries.get(section.name)
        return profile.of(section) if drafted is None else drafted


class Drafts(Protocol):
    """One for each member, seen by no one else."""

    async def of(self, member_id: int) -> Draft:
        """The member's draft; an empty one when there is none."""

    async def keep(self, member_id: int, draft: Draft, at: datetime) -> None:
        """Keep it in the place of the one before; an empty one is removed."""
