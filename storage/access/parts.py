"""The repositories of access over one connection, from which the use cases are put together."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.notices import Notices
from domain.access.restraint import Restraint
from domain.access.seals import Seal
from domain.access.spraying import SprayBrake
from domain.access.totp import CheckApp, Recovery
from domain.cooperative import Policies
from storage.access.allowances import AllowanceRepository, PaceRepository
from storage.access.applicants import ApplicantRepository
from storage.access.attempts import AttemptRepository
from storage.access.bindings import BindingRepository
from storage.access.consents import ConsentRepository
from storage.access.credentials import CredentialRepository
from storage.access.failures import FailureCountRepository
from storage.access.journal import JournalRepository
from storage.access.totp import AuthenticatorRepository
from storage.alarms import AlarmRepository
from storage.conversations import SqlSessions
from storage.notes import SqlNotes
from storage.post.queue import MailQueueRepository
from storage.secrets import Secrets


@dataclass(frozen=True, slots=True)
class Parts:
    connection: AsyncConnection
    secrets: Secrets
    policies: Policies

    @property
    def applicants(self) -> ApplicantRepository:
        return ApplicantRepository(self.connection)

    @property
    def attempts(self) -> AttemptRepository:
        return AttemptRepository(self.connection)

    @property
    def credentials(self) -> CredentialRepository:
        return CredentialRepository(self.connection)

    @property
    def allowances(self) -> AllowanceRepository:
        return AllowanceRepository(self.connection)

    @property
    def bindings(self) -> BindingRepository:
        return BindingRepository(self.connection)

    @property
    def consents(self) -> ConsentRepository:
        return ConsentRepository(self.connection)

    @property
    def sessions(self) -> SqlSessions:
        return SqlSessions(self.connection)

    @property
    def mail(self) -> MailQueueRepository:
        return MailQueueRepository(self.connection)

    @property
    def journal(self) -> JournalRepository:
        return JournalRepository(self.connection)

    @property
    def notices(self) -> Notices:
        return Notices(self.mail, SqlNotes(self.connection))

    @property
    def restraint(self) -> Restraint:
        failures, alarms = FailureCountRepository(self.connection), AlarmRepository(self.connection)
        brake = SprayBrake(failures, alarms, self.policies)
        return Restraint(self.allowances, PaceRepository(self.connection), brake, self.policies)

    @property
    def authenticators(self) -> AuthenticatorRepository:
        return AuthenticatorRepository(self.connection, self.secrets.seeds)

    @property
    def recovery(self) -> Recovery:
        return Recovery(self.authenticators, Seal(self.secrets.recovery))

    @property
    def app(self) -> CheckApp:
        return CheckApp(self.authenticators, self.recovery, self.policies.app_tries)
