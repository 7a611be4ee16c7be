"""An issued certificate as a file to be made."""

from dataclasses import dataclass

from domain.access.seals import Seal
from domain.certificates.certificate import Certificate, code_of
from domain.cooperative import Cooperative
from handlers.documents.certificates.paper import CertificatePaper
from handlers.kit.screen import Attachment, Phrase
from handlers.kit.texts import plain

MAKER = "handlers.documents.certificates.certificate_pdf:certificate_pdf"


@dataclass(frozen=True, slots=True)
class Press:
    """`address`: where anyone can check a code (`https://…/v`), if there is such a place."""

    cooperative: Cooperative
    seal: Seal
    address: str | None

    def attachment(self, certificate: Certificate) -> Attachment:
        """The file to be made of it; its name says nothing of the member."""
        return Attachment(
            MAKER,
            (self.paper(certificate),),
            file_name(certificate),
            Phrase("certificates.caption", {"folio": certificate.folio}),
            certificate=certificate.id,
        )

    def paper(self, certificate: Certificate) -> CertificatePaper:
        """What is printed."""
        code = code_of(certificate, self.seal)
        return CertificatePaper(self.cooperative, certificate, code, self.address)


def file_name(certificate: Certificate) -> str:
    """`certificado-retencion-2025.pdf`, `paz-y-salvo-2026-11-02.pdf`."""
    params: dict[str, object] = {"day": certificate.issued_on.isoformat()}
    if certificate.facts.year is not None:
        params = {"year": certificate.facts.year}
    return plain(f"certificates.filename.{certificate.kind}", params)
