"""Updating data and verifying it, as the office offers them: flows, notes and their buttons."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.repertoire import FlowBuilder, NoteWriter, Press, PressBuilder
from domain.clock import Clock
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.profile.requests import Request
from domain.profile.verifying import VERIFIERS, OwnRequest
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Flow, Leave, SignOut
from handlers.kit.screen import Phrase, Screen
from handlers.profile import notes
from handlers.profile.flow import ProfileFlow
from handlers.profile.requests import RequestsFlow
from handlers.verify.flow import VerifyFlow
from storage.access.doorway import step_up
from storage.database import Database
from storage.profile.desk import DeskRepository
from storage.profile.divipola import places
from storage.profile.office import filing, following, upkeep, verifying
from storage.profile.requests import RequestRepository
from storage.secrets import Secrets
from storage.unit import Unit, unit_of_work


@dataclass(frozen=True, slots=True)
class ProfileOffice:
    """`group`: the staff group that is told bare notices, if there is one."""

    cooperative: Cooperative
    secrets: Secrets
    group: int | None = None

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        return {"profile": self._profile, "requests": self._requests, "verify": self._verify}

    def notes(self) -> Mapping[str, NoteWriter]:
        """What may be told beside the conversation."""
        return {
            "profile_request": _to_verify("filed"),
            "profile_late": _to_verify("late"),
            "profile_very_late": _to_verify("very_late"),
            "profile_answer": _to_verify("answer"),
            "profile_notice": _always(notes.plain_note("notes.group")),
            "profile_decided": _about(notes.decided),
            "profile_question": _about(notes.asked),
            "profile_draft_expired": _always(
                notes.plain_note("notes.draft_expired", "notes.update")
            ),
        }

    def presses(self) -> Mapping[str, PressBuilder]:
        """Who answers the buttons of notes."""
        reading = {kind.prefix: _pressed for kind in (notes.ReadRequest, notes.UpdateData)}
        return {**reading, notes.VerifyRequest.prefix: self._claiming}

    def upkeep(self, database: Database, clock: Clock) -> Callable[[], Awaitable[bool]]:
        """What time does, a round at each call."""

        async def work() -> bool:
            async with unit_of_work(database) as unit:
                return await upkeep(unit.connection, self.secrets).round(clock.now())

        return work

    def _profile(self, unit: Unit, visit: Visit) -> Flow:
        policies = self.cooperative.policies
        use_cases = filing(unit.connection, self.secrets, policies, self.group)
        proof = step_up(unit.connection, self.secrets, policies)
        return ProfileFlow(visit, use_cases, proof, places(), self.cooperative).flow()

    def _requests(self, unit: Unit, visit: Visit) -> Flow:
        return RequestsFlow(visit, following(unit.connection, self.secrets), places()).flow()

    def _verify(self, unit: Unit, visit: Visit) -> Flow:
        return VerifyFlow(visit, verifying(unit.connection, self.secrets), places()).flow()

    def _claiming(self, unit: Unit, visit: Visit) -> Press:
        """A verifier who opens a request from its note takes it."""

        async def press(given: Standing) -> Leave | SignOut | Phrase:
            employee = visit.session.employee if visit.session else None
            if isinstance(given, notes.VerifyRequest) and employee and employee.role in VERIFIERS:
                use_cases = verifying(unit.connection, self.secrets)
                try:
                    await use_cases.open(visit, given.request)
                except OwnRequest:
                    return Phrase("verify.own")
            return await notes.pressed(given)

        return press


def _pressed(_unit: Unit, _visit: Visit) -> Press:
    return notes.pressed


def _always(screen: Screen) -> NoteWriter:
    async def write(_unit: Unit, _visit: Visit, _params: Mapping[str, Any]) -> Screen:
        return screen

    return write


def _about(say: Callable[[Request], Screen]) -> NoteWriter:
    async def write(unit: Unit, _visit: Visit, params: Mapping[str, Any]) -> Screen | None:
        found = await RequestRepository(unit.connection).find(params["request"])
        return say(found) if found else None

    return write


def _to_verify(heading: str) -> NoteWriter:
    async def write(unit: Unit, visit: Visit, params: Mapping[str, Any]) -> Screen | None:
        found = await RequestRepository(unit.connection).find(params["request"])
        if found is None:
            return None
        name = await DeskRepository(unit.connection).masked_name(found.member_id)
        return notes.to_verify(found, name, visit.now, heading)

    return write
