"""Checking and voiding: anyone may ask whether a certificate is genuine; staff may void it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.access.journal import Action, Journal, Result
from domain.access.limits import HOUR, Allowances
from domain.access.seals import Seal
from domain.certificates.certificate import (
    Certificate,
    Folio,
    folio_in,
    is_code_of,
    typed_folio,
)
from domain.cooperative import Policies


class NotGenuine(LookupError):
    """No certificate of ours has that code, or it does not say what it said when issued."""


class TooManyChecks(Exception):
    """The asker has used up the checks of this hour."""


class AlreadyVoid(Exception):
    """The certificate was voided before."""


class Standing(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A genuine certificate and how it stands; `replacement` has the corrected figures."""

    certificate: Certificate
    standing: Standing
    replacement: Certificate | None = None


class Issued(Protocol):
    """The certificates that were issued."""

    async def by_folio(self, folio: Folio) -> Certificate | None: ...

    async def by_id(self, certificate_id: int) -> Certificate | None: ...

    async def of_copy(self, sha256: str) -> Certificate | None:
        """The certificate of which a file with that digest was made."""

    async def newest_valid(self, certificate: Certificate) -> Certificate | None:
        """The newest that is not void, of the same member, kind and year."""

    async def void(self, certificate_id: int, reason: str, by: str, at: datetime) -> bool:
        """Void it; False when it was void already."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """Tells the genuine from the made up, without counting who asks."""

    issued: Issued
    seal: Seal

    async def genuine(self, code: str) -> Certificate:
        """The certificate of that code; NotGenuine."""
        folio = folio_in(code)
        certificate = await self.issued.by_folio(folio) if folio else None
        if certificate is None or not is_code_of(code, certificate, self.seal):
            raise NotGenuine
        return certificate

    async def named(self, text: str) -> Certificate:
        """The certificate of that code, or of that folio, which anybody can guess; NotGenuine.

        Only for those who may know of every certificate.
        """
        folio = typed_folio(text)
        if folio is None:
            return await self.genuine(text)
        certificate = await self.issued.by_folio(folio)
        if certificate is None or not certificate.intact:
            raise NotGenuine
        return certificate

    async def of_code(self, code: str) -> Verdict:
        """How the certificate of that code stands; NotGenuine."""
        return await self.of(await self.genuine(code))

    async def of_file(self, sha256: str) -> Verdict:
        """How the certificate of a file with that digest stands; NotGenuine: it was altered."""
        certificate = await self.issued.of_copy(sha256)
        if certificate is None or not certificate.intact:
            raise NotGenuine
        return await self.of(certificate)

    async def of(self, certificate: Certificate) -> Verdict:
        """How a certificate that is known to be genuine stands."""
        if certificate.voided_at is not None:
            return Verdict(certificate, Standing.VOID)
        if not certificate.kind.annual:
            return Verdict(certificate, Standing.VALID)
        newest = await self.issued.newest_valid(certificate)
        if newest is None or newest.digest == certificate.digest:
            return Verdict(certificate, Standing.VALID)
        return Verdict(certificate, Standing.REPLACED, newest)


@dataclass(frozen=True, slots=True)
class VerifyCertificate:
    """For anyone who asks, so often in an hour."""

    inspection: Inspection
    allowances: Allowances
    policies: Policies

    async def verify(self, asker: str, code: str, now: datetime) -> Verdict:
        """How the certificate of that code stands; NotGenuine; TooManyChecks for this asker."""
        limit = self.policies.checks_per_hour
        if await self.allowances.take(f"checks:{asker}", limit, HOUR, now) is None:
            raise TooManyChecks
        return await self.inspection.of_code(code)


@dataclass(frozen=True, slots=True)
class VoidCertificate:
    inspection: Inspection
    issued: Issued
    journal: Journal

    async def void(self, named: str, reason: str, by: str, now: datetime) -> Certificate:
        """At the office: void the one of that code or folio; NotGenuine, AlreadyVoid."""
        certificate = await self.inspection.named(named)
        await self.strike(certificate, reason, by, now)
        why, member_id = f"{certificate.folio} {by}", certificate.member_id
        await self.journal.note(now, Action.CERTIFICATE_VOID, Result.DONE, member_id, why)
        return certificate

    async def strike(self, certificate: Certificate, reason: str, by: str, now: datetime) -> None:
        """Void it for good, with the reason and who did it; AlreadyVoid. The caller records it."""
        if not await self.issued.void(certificate.id, reason, by, now):
            raise AlreadyVoid(str(certificate.folio))
