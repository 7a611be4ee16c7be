"""A certificate says exactly its figures, can be kept for years and checked by anyone."""

import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from domain.certificates.facts import Facts, GoodStandingFacts, WithholdingFacts
from domain.money import Centavos
from domain.statements import Holder
from handlers.documents.certificates.certificate_pdf import certificate_pdf
from tests.documents.certificate_samples import ADDRESS, HOLDER, KINDS, WITHHELD, paper
from tests.documents.pictures import pages_as_pictures
from tests.documents.reading import pages, pesos, starts, text
from tests.documents.samples import COOPERATIVE
from tests.documents.test_statement_pdf import HOSTILE, LETTER


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


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_can_be_kept_for_years(kind: str, printed: dict[str, bytes]) -> None:
    """What PDF/A-2u (ISO 19005-2) asks for and can be seen without a validator."""
    reader = PdfReader(BytesIO(printed[kind]))
    said, root = reader.xmp_metadata, reader.root_object
    assert said is not None
    assert b"<pdfaid:part>2</pdfaid:part>" in said.stream.get_data()
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in said.stream.get_data()
    assert "/Filter" not in root["/Metadata"]
    (intent,) = root["/OutputIntents"]
    profile = intent.get_object()["/DestOutputProfile"].get_object()
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"
    assert "/ID" in reader.trailer
    assert not {"/Encrypt", "/Info"} & set(reader.trailer)
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            check_font(font.get_object())


def check_font(font: Any) -> None:
    """Embedded as a subset, and its text can be told from its shapes."""
    (descendant,) = font["/DescendantFonts"]
    described = descendant.get_object()["/FontDescriptor"].get_object()
    assert "/FontFile2" in described
    assert len(described["/FontFile2"].get_object().get_data()) < 60_000
    assert "/ToUnicode" in font


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_says_what_it_is(kind: str, printed: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(printed[kind]))
    said = reader.xmp_metadata
    assert said is not None
    (title,) = said.dc_title.values()
    assert "2025" in title or not KINDS[kind].certificate.kind.annual
    assert said.dc_creator == [COOPERATIVE.name]
    assert reader.root_object["/Lang"] == "es-CO"
    assert HOLDER.document.number not in title


def test_another_process_makes_the_same_bytes(printed: dict[str, bytes]) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for kind, values in KINDS.items():
            assert pool.submit(certificate_pdf, values).result() == printed[kind]


def test_only_folio_code_and_date_differ_between_two_of_the_same() -> None:
    one, other = (paper(WithholdingFacts(2025, WITHHELD), number=n) for n in (1, 2))
    first, second = text(certificate_pdf(one)), text(certificate_pdf(other))
    assert first != second
    plain = first.replace("2026-000001", "2026-000002").replace(one.code, other.code)
    assert plain == second


@pytest.mark.parametrize("kind", ["withholding", "nothing_withheld"])
def test_the_qr_code_holds_the_address_or_the_instruction(
    kind: str, printed: dict[str, bytes], tmp_path: Path
) -> None:
    values = KINDS[kind]
    instruction = (
        "Para comprobar este certificado, envíe al chat de la cooperativa en Telegram: "
        f"/verificar {values.code}"
    )
    wanted = f"{ADDRESS}/{values.code}" if values.address else instruction
    picture = pages_as_pictures(printed[kind], tmp_path, dots_per_inch=300)[-1]
    assert modules_of(picture) == [list(row) for row in segno.make(wanted, error="Q").matrix]


def modules_of(picture: Image.Image) -> list[list[int]]:
    """The dark and light squares of the QR code in the lower left of the page."""
    width, height = picture.size
    dark = picture.convert("L").point(lambda level: 255 if level < 100 else 0)
    corner = (int(width * 0.1), int(height * 0.803), int(width * 0.23), int(height * 0.908))
    box = dark.crop(corner).getbbox()
    assert box
    code = dark.crop(corner).crop(box)
    side = code.size[0]
    # The finder pattern in the corner is seven modules wide.
    finder = next(x for x in range(side) if not code.getpixel((x, 2)))
    count = round(side * 7 / finder)
    middle = [int((n + 0.5) * side / count) for n in range(count)]
    return [[int(code.getpixel((x, y)) == 255) for x in middle] for y in middle]


@settings(max_examples=10, deadline=None)
@given(name=HOSTILE, concept=HOSTILE)
def test_hostile_names_neither_break_nor_move_anything(name: str, concept: str) -> None:
    lines = (replace(WITHHELD[0], concept=concept),)
    holder = Holder(name, name, HOLDER.document)
    made = certificate_pdf(paper(WithholdingFacts(2025, lines), holder))
    assert len(pages(made)) <= 2
    assert pesos(lines[0].amount) in text(made)
    assert all(50 < x < LETTER[0] - 50 for x, _, _ in starts(made))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 99_999_999_999_999))
def test_amounts_of_any_size_stay_whole(amount: int) -> None:
    line = replace(WITHHELD[0], base=Centavos(amount), amount=Centavos(amount))
    found = text(certificate_pdf(paper(WithholdingFacts(2025, (line, line)))))
    assert found.count(pesos(amount)) >= 4
    assert pesos(2 * amount) in found


def test_many_concepts_take_more_pages_and_keep_the_end_together() -> None:
    lines = WITHHELD * 40
    made = certificate_pdf(paper(WithholdingFacts(2025, lines), signed=True))
    found = pages(made)
    assert len(found) > 1
    assert "Compruebe que este documento" in found[-1]
    assert "Graciela Pupitre" in found[-1]
    assert "Se expide en Tunja" in found[-1]


def test_a_logo_stands_in_the_letterhead() -> None:
    picture = BytesIO()
    Image.new("RGB", (60, 60), "red").save(picture, "PNG")
    values = KINDS["membership"]
    coop = replace(values.cooperative, logo=picture.getvalue())
    made = certificate_pdf(replace(values, cooperative=coop))
    (image,) = PdfReader(BytesIO(made)).pages[0].images
    assert image.image is not None
    assert image.image.size == (60, 60)
    assert certificate_pdf(replace(values, cooperative=coop)) == made


def test_the_pool_process_needs_no_more_than_the_paper() -> None:
    code = (
        "import sys, handlers.documents.certificates.paper, handlers.certificates.press;"
        "assert not {'fpdf', 'fontTools', 'segno', 'num2words', 'PIL'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
