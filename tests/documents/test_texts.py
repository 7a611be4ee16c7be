"""No text of the documents is unused: printing and drawing every case needs them all."""

from dataclasses import replace

import pytest

from domain.statement import Credit, Period, RateKind, Savings, SavingsKind, Statement
from handlers.documents.charts import composition_chart, credits_chart
from handlers.documents.statement_pdf import statement_pdf
from handlers.kit import texts
from tests.documents.samples import CDAT, KINDS, LATE_LOAN, LOAN, paper, statement


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
    assert {key for key in recording if key.startswith("documents.")} == used
