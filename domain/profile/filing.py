"""A member files what they changed, or says that all is as it was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.access.inside import insider
from domain.access.journal import Action, Journal, Result
from domain.conversation import Visit
from domain.cooperative import Policies
from domain.profile.changes import Change, Gap, changes, gaps
from domain.profile.draft import Draft, Drafts
from domain.profile.papers import Papers, Proves, needed
from domain.profile.records import Profile, Profiles
from domain.profile.requests import NewRequest, Request, Requests
from domain.profile.sections import SECTIONS
from domain.profile.telling import Messenger

PURPOSE = "profile"
TRUTH, THIRD_PERSONS, FUNDS = "truth", "third_persons", "funds"


class Incomplete(Exception):
    """Something is still missing; the member is shown what."""


class Unproven(Exception):
    """It was not shown lately that it is the member who files."""


class ProvenLately(Protocol):
    async def proven_since(self, session_id: str, purpose: str, since: datetime) -> bool:
        """Whether that session proved it after that instant."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member's form looks like now. `waiting`: sections in a request not yet decided."""

    profile: Profile
    draft: Draft
    waiting: frozenset[str]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would be filed."""
        return tuple(c for c in changes(self.draft, self.profile) if c.section not in self.waiting)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What keeps it from being filed."""
        found = gaps(self.draft, self.profile)
        return tuple(gap for gap in found if gap.section not in self.waiting)

    @property
    def same(self) -> frozenset[str]:
        """Sections that are said to be right as they are."""
        return self.draft.same - {c.section for c in self.changes} - self.waiting

    @property
    def needs(self) -> tuple[Proves, ...]:
        """What must be shown with a paper."""
        return needed(self.changes)

    @property
    def declarations(self) -> tuple[str, ...]:
        """What the member must declare, each by itself."""
        touched = [SECTIONS[change.section] for change in self.changes]
        others = any(s.others for s in touched) or any("spouse" in c.fields for c in self.changes)
        funds = any(section.name == "income" for section in touched)
        named = ((TRUTH, True), (THIRD_PERSONS, others), (FUNDS, funds))
        return tuple(name for name, wanted in named if wanted)


@dataclass(frozen=True, slots=True)
class Filing:
    profiles: Profiles
    drafts: Drafts
    requests: Requests
    papers: Papers
    proofs: ProvenLately
    messenger: Messenger
    journal: Journal
    policies: Policies

    async def standing(self, visit: Visit) -> Standing:
        """The member's own form as it is now."""
        member_id = insider(visit).member_id
        return Standing(
            await self.profiles.on_file(member_id),
            await self.drafts.of(member_id),
            await self.requests.open_sections(member_id),
        )

    async def keep(self, visit: Visit, draft: Draft) -> None:
        """Keep the member's draft."""
        await self.drafts.keep(insider(visit).member_id, draft, visit.now)

    async def missing_papers(self, visit: Visit, standing: Standing) -> tuple[Proves, ...]:
        """What must still be shown with a paper."""
        sent = {p.proves for p in await self.papers.of_draft(insider(visit).member_id)}
        return tuple(reason for reason in standing.needs if reason not in sent)

    async def confirm(self, visit: Visit) -> tuple[str, ...]:
        """Keep that the sections named so are still right; which."""
        standing = await self.standing(visit)
        same = tuple(name for name in SECTIONS if name in standing.same)
        for name in same:
            await self.profiles.confirm(standing.profile.member_id, name, visit.now)
        if same:
            member_id = standing.profile.member_id
            said = " ".join(same)
            await self.journal.write(visit, Action.PROFILE_CONFIRMED, Result.DONE, member_id, said)
            await self.keep(visit, standing.draft.without(same))
        return same

    async def file(self, visit: Visit, declared: Collection[str]) -> Request:
        """File the changes; Incomplete, Unproven, or SectionTaken when it cannot be done.

        What is said to be the same is confirmed with it.
        """
        who = insider(visit)
        standing = await self.standing(visit)
        missing = set(standing.declarations) - set(declared)
        lacking = await self.missing_papers(visit, standing)
        if not standing.changes or standing.gaps or missing or lacking:
            raise Incomplete
        since = visit.now - self.policies.step_up_life
        if not await self.proofs.proven_since(who.session.id, PURPOSE, since):
            raise Unproven
        await self.confirm(visit)
        return await self._file(visit, standing)

    async def _file(self, visit: Visit, standing: Standing) -> Request:
        member_id = standing.profile.member_id
        new = NewRequest(
            member_id, visit.chat_id, visit.now, standing.changes, standing.declarations
        )
        filed = await self.requests.file(new)
        await self.papers.attach(member_id, filed.id, standing.needs)
        touched = [*standing.same, *(change.section for change in standing.changes)]
        await self.keep(visit, standing.draft.without(touched))
        await self.journal.write(visit, Action.PROFILE_FILED, Result.DONE, member_id, filed.number)
        await self.messenger.filed(filed, visit.now)
        return filed
