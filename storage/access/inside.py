"""What a member does about their own access once inside, put together over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.applicants import Pins
from domain.access.change_pin import ChangePin, CheckOwnPin
from domain.access.own_app import OwnApp
from domain.access.own_devices import OwnDevices
from domain.access.privacy import Privacy
from domain.access.totp import Enrolment
from domain.cooperative import Policies
from storage.access.doorway import step_up
from storage.access.journal import AccessLogRepository
from storage.access.member_data import MemberDataRepository
from storage.access.parts import Parts
from storage.secrets import Secrets


def check_own_pin(
    connection: AsyncConnection, secrets: Secrets, pins: Pins, policies: Policies
) -> CheckOwnPin:
    of = Parts(connection, secrets, policies)
    return CheckOwnPin(of.applicants, of.credentials, of.sessions, of.journal, pins, policies)


def change_pin(
    connection: AsyncConnection, secrets: Secrets, pins: Pins, policies: Policies
) -> ChangePin:
    of = Parts(connection, secrets, policies)
    proof = step_up(connection, secrets, policies)
    return ChangePin(
        *(of.applicants, of.credentials, of.bindings, of.notices, of.journal), pins, proof
    )


def own_app(connection: AsyncConnection, secrets: Secrets, policies: Policies) -> OwnApp:
    of = Parts(connection, secrets, policies)
    enrolment = Enrolment(of.authenticators, of.recovery)
    proof = step_up(connection, secrets, policies)
    return OwnApp(enrolment, of.bindings, of.notices, of.journal, proof)


def own_devices(connection: AsyncConnection, secrets: Secrets, policies: Policies) -> OwnDevices:
    of = Parts(connection, secrets, policies)
    return OwnDevices(of.bindings, of.credentials, of.sessions, of.journal)


def privacy(connection: AsyncConnection, secrets: Secrets, policies: Policies) -> Privacy:
    of = Parts(connection, secrets, policies)
    data, log = MemberDataRepository(connection), AccessLogRepository(connection)
    proof = step_up(connection, secrets, policies)
    return Privacy(of.consents, data, log, of.sessions, of.mail, of.journal, proof)
