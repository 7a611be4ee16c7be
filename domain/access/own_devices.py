"""The Telegram accounts of a member, and closing all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access.applicants import Credentials
from domain.access.bindings import Binding, Bindings
from domain.access.inside import insider
from domain.access.journal import Action, Journal, Result
from domain.conversation import Sessions, Visit

SHOWN = 6


@dataclass(frozen=True, slots=True)
class OwnDevices:
    bindings: Bindings
    credentials: Credentials
    sessions: Sessions
    journal: Journal

    async def list(self, visit: Visit) -> Sequence[Binding]:
        """The newest, the present one first."""
        return await self.bindings.of_member(insider(visit).member_id, SHOWN)

    async def close_everywhere(self, visit: Visit) -> None:
        """End the session and whatever is being tried; no account is known any more.

        The next entry is one from a new Telegram: its chat learns nothing before the code.
        """
        member_id, now = insider(visit).member_id, visit.now
        await self.credentials.unbind(member_id, now)
        await self.bindings.unbind(member_id, now)
        await self.sessions.end_all(member_id, "closed_everywhere", now)
        await self.journal.write(visit, Action.BINDING, Result.DONE, member_id, "closed")
