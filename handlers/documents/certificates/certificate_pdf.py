"""A certificate as a PDF; runs in a pool process, where fpdf2 may be imported."""

from domain.certificates.facts import (
    CreditFacts,
    GoodStandingFacts,
    MembershipFacts,
    TaxReturnFacts,
    WithholdingFacts,
)
from handlers.documents.certificates import annual, letters
from handlers.documents.certificates.paper import CertificatePaper


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """The PDF of a certificate; the same paper always gives the same bytes."""
    match paper.certificate.facts:
        case WithholdingFacts() as facts:
            return annual.withholding(paper, facts)
        case TaxReturnFacts() as facts:
            return annual.tax_return(paper, facts)
        case MembershipFacts() as facts:
            return letters.membership(paper, facts)
        case GoodStandingFacts() as facts:
            return letters.good_standing(paper, facts)
        case CreditFacts() as facts:
            return letters.credit(paper, facts)
