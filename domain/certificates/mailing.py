"""A certificate to the member's own mailbox, and to no other."""

from dataclasses import dataclass

from domain.access.applicants import Applicants
from domain.access.letters import LetterQueue, MailKind
from domain.access.limits import HOUR, Allowances
from domain.access.masking import mask_email
from domain.access.step_up import NoAddress
from domain.certificates.certificate import Certificate
from domain.conversation import Visit
from domain.cooperative import Policies


class TooManyMails(Exception):
    """The certificates by e-mail of this hour are used up."""


def mailing_subject(member_id: int) -> str:
    """Whose certificates by e-mail are counted."""
    return f"certificate-mails:{member_id}"


@dataclass(frozen=True, slots=True)
class MailCertificate:
    applicants: Applicants
    allowances: Allowances
    mail: LetterQueue
    policies: Policies

    async def send(self, visit: Visit, certificate: Certificate) -> str:
        """Queue it for the address on file and return that, masked; NoAddress, TooManyMails.

        The document is made, and the address read, when the letter is sent.
        """
        who = await self.applicants.by_id(certificate.member_id)
        if who is None or who.member.email is None:
            raise NoAddress
        limit = self.policies.certificate_mails_per_hour
        subject = mailing_subject(certificate.member_id)
        if await self.allowances.take(subject, limit, HOUR, visit.now) is None:
            raise TooManyMails
        about = str(certificate.id)
        await self.mail.put_about(MailKind.CERTIFICATE, certificate.member_id, about, visit.now)
        return mask_email(who.member.email)
