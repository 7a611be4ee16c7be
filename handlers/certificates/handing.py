"""Handing a certificate over: into this chat, or to the address on file."""

from dataclasses import dataclass

from domain.access.step_up import NoAddress
from domain.certificates.certificate import Certificate
from domain.certificates.issue import IssueCertificate, NotIssued
from domain.certificates.mailing import MailCertificate, TooManyMails
from domain.conversation import Visit
from handlers.certificates.asking import asked_in
from handlers.kit.flow import Data, Delivery, Go, Outcome
from handlers.kit.screen import Phrase

BY_MAIL = "mail"


@dataclass(frozen=True, slots=True)
class HandOver:
    visit: Visit
    certificates: IssueCertificate
    mailing: MailCertificate

    async def give(self, data: Data) -> Outcome:
        """Issue it and send it the way that was asked for; the offer tells what became of it."""
        asked = asked_in(data)
        if asked is None:
            return Go("kinds")
        try:
            certificate = await self.certificates.issue(self.visit, asked.kind, asked.year)
        except NotIssued:
            return Go("offer", asked.data)
        if data.get("way") == BY_MAIL:
            return Go("offer", asked.data, await self._mail(certificate), once=True)
        paper = Delivery("certificate", {"id": certificate.id})
        return Go("offer", asked.data, Phrase("certificates.preparing"), paper)

    async def _mail(self, certificate: Certificate) -> Phrase:
        try:
            email = await self.mailing.send(self.visit, certificate)
        except NoAddress:
            return Phrase("certificates.no_address")
        except TooManyMails:
            return Phrase("certificates.many_mails")
        return Phrase("certificates.mailed", {"email": email, "folio": certificate.folio})
