"""The flow of certificates, put together from its parts."""

from dataclasses import dataclass

from domain.access.step_up import Purpose, StepUp
from domain.certificates.issue import IssueCertificate
from domain.certificates.mailing import MailCertificate
from domain.conversation import Visit
from handlers.certificates.choosing import KindChoice, YearChoice
from handlers.certificates.handing import HandOver
from handlers.certificates.offer import Offer, before
from handlers.certificates.press import Press
from handlers.kit.flow import Access, Data, Flow, Step
from handlers.kit.screen import Attachment
from handlers.step_up import StepUpStep


@dataclass(frozen=True, slots=True)
class CertificatesFlow:
    """May be begun with `kind` in its data, when words named one."""

    visit: Visit
    certificates: IssueCertificate
    mailing: MailCertificate
    step_up: StepUp
    press: Press

    def flow(self) -> Flow:
        hand_over = HandOver(self.visit, self.certificates, self.mailing)
        proof = StepUpStep(
            self.visit,
            self.step_up,
            Purpose.CERTIFICATES,
            self.press.cooperative,
            here="proof",
            back=before,
            onward=hand_over.give,
        )
        offer = Offer(self.visit, self.certificates, self.step_up, proof.begin, hand_over.give)
        years = YearChoice(self.visit, self.certificates)
        kinds = KindChoice(years, offer)
        return Flow(
            "certificates",
            version=1,
            first="kinds",
            steps={
                "kinds": Step(kinds.show, kinds.answer),
                "years": Step(years.show, years.answer),
                "offer": Step(offer.show, offer.answer),
                "proof": Step(proof.show, proof.answer, discreet=True),
            },
            access=Access.MEMBER,
            deliveries={"certificate": self.document},
        )

    async def document(self, params: Data) -> Attachment:
        """The member's own certificate of that id."""
        certificate = await self.certificates.issued(self.visit, params["id"])
        return self.press.attachment(certificate)
