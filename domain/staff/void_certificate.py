"""An employee voids a certificate, with a reason; the member is told."""

from dataclasses import dataclass

from domain.access.journal import Action
from domain.access.letters import MailKind, MailQueue
from domain.certificates.certificate import Certificate
from domain.certificates.check import NotGenuine, Verdict, VoidCertificate
from domain.conversation import Visit
from domain.staff.conduct import Conduct, Deed
from domain.staff.duties import Duty, employee_for


@dataclass(frozen=True, slots=True)
class VoidAsEmployee:
    voiding: VoidCertificate
    conduct: Conduct
    mail: MailQueue

    async def find(self, visit: Visit, named: str) -> Certificate:
        """The certificate of that code or folio; NotGenuine, NotAllowed."""
        employee_for(Duty.CERTIFICATES, visit)
        return await self.voiding.inspection.named(named)

    async def read(self, visit: Visit, certificate_id: int) -> Verdict:
        """How one that was found stands by now; NotGenuine, NotAllowed."""
        employee_for(Duty.CERTIFICATES, visit)
        return await self.voiding.inspection.of(await self._one(certificate_id))

    async def void(self, visit: Visit, certificate_id: int, reason: str) -> Certificate:
        """Void it for good; AlreadyVoid, OwnAccount, NotAllowed, NotGenuine."""
        certificate = await self._one(certificate_id)
        about = f"certificate:{certificate.folio}"
        member_id = certificate.member_id
        deed = Deed(Duty.CERTIFICATES, Action.CERTIFICATE_VOID, member_id, about)
        employee = await self.conduct.permit(visit, deed)
        await self.voiding.strike(certificate, reason, employee.name, visit.now)
        await self.conduct.record(visit, employee, deed, reason)
        params = {"folio": str(certificate.folio)}
        await self.mail.notify(MailKind.CERTIFICATE_VOIDED, member_id, visit.now, params)
        return certificate

    async def _one(self, certificate_id: int) -> Certificate:
        found = await self.voiding.issued.by_id(certificate_id)
        if found is None or not found.intact:
            raise NotGenuine
        return found
