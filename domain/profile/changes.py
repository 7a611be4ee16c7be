"""What a draft would change."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.profile.draft import PROVEN, Draft
from domain.profile.form import Section, Values
from domain.profile.records import Entries, Profile
from domain.profile.sections import PERSONAL, SECTIONS


@dataclass(frozen=True, slots=True)
class Change:
    """A section before and after.

    Of one that does not repeat, only the fields that differ; of a repeating one, all entries.
    """

    section: str
    before: Entries
    after: Entries

    @property
    def fields(self) -> frozenset[str]:
        """The fields that differ."""
        both = (*self.before, *self.after)
        return frozenset(name for entry in both for name in entry if _differs(self, name))

    @property
    def risky(self) -> bool:
        """Whether a verifier should look twice."""
        section = SECTIONS[self.section]
        return any(section.field(name).risky for name in self.fields)

    @property
    def added(self) -> Entries:
        """Entries that were not there before."""
        return tuple(entry for entry in self.after if entry not in self.before)


def _differs(change: Change, name: str) -> bool:
    return [e.get(name) for e in change.before] != [e.get(name) for e in change.after]


def changes(draft: Draft, profile: Profile) -> tuple[Change, ...]:
    """All that differs from what is on file, in the form's order."""
    return tuple(_changes(draft, profile))


def _changes(draft: Draft, profile: Profile) -> Iterator[Change]:
    for section in SECTIONS.values():
        before, after = profile.of(section), draft.of(section, profile)
        if section.repeats and before != after:
            yield Change(section.name, before, after)
        elif before != after:
            yield _fields_that_differ(section, before[0], after[0])


def _fields_that_differ(section: Section, before: Values, after: Values) -> Change:
    names = [f.name for f in section.fields if before.get(f.name) != after.get(f.name)]
    return Change(section.name, (_only(before, names),), (_only(after, names),))


def _only(values: Values, names: list[str]) -> Values:
    return {name: values[name] for name in names if name in values}


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a section cannot be filed yet: a field without answer, a rule, or a proof."""

    section: str
    entry: int
    field: str
    why: str


def gaps(draft: Draft, profile: Profile) -> tuple[Gap, ...]:
    """What still keeps the changed sections from being filed."""
    changed = [SECTIONS[change.section] for change in changes(draft, profile)]
    return tuple(gap for section in changed for gap in _gaps(section, draft, profile))


def _gaps(section: Section, draft: Draft, profile: Profile) -> Iterator[Gap]:
    entries = draft.of(section, profile)
    for n, entry in enumerate(entries):
        yield from (Gap(section.name, n, f.name, "missing") for f in section.missing(entry))
    yield from (Gap(section.name, 0, w.field, w.rule) for w in section.wrong(entries))
    if section is PERSONAL:
        yield from _unproven(draft, profile.of(section)[0], entries[0])


def _unproven(draft: Draft, before: Values, after: Values) -> Iterator[Gap]:
    for name in PROVEN:
        new = after.get(name)
        if new is not None and new != before.get(name) and draft.proven.get(name) != new:
            yield Gap(PERSONAL.name, 0, name, "unproven")
