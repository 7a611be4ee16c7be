"""The printed statement says what the statement says, on pages that can be read."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from io import BytesIO
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from domain.money import Centavos
from domain.statement import Product
from handlers.documents.statement_pdf import statement_pdf
from tests.documents.reading import pages, pesos, starts, text
from tests.documents.samples import (
    CDAT,
    COOPERATIVE,
    KINDS,
    LOAN,
    booked,
    paper,
    statement,
)

LETTER = (612, 792)
HEADINGS = "Fecha Descripción Entradas Salidas Saldo"


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {kind: statement_pdf(values) for kind, values in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_of_the_statement_is_in_the_text(kind: str, printed: dict[str, bytes]) -> None:
    values, found = KINDS[kind].statement, text(printed[kind])
    for product in values.products:
        assert product.number in found
        assert all(pesos(amount) in found for amount in amounts(product))
    totals = (values.total_contributions, values.total_savings, values.total_credits)
    assert all(pesos(amount) in found for amount in totals)
    assert f"Total {pesos(values.total_contributions + values.total_savings)}" in found


def amounts(product: Product) -> list[int]:
    names = ("balance", "instalment", "accrued_interest", "disbursed", "arrears")
    return [amount for name in names if (amount := getattr(product, name, None))]


@pytest.mark.parametrize("kind", KINDS)
def test_every_movement_is_printed_with_its_balance(kind: str, printed: dict[str, bytes]) -> None:
    lines = text(printed[kind]).split("\n")
    for _, booked_ in KINDS[kind].movements:
        for row in booked_:
            assert row.balance is not None
            written = f"{row.description} {pesos(abs(row.amount))} {pesos(row.balance)}"
            assert f"{row.booked_on:%d/%m/%Y} {written}" in lines


@pytest.mark.parametrize("kind", KINDS)
def test_movements_add_up_to_the_centavo(kind: str, printed: dict[str, bytes]) -> None:
    found = text(printed[kind]).replace(" ", "")
    for _, booked_ in KINDS[kind].movements:
        rise = sum(m.amount for m in booked_ if m.amount > 0)
        fall = -sum(m.amount for m in booked_ if m.amount < 0)
        # a reader may take the gap between two wide columns for no gap at all
        assert f"Total del periodo {pesos(rise)} {pesos(fall)}".replace(" ", "") in found


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_numbered_dated_and_headed(kind: str, printed: dict[str, bytes]) -> None:
    found = pages(printed[kind])
    for number, page in enumerate(found, start=1):
        assert f"Página {number} de {len(found)} Expedido el 1 de abril de 2026" in page
        assert "Tablero" in page.split("\n")[0] + page.split("\n")[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_never_ends_with_headings(kind: str, printed: dict[str, bytes]) -> None:
    headings = {"Saldo", HEADINGS, "Aportes sociales", "Ahorros", "Créditos"}
    for page in pages(printed[kind]):
        before_footer = page.split("\nPágina ")[0].split("\n")[-1]
        assert before_footer not in headings
        assert "Movimientos del" not in before_footer


def test_headings_are_repeated_on_every_page_of_movements(printed: dict[str, bytes]) -> None:
    with_rows = [p for p in pages(printed["many_movements"]) if "Consignación" in p]
    assert len(with_rows) > 10
    assert all(f"Ahorro a la vista, N.º 4001-7\n{HEADINGS}" in page for page in with_rows)


@pytest.mark.parametrize("kind", KINDS)
def test_type_is_never_small_nor_outside_the_margins(kind: str, printed: dict[str, bytes]) -> None:
    for x, y, size in starts(printed[kind]):
        assert size >= 9
        assert 36 < x < LETTER[0] - 36
        assert 26 < y < LETTER[1] - 36


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("no_credits", "No tiene créditos vigentes"),
        ("closed", "Cerrado el 16/02/2026"),
        ("closed", "Cerrado el 20/01/2026"),
        ("arrears", "Estado 3 días de mora\nVencido: $ 123.456,78"),
        ("arrears", "2 próximas cuotas,\ndesde el 28/03/2026"),
        ("ordinary", "Próxima cuota, el 05/04/2026 $ 538.714"),
        ("ordinary", "Estado Al día"),
        ("ordinary", "12 de 36"),
        ("ordinary", "NIT 900.123.456-8"),
        ("ordinary", "Asociado(a) María Ángela Núñez Güiza Documento CC •••••432"),
        ("centavos", "$ 10.345.678,01"),
        ("nothing", "No hubo movimientos en este periodo"),
    ],
)
def test_what_members_look_for_is_said(kind: str, said: str, printed: dict[str, bytes]) -> None:
    assert said in text(printed[kind])


def test_two_pages_stay_small_with_embedded_fonts(printed: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(printed["ordinary"]))
    assert len(reader.pages) == 2
    assert len(printed["ordinary"]) < 200_000
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (descendant,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in descendant.get_object()["/FontDescriptor"].get_object()


def test_the_file_says_what_it_is(printed: dict[str, bytes]) -> None:
    reader = PdfReader(BytesIO(printed["ordinary"]))
    said = reader.xmp_metadata
    assert said is not None
    title = "Estado de cuenta con corte al 31 de marzo de 2026"
    assert said.dc_title == {"x-default": title}
    assert said.dc_creator == [COOPERATIVE.name]
    assert said.xmp_create_date == KINDS["ordinary"].issued_at.replace(tzinfo=None)
    assert reader.root_object["/Lang"] == "es-CO"


def test_another_process_makes_the_same_bytes(printed: dict[str, bytes]) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(statement_pdf, KINDS["ordinary"]).result() == printed["ordinary"]


def test_movements_of_a_product_that_is_not_shown_are_not_printed() -> None:
    found = text(statement_pdf(paper(None, (999, booked(3)))))
    assert "Consignación" not in found


HOSTILE = st.one_of(
    st.text(max_size=250),
    st.sampled_from(
        [
            "<b>Ana</b> & <script>",
            "W" * 200,
            "Ñ" * 200,
            "Ana \u202e\u2066oirartnoc\u2069",
            "👩‍🏫🇨🇴 Profe",
            "**Ana** __María__ {nb} \ue000\ue000\ue000",
            "e\u0301" * 80,
            "محمد علي",
            "王小明",
            "\ud800\x00\x1b[31m",
            "",
        ]
    ),
)


@settings(max_examples=15, deadline=None)
@given(holder=HOSTILE, name=HOSTILE, description=HOSTILE)
def test_hostile_names_neither_break_nor_move_anything(
    holder: str, name: str, description: str
) -> None:
    (moved,) = booked(1)
    values = statement(
        savings=(replace(CDAT, name=name, number=name),), credits_=(replace(LOAN, line=name),)
    )
    moves = (CDAT.id, (replace(moved, description=description),))
    made = statement_pdf(paper(values, moves, holder=holder))
    assert len(pages(made)) <= 3
    assert pesos(CDAT.balance) in text(made)
    assert all(36 < x < LETTER[0] - 36 for x, _, _ in starts(made))


def test_amounts_of_billions_squeeze_the_type_and_stay_whole() -> None:
    large = Centavos(12345678901234)
    loan = replace(LOAN, balance=large, disbursed=large, instalment=large, arrears=large)
    account = replace(CDAT, balance=large, accrued_interest=large, instalment=large)
    values = statement(savings=(account,), credits_=(replace(loan, days_past_due=1234),))
    moves = (CDAT.id, booked(3, large, large))
    found = text(statement_pdf(paper(values, moves)))
    assert found.count(pesos(large)) > 10
