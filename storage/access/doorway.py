"""Entering, put together over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.admission import Admission
from domain.access.applicants import Pins
from domain.access.check_code import CheckCode
from domain.access.check_pin import CheckPin
from domain.access.choose_pin import ChooseFirstPin
from domain.access.consent import Authorisation
from domain.access.doorway import Doorway
from domain.access.present_document import PresentDocument
from domain.access.request_code import RequestCode
from domain.access.seals import Seal
from domain.access.step_up import StepUp
from domain.cooperative import Policies
from storage.access.allowances import AllowanceRepository, DocumentTriedRepository
from storage.access.applicants import ApplicantRepository
from storage.access.attempts import AttemptRepository
from storage.access.consents import ConsentRepository
from storage.access.credentials import CredentialRepository
from storage.access.journal import JournalRepository
from storage.access.sessions import NewSessionRepository
from storage.access.step_ups import ChallengeRepository
from storage.post.queue import MailQueueRepository
from storage.secrets import Secrets


def authorisation(connection: AsyncConnection) -> Authorisation:
    """The use case of the authorisation, in this unit of work."""
    return Authorisation(ConsentRepository(connection), JournalRepository(connection))


def doorway(
    connection: AsyncConnection, secrets: Secrets, pins: Pins, policies: Policies
) -> Doorway:
    """The use cases of entering, in this unit of work."""
    applicants = ApplicantRepository(connection)
    attempts = AttemptRepository(connection)
    credentials = CredentialRepository(connection)
    allowances = AllowanceRepository(connection)
    mail = MailQueueRepository(connection)
    journal = JournalRepository(connection)
    sessions = NewSessionRepository(connection)
    consents = ConsentRepository(connection)
    admission = Admission(attempts, credentials, sessions, consents, journal)
    return Doorway(
        documents=PresentDocument(
            applicants,
            attempts,
            DocumentTriedRepository(connection),
            allowances,
            journal,
            Seal(secrets.documents),
            policies,
        ),
        pins=CheckPin(applicants, attempts, credentials, allowances, mail, journal, pins, policies),
        codes=RequestCode(applicants, attempts, allowances, mail, journal, policies),
        proofs=CheckCode(applicants, attempts, admission, journal, Seal(secrets.codes), policies),
        first_pins=ChooseFirstPin(
            applicants, attempts, credentials, admission, journal, pins, policies
        ),
    )


def step_up(connection: AsyncConnection, secrets: Secrets, policies: Policies) -> StepUp:
    """Proving again within a session, in this unit of work."""
    return StepUp(
        ApplicantRepository(connection),
        ChallengeRepository(connection),
        AllowanceRepository(connection),
        MailQueueRepository(connection),
        JournalRepository(connection),
        Seal(secrets.codes),
        policies,
    )
