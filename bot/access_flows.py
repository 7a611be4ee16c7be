"""The flows, notes and standing buttons of a member's access, for the composition root."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.repertoire import FlowBuilder, NoteWriter, PressBuilder
from domain.access.applicants import Pins
from domain.access.change_pin import CheckOwnPin
from domain.access.notices import ACCESS_NOTE
from domain.access.privacy import Privacy
from domain.access.report_robbery import ReportRobbery
from domain.access.shuffle import Shuffle
from domain.conversation import Visit
from domain.cooperative import Cooperative, Policies
from handlers.access_notes import AccessNote
from handlers.assistance import AssistanceFlow
from handlers.entry.flow import EntryFlow
from handlers.forgot.flow import ForgotFlow
from handlers.kit.flow import Flow
from handlers.kit.screen import Screen
from handlers.robbery.buttons import BlockNow, NotMe, Presses
from handlers.robbery.flow import BlockedFlow, RobberyFlow
from handlers.security.app import AppFlow
from handlers.security.devices import DevicesFlow
from handlers.security.home import SecurityFlow
from handlers.security.pin import PinFlow
from handlers.security.privacy import PrivacyFlow
from handlers.welcome import WelcomeFlow
from storage.access.doorway import authorisation, documents, doorway, reset_doorway
from storage.access.inside import change_pin, check_own_pin, own_app, own_devices, privacy
from storage.access.outside import ask_for_help, report_robbery
from storage.access.parts import Parts
from storage.leads.desk import withdrawing
from storage.secrets import Secrets
from storage.staff.people import EmployeeRepository
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class AccessFlows:
    cooperative: Cooperative
    secrets: Secrets
    pins: Pins
    shuffle: Shuffle

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        return {
            "welcome": self._welcome,
            "entry": self._entry,
            "forgot": self._forgot,
            "assistance": self._assistance,
            "robbery": self._robbed,
            "blocked": lambda _unit, _visit: BlockedFlow(self.cooperative).flow(),
            "security": self._security,
            "pin": self._pin,
            "authenticator": self._app,
            "devices": self._devices,
            "privacy": lambda u, v: PrivacyFlow(v, self._privacy(u), self.cooperative).flow(),
        }

    def notes(self) -> Mapping[str, NoteWriter]:
        """Who writes each note."""
        return {ACCESS_NOTE: self._note}

    def presses(self) -> Mapping[str, PressBuilder]:
        """Who answers each standing button."""
        return {
            BlockNow.prefix: lambda u, v: Presses(v, self._robbery(u)).block,
            NotMe.prefix: lambda u, v: Presses(v, self._robbery(u)).disown,
        }

    @property
    def policies(self) -> Policies:
        return self.cooperative.policies

    def _welcome(self, unit: Unit, visit: Visit) -> Flow:
        asked, robbery = authorisation(unit.connection), self._robbery(unit)
        leads, employees = (
            withdrawing(unit.connection, unit.notes),
            EmployeeRepository(unit.connection),
        )
        return WelcomeFlow(visit, asked, robbery, leads, employees, self.cooperative).flow()

    def _entry(self, unit: Unit, visit: Visit) -> Flow:
        door = doorway(unit.connection, self.secrets, self.pins, self.policies)
        return EntryFlow(visit, door, self.shuffle, self.cooperative).flow()

    def _forgot(self, unit: Unit, visit: Visit) -> Flow:
        door = reset_doorway(unit.connection, self.secrets, self.pins, self.policies)
        return ForgotFlow(visit, door, self.shuffle, self.cooperative).flow()

    def _assistance(self, unit: Unit, visit: Visit) -> Flow:
        asking = ask_for_help(unit.connection, self.secrets, self.policies)
        return AssistanceFlow(visit, documents(self._parts(unit)), asking, self.cooperative).flow()

    def _robbed(self, unit: Unit, visit: Visit) -> Flow:
        at_door, robbery = documents(self._parts(unit)), self._robbery(unit)
        return RobberyFlow(visit, at_door, robbery, self.cooperative).flow()

    def _security(self, unit: Unit, visit: Visit) -> Flow:
        return SecurityFlow(visit, self._parts(unit).applicants, self._privacy(unit)).flow()

    def _pin(self, unit: Unit, visit: Visit) -> Flow:
        changing = change_pin(unit.connection, self.secrets, self.pins, self.policies)
        proofs = (self._own_pin(unit), changing, changing.step_up)
        return PinFlow(visit, *proofs, self.shuffle, self.cooperative).flow()

    def _app(self, unit: Unit, visit: Visit) -> Flow:
        app = own_app(unit.connection, self.secrets, self.policies)
        proofs = (app, self._own_pin(unit), app.step_up)
        return AppFlow(visit, *proofs, self.shuffle, self.cooperative).flow()

    def _devices(self, unit: Unit, visit: Visit) -> Flow:
        devices = own_devices(unit.connection, self.secrets, self.policies)
        return DevicesFlow(visit, devices).flow()

    def _privacy(self, unit: Unit) -> Privacy:
        return privacy(unit.connection, self.secrets, self.policies)

    def _own_pin(self, unit: Unit) -> CheckOwnPin:
        return check_own_pin(unit.connection, self.secrets, self.pins, self.policies)

    def _robbery(self, unit: Unit) -> ReportRobbery:
        return report_robbery(unit.connection, self.secrets, self.policies)

    async def _note(self, unit: Unit, _visit: Visit, params: Mapping[str, Any]) -> Screen | None:
        of = self._parts(unit)
        return await AccessNote(of.bindings, of.applicants, self.cooperative).write(params)

    def _parts(self, unit: Unit) -> Parts:
        return Parts(unit.connection, self.secrets, self.policies)
