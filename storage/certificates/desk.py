"""The use cases of certificates, put together over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.seals import Seal
from domain.certificates.check import VerifyCertificate, VoidCertificate
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


def verifying(
    connection: AsyncConnection, secrets: Secrets, policies: Policies
) -> VerifyCertificate:
    """Checking codes, in this unit of work."""
    return VerifyCertificate(
        RegisterRepository(connection),
        AllowanceRepository(connection),
        Seal(secrets.certificates),
        policies,
    )


def voiding(connection: AsyncConnection, secrets: Secrets) -> VoidCertificate:
    """Voiding, in this unit of work."""
    register, seal = RegisterRepository(connection), Seal(secrets.certificates)
    return VoidCertificate(register, JournalRepository(connection), seal)
