"""No text of the documents is unused: printing and drawing every case needs them all."""

from dataclasses import replace
from datetime import date

import pytest

from domain.certificates.facts import CreditFacts, MembershipFacts
from domain.members import Document, DocumentType
from domain.money import Centavos
from domain.statement import Credit, Period, RateKind, Savings, SavingsKind, Statement
from handlers.documents.amounts import in_words
from handlers.documents.certificates.certificate_pdf import certificate_pdf
from handlers.documents.certificates.paper import CertificatePaper
from handlers.documents.charts import composition_chart, credits_chart
from handlers.documents.statement_pdf import statement_pdf
from handlers.kit import texts
from tests.documents.certificate_samples import HOLDER
from tests.documents.certificate_samples import KINDS as CERTIFICATES
from tests.documents.certificate_samples import paper as certificate_paper
from tests.documents.samples import CDAT, KINDS, LATE_LOAN, LOAN, paper, statement

# Printed in test_data_copy.py, test_simulation_papers.py and test_verification_chart.py.
ELSEWHERE = tuple(
    f"documents.{name}." for name in ("broadcast", "copy", "simulation", "verification")
)


def wordy() -> Statement:
    """Every period, every way of quoting a rate, every kind of savings."""
    assert CDAT.rate is not None
    rates = [replace(CDAT.rate, kind=kind) for kind in RateKind]
    savings: list[Savings] = [replace(CDAT, settlement=period) for period in Period]
    savings += [replace(CDAT, kind=kind) for kind in SavingsKind]
    credits_: list[Credit] = [replace(LOAN, rate=rate) for rate in rates]
    return statement(
        savings=tuple(savings), credits_=(*credits_, replace(LATE_LOAN, days_past_due=1))
    )


def of_every_document() -> list[CertificatePaper]:
    """Somebody with each kind of identity document."""
    facts = MembershipFacts(date(2026, 3, 31), None)
    kinds = [Document(kind, "500500117") for kind in DocumentType]
    return [certificate_paper(facts, replace(HOLDER, document=each)) for each in kinds]


def quiet() -> CertificatePaper:
    """A credit on which nothing moved."""
    day = date(2026, 3, 31)
    return certificate_paper(CreditFacts(day, day, (LOAN,), ((),)))


def test_every_text_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[str] = set()

    class Recording(dict[str, str]):
        def __getitem__(self, key: str) -> str:
            used.add(key)
            return super().__getitem__(key)

    recording = Recording(texts.catalog())
    monkeypatch.setattr(texts, "catalog", lambda: recording)
    chosen = [KINDS[kind] for kind in ("ordinary", "no_credits", "closed", "arrears", "nothing")]
    for values in (*chosen, paper(wordy()), paper(statement((), ()))):
        statement_pdf(values)
        composition_chart(values.statement)
        credits_chart(values.statement)
    credits_chart(KINDS["forty_products"].statement)
    for certificate in (*CERTIFICATES.values(), *of_every_document(), quiet()):
        certificate_pdf(certificate)
    for amount in (1_00, 2_00, 1_000_000_00, 1_01, 21_02):
        in_words(Centavos(amount))
    printed = {key for key in recording if key.startswith("documents.")}
    assert {key for key in printed if not key.startswith(ELSEWHERE)} == used
