"""Within a session: proving that one knows the PIN, and choosing another."""

from dataclasses import dataclass

from domain.access.applicants import Applicant, Applicants, Credentials, Pins
from domain.access.bindings import Bindings
from domain.access.inside import insider
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind
from domain.access.notices import News, Notices
from domain.access.outcomes import PinLocked, WrongPin
from domain.access.pin_rules import Weakness, weakness
from domain.access.step_up import Purpose, StepUp
from domain.conversation import Sessions, Visit
from domain.cooperative import Policies


class NotProven(PermissionError):
    """The code that this needs was not given, or too long ago."""


@dataclass(frozen=True, slots=True)
class RightPin:
    """It is the member's PIN."""


@dataclass(frozen=True, slots=True)
class CheckOwnPin:
    applicants: Applicants
    credentials: Credentials
    sessions: Sessions
    journal: Journal
    pins: Pins
    policies: Policies

    async def check(self, visit: Visit, pin: str) -> RightPin | WrongPin | PinLocked:
        """Judge the PIN, counted before, with the tries at entering from the own chat.

        Beyond the limit the session is ended as well.
        """
        member_id, limit = insider(visit).member_id, self.policies.pin_tries
        used = await self.credentials.take_try(member_id, bound=True, limit=limit)
        who = await self.applicants.by_id(member_id if used is not None else None)
        right = await self.pins.matches(member_id, pin, who.pin if who else None)
        if right:
            await self.credentials.give_back(member_id, bound=True, tries=1)
            await self.journal.write(visit, Action.PIN, Result.DONE, member_id, "session")
            return RightPin()
        locked = used is None or used >= limit
        action = Action.LOCK if locked else Action.PIN
        await self.journal.write(visit, action, Result.REFUSED, member_id, "session")
        if locked:
            await self.sessions.end_all(member_id, "pin_locked", visit.now)
            return PinLocked()
        return WrongPin(limit - (used or 0))


@dataclass(frozen=True, slots=True)
class ChangePin:
    applicants: Applicants
    credentials: Credentials
    bindings: Bindings
    notices: Notices
    journal: Journal
    pins: Pins
    step_up: StepUp

    async def weakness(self, visit: Visit, pin: str) -> Weakness | None:
        """Why this PIN is refused; NotProven without a fresh code."""
        who = await self._proven(visit)
        weak = weakness(pin, who.member)
        if weak is not None:
            return weak
        same = await self.pins.matches(who.member.id, pin, who.pin)
        return Weakness.SAME if same else None

    async def change(self, visit: Visit, pin: str) -> Weakness | None:
        """Keep it, and tell the member; NotProven without a fresh code, or when barred meanwhile.

        Whatever anybody was trying with the old one leads nowhere. There is no other session to
        end: a member has one at a time.
        """
        who = await self._proven(visit)
        weak = weakness(pin, who.member)
        if weak is not None:
            return weak
        member_id, now = who.member.id, visit.now
        stored = await self.pins.hash(member_id, pin)
        if not await self.credentials.change_pin(member_id, stored, now):
            raise NotProven
        await self.journal.write(visit, Action.PIN_SET, Result.DONE, member_id, "changed")
        await self.notices.write(MailKind.PIN_CHANGED, member_id, now)
        for binding in await self.bindings.of_member(member_id, 1):
            told = (News.PIN_CHANGED, member_id, binding.id, visit.chat_id, now)
            await self.notices.tell(*told)
        return None

    async def _proven(self, visit: Visit) -> Applicant:
        who = await self.applicants.by_id(insider(visit).member_id)
        if who is None or not await self.step_up.proven(visit, Purpose.CHANGE_PIN):
            raise NotProven
        return who
