"""The use cases of certificates, put together over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.seals import Seal
from domain.certificates.check import Inspection, VerifyCertificate, VoidCertificate
from domain.certificates.issue import IssueCertificate, Issuing
from domain.certificates.mailing import MailCertificate
from domain.cooperative import Policies
from storage.access.allowances import AllowanceRepository
from storage.access.applicants import ApplicantRepository
from storage.access.journal import JournalRepository
from storage.certificates.records import RecordsRepository
from storage.certificates.register import RegisterRepository
from storage.post.queue import MailQueueRepository
from storage.secrets import Secrets


def issuing(connection: AsyncConnection) -> IssueCertificate:
    """What a member who has entered may ask for, in this unit of work."""
    return IssueCertificate(
        RecordsRepository(connection),
        Issuing(RegisterRepository(connection)),
        JournalRepository(connection),
    )


def mailing(connection: AsyncConnection, policies: Policies) -> MailCertificate:
    """Certificates by e-mail, in this unit of work."""
    return MailCertificate(
        ApplicantRepository(connection),
        AllowanceRepository(connection),
        MailQueueRepository(connection),
        policies,
    )


def inspecting(connection: AsyncConnection, secrets: Secrets) -> Inspection:
    """Telling the genuine from the made up, in this unit of work."""
    return Inspection(RegisterRepository(connection), Seal(secrets.certificates))


def verifying(
    connection: AsyncConnection, secrets: Secrets, policies: Policies
) -> VerifyCertificate:
    """Checking for anyone, in this unit of work."""
    inspection = inspecting(connection, secrets)
    return VerifyCertificate(inspection, AllowanceRepository(connection), policies)


def voiding(connection: AsyncConnection, secrets: Secrets) -> VoidCertificate:
    """Voiding, in this unit of work."""
    inspection, register = inspecting(connection, secrets), RegisterRepository(connection)
    return VoidCertificate(inspection, register, JournalRepository(connection))
