"""A certificate says exactly its figures, can be kept for years and checked by anyone."""

import re
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from domain.certificates.facts import Facts, GoodStandingFacts
from domain.money import Centavos
from handlers.documents.certificates.certificate_pdf import certificate_pdf
from tests.documents.certificate_samples import ADDRESS, KINDS
from tests.documents.reading import pages, pesos, starts, text
from tests.documents.test_statement_pdf import LETTER


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {kind: certificate_pdf(values) for kind, values in KINDS.items()}


def amounts(value: Any) -> list[int]:
    """Every amount in the facts, however deep."""
    if isinstance(value, Centavos):
        return [value] if value else []
    if isinstance(value, tuple):
        return [amount for each in value for amount in amounts(each)]
    if is_dataclass(value):
        return [amount for f in fields(value) for amount in amounts(getattr(value, f.name))]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_every_amount_is_in_the_text(kind: str, printed: dict[str, bytes]) -> None:
    facts, found = KINDS[kind].certificate.facts, text(printed[kind])
    for amount in stated(facts):
        assert pesos(abs(amount)) in found, pesos(amount)
    assert facts.total is None or pesos(facts.total) in found


def stated(facts: Facts) -> list[int]:
    """The amounts that the certificate is about."""
    if isinstance(facts, GoodStandingFacts):
        return [credit.balance for credit in facts.credits]
    return amounts(facts)


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_amount_is_in_the_text(kind: str, printed: dict[str, bytes]) -> None:
    facts = KINDS[kind].certificate.facts
    named = {pesos(abs(amount)) for amount in amounts(facts)} | {pesos(0)}
    totals = {pesos(total) for total in sums(facts)}
    found = set(amounts_in(text(printed[kind])))
    assert found <= named | totals, found - named - totals


def sums(facts: Any) -> set[int]:
    """The totals that its tables may show."""
    lines = getattr(facts, "lines", ()) or getattr(facts, "credits", ())
    columns = [f.name for line in lines[:1] for f in fields(line)]
    whole = {
        sum(getattr(line, name) for line in group)
        for name in columns
        for group in (lines, *by_nature(lines))
        if all(isinstance(getattr(line, name), Centavos) for line in group)
    }
    booked = [rows for rows in getattr(facts, "movements", ()) if rows]
    rises = {sum(m.amount for m in rows if m.amount > 0) for rows in booked}
    falls = {-sum(m.amount for m in rows if m.amount < 0) for rows in booked}
    return whole | rises | falls | {facts.total or 0}


def by_nature(lines: Any) -> list[Any]:
    owed = [line for line in lines if getattr(line, "nature", None) == "credit"]
    return [owed, [line for line in lines if line not in owed]]


def amounts_in(found: str) -> list[str]:
    return re.findall(r"\$ [\d.]+(?:,\d\d)?", found)


@pytest.mark.parametrize("kind", KINDS)
def test_who_when_and_under_what_number(kind: str, printed: dict[str, bytes]) -> None:
    found = " ".join(text(printed[kind]).split())
    certificate = KINDS[kind].certificate
    assert certificate.holder.name in found
    assert "NIT 900.123.456-8" in found
    assert "Folio 2026-000123" in found
    assert "Se expide en Tunja el 1 de abril de 2026" in found
    assert KINDS[kind].code in found


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("withholding", "Cédula de ciudadanía n.º 41.789.123"),
        ("withholding", "Año gravable 2025"),
        ("withholding", "Ciudad donde se consignó la retención Tunja"),
        ("withholding", "Calle 20 # 9-90, oficina 201"),
        ("withholding", "Rendimientos de CDAT $ 2.823.159 4,00 % $ 112.926"),
        ("withholding", "(Ciento treinta y dos mil doscientos noventa y nueve pesos con ochenta y"),
        ("withholding", "no requiere para su validez firma autógrafa"),
        ("withholding", "artículo 1.6.1.12.12 del DUT 1625"),
        ("nothing_withheld", "no le practicó ninguna retención en la fuente"),
        ("nothing_withheld", "Total retenido: $ 0 (Cero pesos m/cte)"),
        ("tax_return", "Reemplaza al folio 2026-000045"),
        ("tax_return", "Retención en la fuente practicada en 2025: $ 132.299,87"),
        ("tax_return", "De ellos, de vivienda"),
        ("membership", "asociado(a) activo(a), desde el 17 de febrero de 2003"),
        ("membership", "Graciela Pupitre Tablero Gerente"),
        ("foundation", "con NIT 900.500.117-3, pertenece"),
        ("foundation", "activo(a), con el número de asociado 20999"),
        ("clear", "no debe ningún crédito ni tiene valores vencidos"),
        ("current", "está al día en el pago de sus créditos y no presenta mora"),
        ("credit", "3 días de mora"),
        ("credit", "Movimientos del 31 de marzo de 2025 al 31 de marzo de 2026"),
    ],
)
def test_what_is_looked_for_is_said(kind: str, said: str, printed: dict[str, bytes]) -> None:
    assert said in " ".join(text(printed[kind]).split())


def test_only_a_correction_says_what_it_replaces(printed: dict[str, bytes]) -> None:
    saying = {kind for kind, made in printed.items() if "Reemplaza" in text(made)}
    assert saying == {"tax_return"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_last_page_tells_how_to_check_it(kind: str, printed: dict[str, bytes]) -> None:
    last = " ".join(pages(printed[kind])[-1].split())
    assert "/verificar" in last
    assert (ADDRESS in last) == (KINDS[kind].address is not None)


@pytest.mark.parametrize("kind", KINDS)
def test_type_is_never_small_nor_outside_the_margins(kind: str, printed: dict[str, bytes]) -> None:
    for x, y, size in starts(printed[kind]):
        assert size >= 9
        assert 50 < x < LETTER[0] - 50
        assert 26 < y < LETTER[1] - 36
