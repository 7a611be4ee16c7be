"""Entering, put together over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.admission import Admission
from domain.access.applicants import Pins
from domain.access.check_code import CheckCode
from domain.access.check_pin import CheckPin
from domain.access.choose_pin import ChooseFirstPin
from domain.access.consent import Authorisation
from domain.access.doorway import Doorway, ResetDoorway
from domain.access.present_document import PresentDocument
from domain.access.request_code import Correspondence, EntryLetters, RequestCode, ResetLetters
from domain.access.reset_pin import CheckResetCode, ResetPin, SecondProof
from domain.access.seals import Seal
from domain.access.step_up import StepUp
from domain.cooperative import Policies
from storage.access.allowances import DocumentTriedRepository
from storage.access.consents import ConsentRepository
from storage.access.journal import JournalRepository
from storage.access.parts import Parts
from storage.access.sessions import NewSessionRepository
from storage.access.step_ups import ChallengeRepository
from storage.alarms import AlarmRepository
from storage.secrets import Secrets


def authorisation(connection: AsyncConnection) -> Authorisation:
    """The use case of the authorisation, in this unit of work."""
    return Authorisation(ConsentRepository(connection), JournalRepository(connection))


def doorway(
    connection: AsyncConnection, secrets: Secrets, pins: Pins, policies: Policies
) -> Doorway:
    """The use cases of entering, in this unit of work."""
    of = Parts(connection, secrets, policies)
    admission = _admission(of)
    return Doorway(
        documents=documents(of),
        pins=CheckPin(
            *(of.applicants, of.attempts, of.credentials, of.allowances, of.mail, of.journal),
            pins,
            policies,
            of.restraint,
            AlarmRepository(connection),
        ),
        codes=_codes(of, EntryLetters(policies)),
        proofs=CheckCode(
            *(of.applicants, of.attempts, admission, of.app, of.allowances, of.mail, of.journal),
            Seal(secrets.codes),
            policies,
            of.restraint,
        ),
        first_pins=ChooseFirstPin(
            *(of.applicants, of.attempts, of.credentials, admission, of.journal), pins, policies
        ),
    )


def reset_doorway(
    connection: AsyncConnection, secrets: Secrets, pins: Pins, policies: Policies
) -> ResetDoorway:
    """The use cases of choosing a forgotten PIN anew, in this unit of work."""
    of = Parts(connection, secrets, policies)
    return ResetDoorway(
        documents=documents(of),
        codes=_codes(of, ResetLetters(policies)),
        proofs=CheckResetCode(
            of.applicants, of.attempts, of.journal, Seal(secrets.codes), policies, of.restraint
        ),
        second=SecondProof(of.applicants, of.attempts, of.app, of.journal, policies),
        pins=ResetPin(
            *(of.applicants, of.attempts, of.credentials, of.bindings, of.sessions, of.notices),
            of.journal,
            pins,
            policies,
        ),
    )


def step_up(connection: AsyncConnection, secrets: Secrets, policies: Policies) -> StepUp:
    """Proving again within a session, in this unit of work."""
    of = Parts(connection, secrets, policies)
    challenges = ChallengeRepository(connection)
    return StepUp(
        *(of.applicants, challenges, of.allowances, of.mail, of.journal),
        Seal(secrets.codes),
        policies,
        of.app,
    )


def documents(of: Parts) -> PresentDocument:
    """The first step of everything that begins with a document."""
    return PresentDocument(
        of.applicants,
        of.attempts,
        DocumentTriedRepository(of.connection),
        of.allowances,
        of.journal,
        Seal(of.secrets.documents),
        of.policies,
    )


def _codes(of: Parts, letters: Correspondence) -> RequestCode:
    return RequestCode(
        *(of.applicants, of.attempts, of.allowances, of.mail, of.journal), of.policies, letters
    )


def _admission(of: Parts) -> Admission:
    return Admission(
        *(of.attempts, of.credentials, NewSessionRepository(of.connection), of.consents),
        *(of.bindings, of.notices, of.journal),
        of.policies,
    )
