"""Certificates of every kind, as papers to print."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.access.seals import Seal
from domain.certificates.certificate import Certificate, Folio, code_of
from domain.certificates.facts import (
    CreditFacts,
    Facts,
    GoodStandingFacts,
    MembershipFacts,
    TaxReturnFacts,
    Withheld,
    WithholdingFacts,
    YearEnd,
)
from domain.cooperative import Signatory
from domain.members import Document, DocumentType
from domain.money import Centavos, Percent
from domain.statements import Holder, Nature
from handlers.documents.certificates.paper import CertificatePaper
from tests.documents.samples import COOPERATIVE, CUT_OFF, LATE_LOAN, LOAN, booked

SEAL = Seal(b"k" * 32)
ISSUED_AT = datetime(2026, 4, 1, 20, 4, tzinfo=UTC)
HOLDER = Holder("20417", "María Ángela Núñez Güiza", Document(DocumentType.CC, "41789123"))
FOUNDATION = Holder("20999", "Fundación Escuela de Papel", Document(DocumentType.NIT, "900500117"))
ADDRESS = "https://oficina.eltablero.example/v"
NONE = Centavos(0)

WITHHELD = (
    Withheld("Rendimientos de ahorros", Centavos(276769_62), Percent("7"), Centavos(19373_87)),
    Withheld("Rendimientos de CDAT", Centavos(2823159_00), Percent("4"), Centavos(112926_00)),
)


def year_end(nature: Nature, number: str, name: str, balance: int, **amounts: int) -> YearEnd:
    names = ("yields", "tax_on_movements", "revaluation")
    names += ("interest", "default_interest", "housing_interest")
    given = {each: Centavos(amounts.get(each, 0)) for each in names}
    return YearEnd(nature, number, name, Centavos(balance), **given)


YEAR_ENDS = (
    year_end(Nature.CONTRIBUTION, "1001", "Aportes sociales", 18249000_00, revaluation=207900_00),
    year_end(
        Nature.SAVINGS,
        "4001-7",
        "Ahorro a la vista",
        983849_06,
        yields=6499_62,
        tax_on_movements=27704_00,
    ),
    year_end(Nature.SAVINGS, "7788", "CDAT a 360 días", 20000000_00, yields=2823159_00),
    year_end(
        Nature.CREDIT,
        "55010",
        "Vivienda",
        41138646_00,
        interest=5143948_00,
        housing_interest=5143948_00,
    ),
    year_end(
        Nature.CREDIT,
        "55999",
        "Libre inversión",
        987654_32,
        interest=199999_99,
        default_interest=8691_70,
    ),
)


def paper(
    facts: Facts,
    holder: Holder = HOLDER,
    address: str | None = ADDRESS,
    replaces: Folio | None = None,
    signed: bool = False,
    number: int = 123,
) -> CertificatePaper:
    made = Certificate(
        id=1,
        folio=Folio(2026, number),
        member_id=1,
        holder=holder,
        facts=facts,
        digest="d" * 64,
        issued_at=ISSUED_AT,
        replaces=replaces,
    )
    who = Signatory("Graciela Pupitre Tablero", "Gerente") if signed else None
    coop = replace(COOPERATIVE, signatory=who)
    return CertificatePaper(coop, made, code_of(made, SEAL), address)


KINDS: dict[str, CertificatePaper] = {
    "withholding": paper(WithholdingFacts(2025, WITHHELD)),
    "nothing_withheld": paper(WithholdingFacts(2025, ()), address=None),
    "tax_return": paper(
        TaxReturnFacts(2025, YEAR_ENDS, Centavos(132299_87)), replaces=Folio(2026, 45)
    ),
    "membership": paper(MembershipFacts(CUT_OFF, date(2003, 2, 17)), signed=True),
    "foundation": paper(MembershipFacts(CUT_OFF, None), FOUNDATION),
    "clear": paper(GoodStandingFacts(CUT_OFF, date(2003, 2, 17), ()), signed=True),
    "current": paper(GoodStandingFacts(CUT_OFF, date(2003, 2, 17), (LOAN,)), signed=True),
    "credit": paper(
        CreditFacts(CUT_OFF, date(2025, 3, 31), (LOAN, LATE_LOAN), (booked(9), ())), signed=True
    ),
}
