"""The copy of a member's data, on paper and for a machine, and the picture of an app's key."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from handlers.documents.data_json import data_json
from handlers.documents.data_paper import DataPaper
from handlers.documents.data_pdf import data_pdf
from handlers.documents.qr_picture import qr_picture
from storage.access.member_data import COPIED
from tests.documents.copies import NOON, sections
from tests.documents.samples import COOPERATIVE

ENGLISH = re.compile(r"\b(entry|done|refused|active|credit|filed|robbery|open|closed|None|True)\b")


def paper(movements: int = 12) -> DataPaper:
    return DataPaper(COOPERATIVE, NOON, sections(movements))


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.fixture(scope="module")
def printed() -> str:
    return text_of(data_pdf(paper()))


@pytest.mark.parametrize(
    "said",
    [
        "Copia de sus datos",
        "41789123",
        "Ñáñez Peña de Enciclopedia",
        "12/04/1958",
        "$ 6.123.456",
        "1,45 %",
        "Consignación en la oficina principal 11",
        "2 nov 2026, 12:00 p. m.",
        "Su PIN de Cooperativa El Tablero cambió",
        "rechazado",
        "aviso de robo",
        "Con gusto, ya quedó su correo nuevo.",
    ],
)
def test_the_paper_says_all_of_it_in_spanish(printed: str, said: str) -> None:
    assert said in printed.replace("\N{NO-BREAK SPACE}", " ").replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )


def test_no_word_of_the_program_is_left(printed: str) -> None:
    assert ENGLISH.findall(printed) == []
    assert ENGLISH.findall(data_json(paper()).decode()) == []


def test_the_same_values_give_the_same_bytes() -> None:
    assert data_pdf(paper()) == data_pdf(paper())
    assert data_json(paper()) == data_json(paper())


def test_many_movements_take_many_pages() -> None:
    reader = PdfReader(BytesIO(data_pdf(paper(400))))
    assert len(reader.pages) > 10
    assert "principal 399" in text_of(data_pdf(paper(400)))


def test_a_machine_reads_amounts_and_instants_exactly() -> None:
    data = json.loads(data_json(paper()))["Datos"]
    assert data["Sus movimientos"][1]["Valor"] == "20001.00"
    assert data["Sus movimientos"][0]["Valor"] == "10000.50"
    assert data["Sus movimientos"][0]["Saldo"] is None
    assert data["Sus productos"][1]["Tasa (%)"] == "1.45"
    assert data["Su PIN y su acceso"][0]["PIN desde"] == "2026-11-02T17:00:00+00:00"


def test_every_section_and_column_of_the_store_has_a_name() -> None:
    whole = {table.name: [dict.fromkeys(columns, None)] for table, columns in COPIED.items()}
    named = json.loads(data_json(DataPaper(COOPERATIVE, NOON, whole)))["Datos"]
    assert len(named) == len(COPIED)
    assert data_pdf(DataPaper(COOPERATIVE, NOON, whole)).startswith(b"%PDF")


def test_the_picture_is_sharp_and_holds_the_address() -> None:
    address = "otpauth://totp/El%20Tablero:Oficina?secret=JBSWY3DPEHPK3PXP&issuer=El%20Tablero"
    picture = Image.open(BytesIO(qr_picture(address)))
    assert picture.size[0] == picture.size[1] > 400
    assert set(picture.convert("L").getdata()) == {0, 255}
    assert qr_picture(address) == qr_picture(address) != qr_picture(address + "1")
