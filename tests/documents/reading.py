"""What a reader of a PDF finds in it."""

import unicodedata
from io import BytesIO

from pypdf import PdfReader

from domain.money import Centavos
from handlers.kit.format import money


def pages(pdf: bytes) -> list[str]:
    """The selectable text of each page, its special spaces made plain."""
    return [plain(p.extract_text()) for p in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return "\n".join(pages(pdf))


def plain(raw: str) -> str:
    lines = raw.split("\n")
    return "\n".join(" ".join(unicodedata.normalize("NFC", line).split()) for line in lines)


def pesos(amount: int) -> str:
    """An amount in centavos as the documents write it, with a plain space."""
    return plain(money(Centavos(amount)))


def starts(pdf: bytes) -> list[tuple[float, float, float]]:
    """Left edge, baseline (points) and type size of every piece of text."""
    found: list[tuple[float, float, float]] = []

    def visit(piece: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if piece.strip():
            found.append((tm[4], tm[5], size))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return found
