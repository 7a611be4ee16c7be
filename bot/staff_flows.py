"""The flows, notes and standing buttons of employees, for the composition root."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.repertoire import FlowBuilder, NoteWriter, PressBuilder
from domain.alarms import ALARM_NOTE
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.staff.attend import ANSWER_NOTE, CLOSED_NOTE, TICKET_NOTE
from domain.staff.changes import CHANGE_NOTE, HELD_NOTE
from handlers.kit.flow import Flow, Leave
from handlers.kit.screen import Screen
from handlers.leads.notes import TakeLead
from handlers.staff.alarm_note import AlarmNote
from handlers.staff.asking import AskingFlow
from handlers.staff.change_notes import ChangeNotes, ChangePress, NotMyWish, ReviewChange
from handlers.staff.deciding import ChangesFlow, DecidingFlow
from handlers.staff.entering import StaffEntryFlow
from handlers.staff.finding import FindingFlow
from handlers.staff.home import StaffHome
from handlers.staff.joining import JoiningFlow
from handlers.staff.lead_press import LeadPress
from handlers.staff.leads import LeadFlow, LeadsFlow
from handlers.staff.member_file import FileFlow
from handlers.staff.ticket_notes import TakeTicket, TicketNotes, TicketPress
from handlers.staff.tickets import TicketFlow, TicketsFlow
from handlers.staff.voiding import VoidingFlow
from storage.secrets import Secrets
from storage.staff.changes import ChangeRepository
from storage.staff.members import DirectoryRepository
from storage.staff.queue import QueueRepository
from storage.staff.work import StaffWork
from storage.staff.workload import WorkloadRepository
from storage.unit import Unit

COMMANDS = {"empleado": "staff_entry"}


@dataclass(frozen=True, slots=True)
class StaffFlows:
    cooperative: Cooperative
    secrets: Secrets

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        who, of = self.cooperative, self._of
        return {
            "staff": self._home,
            "staff_entry": of(lambda w, v: StaffEntryFlow(v, w.entry, who).flow()),
            "staff_joining": of(lambda w, v: JoiningFlow(v, w.joining, who).flow()),
            "staff_members": of(lambda w, v: FindingFlow(v, w.finding, w.files).flow()),
            "staff_file": of(lambda w, v: FileFlow(v, w.files, w.access, who).flow()),
            "staff_tickets": of(lambda w, v: TicketsFlow(v, w.tickets).flow()),
            "staff_ticket": of(lambda w, v: TicketFlow(v, w.tickets, w.files).flow()),
            "staff_change": of(lambda w, v: AskingFlow(v, w.asking, w.files).flow()),
            "staff_changes": of(lambda w, v: ChangesFlow(v, w.reading_changes).flow()),
            "staff_leads": of(lambda w, v: LeadsFlow(v, w.leads).flow()),
            "staff_lead": of(lambda w, v: LeadFlow(v, w.leads, w.files).flow()),
            "staff_void": of(lambda w, v: VoidingFlow(v, w.certificates).flow()),
            "staff_decide": of(lambda w, v: DecidingFlow(v, w.reading_changes, w.deciding).flow()),
        }

    def notes(self) -> Mapping[str, NoteWriter]:
        """Who writes each note."""
        return {
            ALARM_NOTE: _note(lambda u: AlarmNote(DirectoryRepository(u.connection)).told),
            TICKET_NOTE: _note(lambda u: TicketNotes(QueueRepository(u.connection)).told),
            ANSWER_NOTE: _note(lambda u: TicketNotes(QueueRepository(u.connection)).answer),
            CLOSED_NOTE: _note(lambda u: TicketNotes(QueueRepository(u.connection)).closed),
            CHANGE_NOTE: _note(lambda u: ChangeNotes(ChangeRepository(u.connection)).told),
            HELD_NOTE: _note(lambda u: ChangeNotes(ChangeRepository(u.connection)).held),
        }

    def presses(self) -> Mapping[str, PressBuilder]:
        """Who answers each standing button."""
        return {
            TakeTicket.prefix: lambda u, v: TicketPress(v, self._work(u).tickets).take,
            ReviewChange.prefix: lambda u, v: self._change_press(u, v).review,
            TakeLead.prefix: lambda u, v: LeadPress(v, self._work(u).leads).take,
            NotMyWish.prefix: lambda u, v: self._change_press(u, v).disown,
        }

    async def arrive(self, unit: Unit, visit: Visit, argument: str) -> Leave | None:
        """An invitation's link opens the enrolment; None for any other link."""
        invitation = await self._work(unit).joining.arrive(visit, argument)
        return Leave("staff_joining", {"invitation": invitation.id}) if invitation else None

    def _home(self, unit: Unit, visit: Visit) -> Flow:
        work = self._work(unit)
        waiting = WorkloadRepository(unit.connection)
        return StaffHome(visit, work.people, waiting, work.finding, self.cooperative).flow()

    def _change_press(self, unit: Unit, visit: Visit) -> ChangePress:
        work = self._work(unit)
        return ChangePress(visit, work.reading_changes, work.stopping)

    def _work(self, unit: Unit) -> StaffWork:
        return StaffWork(unit, self.secrets, self.cooperative.policies)

    def _of(self, build: Callable[[StaffWork, Visit], Flow]) -> FlowBuilder:
        return lambda unit, visit: build(self._work(unit), visit)


def _note(
    writer: Callable[[Unit], Callable[[Mapping[str, Any]], Awaitable[Screen | None]]],
) -> NoteWriter:
    """A writer of notes that say the same to everybody."""

    async def write(unit: Unit, _visit: Visit, params: Mapping[str, Any]) -> Screen | None:
        return await writer(unit)(params)

    return write
