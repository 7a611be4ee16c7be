"""A certificate's file: kept for years, the same each time, whole whatever is in it."""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
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

from domain.certificates.facts import WithholdingFacts
from domain.money import Centavos
from domain.statements import Holder
from handlers.documents.certificates.certificate_pdf import certificate_pdf
from tests.documents.certificate_samples import ADDRESS, HOLDER, KINDS, WITHHELD, paper
from tests.documents.pictures import pages_as_pictures
from tests.documents.reading import pages, pesos, starts, text
from tests.documents.samples import COOPERATIVE
from tests.documents.test_certificate_pdf import printed
from tests.documents.test_statement_pdf import HOSTILE, LETTER

__all__ = ["printed"]


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
