"""What all certificates share: title, parties, amounts in words, date, signature, verification."""

from collections.abc import Sequence

from fpdf.enums import MethodReturnValue
from fpdf.fonts import FontFace

from domain.money import Centavos
from handlers.documents.amounts import in_words
from handlers.documents.certificates.paper import CertificatePaper
from handlers.documents.glyphs import tidy
from handlers.documents.identity import identity
from handlers.documents.qr import draw_qr
from handlers.documents.sheet import BRAND, FOOT, LEADING, PANEL, SMALL, Sheet
from handlers.kit.format import day, money
from handlers.kit.texts import plain

KEY = "documents.certificate"
MARGIN = 20.0
BODY = 11.0
LINES = 5.6
LABEL = FontFace(color=(70, 78, 88))
STRONG = FontFace(emphasis="B")
LONGEST_NAME = 120
SEAL_HEIGHT = 33.0
SIGNATURE_HEIGHT = 24.0

Facts = Sequence[tuple[str, str]]


def begin(paper: CertificatePaper) -> Sheet:
    """The sheet with its title, folio and the folio that it replaces, if any."""
    certificate = paper.certificate
    reference = plain(f"{KEY}.folio", {"folio": certificate.folio})
    title = title_of(paper)
    sheet = Sheet(paper.cooperative, title, certificate.issued_at, MARGIN, reference)
    sheet.type(BODY, "B")
    sheet.line_of(reference, LINES, "R")
    sheet.ln(3)
    sheet.type(17, "B", BRAND)
    sheet.line_of(plain(f"{KEY}.{certificate.kind}.title"), 8, "C")
    sheet.type(BODY)
    sheet.line_of(plain(f"{KEY}.{certificate.kind}.subtitle", _period(paper)), LINES, "C")
    if certificate.replaces:
        sheet.type(BODY, "B")
        replaced = {"folio": certificate.replaces}
        sheet.line_of(plain(f"{KEY}.replaces", replaced), LINES, "C")
    sheet.ln(4 if certificate.kind.annual else 12)
    return sheet


def title_of(paper: CertificatePaper) -> str:
    """The document's title in one line, as its file says it."""
    return plain(f"{KEY}.{paper.certificate.kind}.subject", _period(paper))


def table_of(sheet: Sheet, facts: Facts) -> None:
    """Labels and what they stand for, one below the other."""
    sheet.type(10)
    labels = max(sheet.get_string_width(label) for label, _ in facts) + 8
    with sheet.table(
        col_widths=(labels, sheet.epw - labels),
        text_align="L",
        first_row_as_headings=False,
        borders_layout="HORIZONTAL_LINES",
        line_height=5,
        padding=(0.9, 1.5),
        v_align="T",
    ) as table:
        for label, value in facts:
            row = table.row()
            row.cell(label, style=LABEL)
            row.cell(value, style=STRONG)
    sheet.ln(4)
    sheet.type(BODY)


def paragraph(sheet: Sheet, text: str) -> None:
    """A paragraph of the body, justified."""
    sheet.type(BODY)
    sheet.line_of(text, LINES, "J")
    sheet.ln(3)


def spelled_out(sheet: Sheet, label: str, amount: Centavos) -> None:
    """An amount in figures and words."""
    params = {"label": label, "amount": money(amount), "words": in_words(amount)}
    sheet.type(BODY)
    sheet.line_of(plain(f"{KEY}.amount", params), LINES)
    sheet.ln(3)


def holder_of(paper: CertificatePaper) -> str:
    """The member's name, on one line."""
    return tidy(paper.certificate.holder.name, LONGEST_NAME)


def document_of(paper: CertificatePaper) -> str:
    """`cédula de ciudadanía n.º 41.789.123`."""
    return identity(paper.certificate.holder.document)


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def finish(sheet: Sheet, paper: CertificatePaper, legend: str = "") -> bytes:
    """The small print, date and place, who signs, how to check it, all on one page; the PDF."""
    signature = SIGNATURE_HEIGHT if paper.cooperative.signatory else 0
    needed = _print_height(sheet, legend) + 2 * LINES + signature + SEAL_HEIGHT
    if sheet.will_page_break(needed):
        sheet.add_page()
    if legend:
        sheet.type(SMALL)
        sheet.line_of(legend, align="J")
        sheet.ln(3)
    _dated(sheet, paper)
    _signed(sheet, paper)
    _verification(sheet, paper)
    return bytes(sheet.output())


def _print_height(sheet: Sheet, legend: str) -> float:
    """How high the small print will be, in mm."""
    sheet.type(SMALL)
    lines = sheet.multi_cell(0, LEADING, legend, dry_run=True, output=MethodReturnValue.LINES)
    return LEADING * len(lines) if isinstance(lines, list) else 0


def _period(paper: CertificatePaper) -> dict[str, object]:
    year = paper.certificate.facts.year
    return {"year": year} if year is not None else {}


def _dated(sheet: Sheet, paper: CertificatePaper) -> None:
    where, when = paper.cooperative.city, paper.certificate.issued_on
    key = f"{KEY}.issued" if paper.certificate.kind.annual else f"{KEY}.requested"
    paragraph(sheet, plain(key, {"city": where, "day": day(when)}))


def _signed(sheet: Sheet, paper: CertificatePaper) -> None:
    who = paper.cooperative.signatory
    if who is None:
        return
    sheet.ln(5)
    sheet.type(BODY, "B")
    sheet.line_of(tidy(who.name, LONGEST_NAME), LINES)
    sheet.type(BODY)
    sheet.line_of(tidy(who.post, LONGEST_NAME), LINES)
    sheet.ln(3)


def _verification(sheet: Sheet, paper: CertificatePaper) -> None:
    """The box at the foot of the last page: the QR, the code, and what to do with them."""
    top = sheet.h - FOOT - SEAL_HEIGHT
    with sheet.local_context(fill_color=PANEL):
        sheet.rect(sheet.l_margin, top, sheet.epw, SEAL_HEIGHT - 2, style="F")
    side = SEAL_HEIGHT - 4
    with sheet.local_context(fill_color=255):
        sheet.rect(sheet.l_margin + 1, top + 1, side, side, style="F")
    draw_qr(sheet, _checked_at(paper), sheet.l_margin + 1, top + 1, side)
    _instructions(sheet, paper, sheet.l_margin + side + 5, top + 2.5)


def _instructions(sheet: Sheet, paper: CertificatePaper, left: float, top: float) -> None:
    width = sheet.w - sheet.r_margin - left - 3
    way = "online" if paper.address else "chat"
    sheet.set_xy(left, top)
    sheet.type(10, "B", BRAND)
    sheet.cell(width, 5.5, plain(f"{KEY}.verify.title"), new_x="LEFT", new_y="NEXT")
    sheet.type(13, "B")
    sheet.cell(width, 7, paper.code, new_x="LEFT", new_y="NEXT")
    sheet.type(SMALL)
    said = plain(f"{KEY}.verify.{way}", {"address": paper.address or ""})
    sheet.multi_cell(width, LEADING, said, align="L")


def _checked_at(paper: CertificatePaper) -> str:
    """What the QR says: the address of the answer, or the code and what to do with it."""
    if paper.address:
        return f"{paper.address}/{paper.code}"
    return plain(f"{KEY}.verify.qr", {"code": paper.code})
