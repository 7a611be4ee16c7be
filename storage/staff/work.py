"""The employees' use cases, put together over one unit of work."""

from dataclasses import dataclass

from domain.access.seals import Seal
from domain.access.totp import CheckApp, Recovery
from domain.cooperative import Policies
from domain.leads.attending import AttendLeads
from domain.staff.attend import AttendTickets
from domain.staff.change_contact import AskChange, DecideChange, ReadChanges, StopChange
from domain.staff.conduct import Conduct
from domain.staff.entering import StaffEntry
from domain.staff.files import ReadFile
from domain.staff.help_access import HelpAccess
from domain.staff.joining import Joining
from domain.staff.rounds import ChangeRounds, TicketRounds
from domain.staff.search import FindMembers
from domain.staff.void_certificate import VoidAsEmployee
from storage.access.doorway import help_numbers
from storage.access.journal import JournalRepository
from storage.access.locks import LockRepository, ResetRepository
from storage.access.sessions import NewSessionRepository
from storage.access.totp import AuthenticatorRepository
from storage.certificates.desk import voiding
from storage.leads.repository import LeadRepository
from storage.post.queue import MailQueueRepository
from storage.secrets import Secrets
from storage.staff.acts import ActRepository
from storage.staff.changes import ChangeRepository
from storage.staff.invitations import InvitationRepository
from storage.staff.members import DirectoryRepository, FileRepository
from storage.staff.people import EmployeeRepository
from storage.staff.queue import QueueRepository
from storage.staff.tickets import TicketRepository
from storage.staff.unlocking import StaffUnlocking
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class StaffWork:
    """Each property is one use case of employees, in this unit of work."""

    unit: Unit
    secrets: Secrets
    policies: Policies

    @property
    def people(self) -> EmployeeRepository:
        return EmployeeRepository(self.unit.connection)

    @property
    def joining(self) -> Joining:
        return Joining(
            InvitationRepository(self.unit.connection),
            self.people,
            self._authenticators,
            NewSessionRepository(self.unit.connection),
            self._journal,
            Seal(self.secrets.invitations),
        )

    @property
    def entry(self) -> StaffEntry:
        kept = self._authenticators
        app = CheckApp(kept, Recovery(kept, Seal(self.secrets.recovery)), self.policies.app_tries)
        sessions = NewSessionRepository(self.unit.connection)
        return StaffEntry(self.people, app, sessions, self._journal)

    @property
    def finding(self) -> FindMembers:
        return FindMembers(DirectoryRepository(self.unit.connection), self._journal)

    @property
    def files(self) -> ReadFile:
        files = FileRepository(self.unit.connection, self.policies.first_key_life)
        return ReadFile(files, self._journal)

    @property
    def access(self) -> HelpAccess:
        connection = self.unit.connection
        return HelpAccess(
            self.conduct,
            StaffUnlocking(connection, Seal(self.secrets.documents)),
            LockRepository(connection),
            ResetRepository(connection),
            self._authenticators,
            help_numbers(self.secrets),
            self.unit.sessions,
            self._mail,
            self.policies,
        )

    @property
    def tickets(self) -> AttendTickets:
        return AttendTickets(self.queue, self.conduct, self.unit.notes, self._mail, self.policies)

    @property
    def leads(self) -> AttendLeads:
        leads = LeadRepository(self.unit.connection)
        return AttendLeads(leads, self.conduct, self.unit.notes)

    @property
    def certificates(self) -> VoidAsEmployee:
        return VoidAsEmployee(voiding(self.unit.connection, self.secrets), self.conduct, self._mail)

    @property
    def reading_changes(self) -> ReadChanges:
        return ReadChanges(self.changes)

    @property
    def asking(self) -> AskChange:
        return AskChange(self.changes, self.conduct, self.people, self.unit.notes)

    @property
    def deciding(self) -> DecideChange:
        return DecideChange(self.changes, self.conduct, self._mail, self.unit.notes)

    @property
    def stopping(self) -> StopChange:
        tickets = TicketRepository(self.unit.connection)
        seal = Seal(self.secrets.documents)
        return StopChange(self.changes, tickets, self.unit.notes, self._journal, seal)

    @property
    def ticket_rounds(self) -> TicketRounds:
        return TicketRounds(self.queue, self.people, self.unit.notes, self.policies)

    @property
    def change_rounds(self) -> ChangeRounds:
        return ChangeRounds(self.changes, self._mail, self.unit.notes)

    @property
    def queue(self) -> QueueRepository:
        return QueueRepository(self.unit.connection)

    @property
    def changes(self) -> ChangeRepository:
        return ChangeRepository(self.unit.connection)

    @property
    def conduct(self) -> Conduct:
        return Conduct(ActRepository(self.unit.connection), self._journal)

    @property
    def _journal(self) -> JournalRepository:
        return JournalRepository(self.unit.connection)

    @property
    def _mail(self) -> MailQueueRepository:
        return MailQueueRepository(self.unit.connection)

    @property
    def _authenticators(self) -> AuthenticatorRepository:
        return AuthenticatorRepository(self.unit.connection, self.secrets.seeds)
