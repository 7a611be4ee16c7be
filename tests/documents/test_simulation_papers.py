"""The papers of simulations say what the domain says, row by row."""

import csv
import pickle
import zipfile
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest

from domain.finance.rounding import centavos
from handlers.documents.cdat_chart import cdat_chart
from handlers.documents.cdat_pdf import cdat_pdf
from handlers.documents.credit_chart import credit_chart
from handlers.documents.credit_pdf import credit_pdf
from handlers.documents.schedule_cells import harmless
from handlers.documents.schedule_csv import schedule_csv
from handlers.documents.schedule_xlsx import schedule_xlsx
from tests.documents.reading import pages, pesos, text
from tests.documents.simulations import CDATS, CREDITS, HOSTILE, named
from tests.documents.test_charts import size

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def credits_() -> dict[str, str]:
    return {kind: text(credit_pdf(paper)) for kind, paper in CREDITS.items()}


@pytest.mark.parametrize("kind", CREDITS)
def test_every_instalment_is_a_line_of_the_table(kind: str, credits_: dict[str, str]) -> None:
    lines, quote = credits_[kind].split("\n"), CREDITS[kind].quote
    for row in quote.schedule.rows:
        amounts = [row.principal, row.interest, row.payment, row.balance]
        if quote.schedule.total_insurance:
            amounts.insert(2, row.insurance)
        cells = " ".join(pesos(centavos(amount)) for amount in amounts)
        assert f"{row.number} {row.due_on:%d/%m/%Y} {cells}" in lines


@pytest.mark.parametrize("kind", CREDITS)
def test_what_a_credit_costs_is_said_and_adds_up(kind: str, credits_: dict[str, str]) -> None:
    found, quote = credits_[kind], CREDITS[kind].quote
    schedule = quote.schedule
    for amount in (
        quote.request.amount,
        schedule.first_payment,
        schedule.total_interest,
        schedule.total_insurance,
        schedule.total_paid,
    ):
        assert pesos(centavos(amount)) in found
    sums = [quote.request.amount, schedule.total_interest, schedule.total_paid]
    if schedule.total_insurance:
        sums.insert(2, schedule.total_insurance)
    assert f"Total {' '.join(pesos(centavos(s)) for s in sums)}" in found
    assert quote.line.name in found


@pytest.mark.parametrize("kind", CREDITS)
def test_a_credit_carries_its_warnings_and_names_nobody(
    kind: str, credits_: dict[str, str]
) -> None:
    found = " ".join(credits_[kind].split())
    for words in (
        "no es una oferta ni una aprobación",
        "Simulación hecha el 2 de noviembre de 2026, con la tasa vigente desde el",
        "Tope legal de las tasas (usura) en noviembre de 2026: 24,40 %",
        "Ley 2032 de 2020",
        "Requisitos de la línea:",
        "608 740 0000",
    ):
        assert words in found


@pytest.mark.parametrize("kind", CDATS)
def test_a_cdat_says_its_yield_its_calendar_and_the_comparison(kind: str) -> None:
    found, quote = text(cdat_pdf(CDATS[kind])), CDATS[kind].quote
    outcome = quote.outcome
    for amount in (outcome.gross, outcome.withholding, outcome.net, outcome.total):
        assert pesos(centavos(amount)) in found
    for payment in outcome.payments:
        amounts = (payment.gross, payment.withholding, payment.net)
        cells = " ".join(pesos(centavos(amount)) for amount in amounts)
        assert f"{payment.number} {payment.due_on:%d/%m/%Y} {cells}" in found
    for option in quote.comparison if len(quote.comparison) > 1 else ():
        assert pesos(centavos(option.net)) in found
    assert "la tasa definitiva es la del día de la apertura" in " ".join(found.split())
    assert "con la tasa vigente desde el 1 de enero de 2026" in " ".join(found.split())


def test_headings_repeat_on_every_page_of_the_table() -> None:
    every = pages(credit_pdf(CREDITS["ten_years"]))
    assert len(every) == 4
    assert all("N.º Fecha Capital Interés Seguro Cuota Saldo" in page for page in every[:3])


@pytest.mark.parametrize(
    ("make", "paper"),
    [
        (credit_pdf, CREDITS["ordinary"]),
        (cdat_pdf, CDATS["monthly"]),
        (credit_chart, CREDITS["ordinary"]),
        (cdat_chart, CDATS["monthly"]),
        (schedule_csv, CREDITS["ordinary"]),
        (schedule_xlsx, CREDITS["ordinary"]),
    ],
)
def test_the_same_paper_gives_the_same_bytes_also_after_a_journey_to_another_process(
    make: object, paper: object
) -> None:
    assert make(paper) == make(pickle.loads(pickle.dumps(paper)))  # noqa: S301


@pytest.mark.parametrize("kind", CREDITS)
def test_the_picture_of_a_credit_fits_a_phone(kind: str) -> None:
    width, height = size(credit_chart(CREDITS[kind]))
    assert width == 1200
    assert 1200 < height < 2200


@pytest.mark.parametrize("kind", CDATS)
def test_the_picture_of_a_cdat_fits_a_phone(kind: str) -> None:
    width, height = size(cdat_chart(CDATS[kind]))
    assert width == 1200
    assert 700 < height < 2200


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("kind", CREDITS)
def test_csv_has_every_row_to_the_centavo(kind: str) -> None:
    quote, rows = CREDITS[kind].quote, table(schedule_csv(CREDITS[kind]))
    assert rows[0] == ["Número", "Fecha", "Capital", "Interés", "Seguro", "Cuota", "Saldo"]
    shown = quote.line.rounding.shown
    for row, cells in zip(quote.schedule.rows, rows[1:], strict=False):
        amounts = (row.principal, row.interest, row.insurance, row.payment, row.balance)
        expected = [f"{shown(amount):f}".replace(".", ",") for amount in amounts]
        assert cells == [str(row.number), f"{row.due_on:%d/%m/%Y}", *expected]
    tail = "\n".join(cells[0] for cells in rows[len(quote.schedule.rows) + 2 :])
    assert "no es una oferta ni una aprobación" in tail
    assert "con la tasa vigente desde el" in tail


def sheet(content: bytes) -> tuple[list[list[object]], str]:
    """The cells of the only sheet, and its XML."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314
    words = ["".join(t.text or "" for t in si.iter(f"{{{NS['m']}}}t")) for si in shared]
    rows = []
    for row in ElementTree.fromstring(xml).iterfind(".//m:row", NS):  # noqa: S314
        cells = []
        for cell in row.iterfind("m:c", NS):
            value = cell.findtext("m:v", "", NS)
            cells.append(words[int(value)] if cell.get("t") == "s" else float(value))
        rows.append(cells)
    return rows, xml


@pytest.mark.parametrize("kind", CREDITS)
def test_the_spreadsheet_has_figures_not_texts(kind: str) -> None:
    quote, (rows, xml) = CREDITS[kind].quote, sheet(schedule_xlsx(CREDITS[kind]))
    start = next(n for n, row in enumerate(rows) if row and row[0] == "Número") + 1
    shown = quote.line.rounding.shown
    for row, cells in zip(quote.schedule.rows, rows[start:], strict=False):
        amounts = (row.principal, row.interest, row.insurance, row.payment, row.balance)
        assert cells[0] == row.number
        assert cells[2:] == [float(shown(amount)) for amount in amounts]
    assert rows[-1][:2] == ["Total", float(shown(quote.request.amount))]
    assert "<f>" not in xml
    about = " ".join(str(row[0]) for row in rows[: start - 1] if row)
    assert "no es una oferta ni una aprobación" in about
    assert "con la tasa vigente desde el" in about


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_never_begins_like_a_formula(start: str) -> None:
    assert harmless(f"{start}1").startswith("'")
    assert harmless("Simulación") == "Simulación"


def test_hostile_names_of_lines_stay_text() -> None:
    paper = named(CREDITS["ordinary"], HOSTILE)
    _, xml = sheet(schedule_xlsx(paper))
    assert "<f>" not in xml
    cells = [cell for row in table(schedule_csv(paper)) for cell in row]
    assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in cells)
    assert credit_pdf(paper).startswith(b"%PDF")
    assert size(credit_chart(named(CREDITS["ordinary"], "$x_1$ <b> 👩‍🏫 \u202eabc")))[0] == 1200
