"""A member's own authenticator: enrolling, removing, new recovery codes; each with its proof."""

from dataclasses import dataclass
from datetime import datetime

from domain.access.bindings import Bindings
from domain.access.change_pin import NotProven
from domain.access.inside import insider
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind
from domain.access.notices import News, Notices
from domain.access.step_up import Purpose, StepUp
from domain.access.totp import Enrolment, Holder, Seed
from domain.conversation import Visit


@dataclass(frozen=True, slots=True)
class AppState:
    """`since` is None without an authenticator; `recovery_left`: codes that have not served."""

    since: datetime | None
    recovery_left: int


@dataclass(frozen=True, slots=True)
class OwnApp:
    enrolment: Enrolment
    bindings: Bindings
    notices: Notices
    journal: Journal
    step_up: StepUp

    async def state(self, visit: Visit) -> AppState:
        kept = self.enrolment.authenticators
        since = await kept.enrolled_at(_own(visit))
        return AppState(since, await kept.recovery_left(_own(visit)) if since else 0)

    async def begin(self, visit: Visit) -> bool:
        """Make a seed to be shown; False when there is an authenticator. NotProven without code."""
        await self._require(visit, Purpose.ADD_APP)
        return await self.enrolment.begin(_own(visit), visit.now)

    async def seed(self, visit: Visit) -> Seed | None:
        """The seed to be shown; None when none waits. NotProven when the code is too long ago."""
        await self._require(visit, Purpose.ADD_APP)
        return await self.enrolment.seed(_own(visit))

    async def confirm(self, visit: Visit, code: str, nonce: str) -> bool:
        """Count it from now on, with the recovery codes of that nonce; False for a wrong code."""
        await self._require(visit, Purpose.ADD_APP)
        member_id = insider(visit).member_id
        right = await self.enrolment.confirm(_own(visit), code, nonce, visit.now)
        result = Result.DONE if right else Result.REFUSED
        await self.journal.write(visit, Action.APP, result, member_id, "added")
        if right:
            await self._tell(visit, MailKind.APP_ADDED, News.APP_ADDED)
        return right

    def recovery_codes(self, visit: Visit, nonce: str) -> list[str]:
        """The codes of that nonce, to be shown."""
        return self.enrolment.recovery.codes(_own(visit), nonce)

    async def renew_recovery(self, visit: Visit, nonce: str) -> None:
        """From now on those of that nonce serve, and no earlier ones. NotProven without a code."""
        await self._require(visit, Purpose.RECOVERY_CODES)
        await self.enrolment.recovery.issue(_own(visit), nonce)
        member_id = insider(visit).member_id
        await self.journal.write(visit, Action.APP, Result.DONE, member_id, "recovery")

    async def remove(self, visit: Visit) -> None:
        """Forget it; the e-mailed code serves again. NotProven without a code of it."""
        await self._require(visit, Purpose.REMOVE_APP)
        if not await self.enrolment.remove(_own(visit)):
            return
        member_id = insider(visit).member_id
        await self.journal.write(visit, Action.APP, Result.DONE, member_id, "removed")
        await self._tell(visit, MailKind.APP_REMOVED, News.APP_REMOVED)

    async def _require(self, visit: Visit, purpose: Purpose) -> None:
        if not await self.step_up.proven(visit, purpose):
            raise NotProven

    async def _tell(self, visit: Visit, kind: MailKind, news: News) -> None:
        member_id = insider(visit).member_id
        await self.notices.write(kind, member_id, visit.now)
        for binding in await self.bindings.of_member(member_id, 1):
            await self.notices.tell(news, member_id, binding.id, visit.chat_id, visit.now)


def _own(visit: Visit) -> Holder:
    return Holder(member_id=insider(visit).member_id)
