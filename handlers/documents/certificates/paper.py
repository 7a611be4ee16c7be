"""What a certificate needs to be printed; plain values that travel to a pool process."""

from dataclasses import dataclass

from domain.certificates.certificate import Certificate
from domain.cooperative import Cooperative


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """A certificate with its public code; `address` is where anyone can check it, if anywhere."""

    cooperative: Cooperative
    certificate: Certificate
    code: str
    address: str | None
