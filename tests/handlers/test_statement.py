"""The statement of account as a member reads it, to the peso."""

import pickle
from datetime import date, datetime
from importlib import import_module

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Centavos, Percent
from domain.statements import PrintedPeriod, Span, month_span, printed_span
from handlers.documents.paper import StatementPaper
from handlers.kit.callbacks import Callback
from handlers.kit.navigation import Back
from handlers.kit.screen import Attachment
from handlers.statement.months import OfMonth
from handlers.statement.paging import Turn
from handlers.statement.printing import PrintPeriod
from handlers.statement.product_list import OpenProduct
from handlers.statement.summary import OpenGroup
from tests.handlers.conftest import reader_of
from tests.handlers.reading import Reader, said
from tests.statement_rows import CUT_OFF, DOCUMENT, add_member, add_product


def pesos(written: str) -> str:
    return f"$\N{NO-BREAK SPACE}{written}"


def made(file: Attachment) -> bytes:
    module, _, function = file.maker.partition(":")
    content: bytes = getattr(import_module(module), function)(*file.values)
    return content


async def test_the_summary_says_what_one_has_owes_and_pays_next(reader: Reader) -> None:
    await reader.open("statement")
    for line in (
        "Con corte al 31 de octubre de 2026",
        f"Aportes: {pesos('4.825.000')}",
        f"Ahorros: {pesos('11.234.567,89')}",
        f"Total: <b>{pesos('16.059.567,89')}</b>",
        f"Créditos: <b>{pesos('7.023.456,50')}</b>",
        f"3 días de mora. Valor vencido: {pesos('432.100')}",
        f"28 oct 2026: <b>{pesos('432.100')}</b> · Libre inversión (ya venció)",
        f"15 nov 2026: <b>{pesos('150.000')}</b> · Educación",
    ):
        assert line in reader.text


async def test_the_members_document_is_never_in_the_chat(reader: Reader) -> None:
    await reader.open("statement")
    seen = [reader.text]
    for group in ("Aportes", "Ahorros", "Créditos"):
        seen.append(await reader.tap(group))
        first = next(label for label in reader.labels if label.startswith("1."))
        seen += [await reader.tap(first), await reader.tap("movimientos")]
        await reader.open("statement")
    assert not any(DOCUMENT[-4:] in text or "•" in text for text in seen)


async def test_a_new_member_has_an_empty_statement_and_can_go_on(
    connection: AsyncConnection, now: datetime
) -> None:
    await add_member(connection, 2)
    reader = await reader_of(connection, 2, now).open("statement")
    assert f"Total: <b>{pesos('0')}</b>" in reader.text
    assert "No tiene créditos" in reader.text
    assert [label.split(" ", 1)[1] for label in reader.labels] == ["Imprimir", "Volver", "Menú"]
    for words, answer in (
        ("cuánto debo", "No tiene créditos"),
        ("mis ahorros", "Todavía no tiene ahorros"),
        ("aportes", "Todavía no tiene aportes"),
        ("movimientos", "Todavía no tiene productos"),
    ):
        assert answer in await reader.say(words)
        assert len(reader.labels) == 2


async def test_credits_up_to_date_and_paid_ones_look_right(
    connection: AsyncConnection, now: datetime
) -> None:
    await add_member(connection, 2)
    await add_product(
        connection, 2, 50, "credit", name="Vivienda", closed_on=date(2026, 3, 2), instalments_paid=9
    )
    reader = await reader_of(connection, 2, now).open("statement")
    assert "✅ Al día" in reader.text
    assert "Próximas cuotas" not in reader.text
    await reader.tap("Créditos (1)")
    assert "Cerrado el 2 de marzo de 2026" in reader.text
    await reader.tap("1. Vivienda")
    assert "Cerrado el 2 de marzo de 2026" in reader.text
    assert "Cuota" not in reader.text


@pytest.mark.parametrize(
    ("days", "arrears", "words"),
    [
        (1, 5_000, f"1 día de mora. Valor vencido: {pesos('50')}"),
        (1, 0, "⚠️ 1 día de mora\n"),
        (40, 0, "⚠️ 40 días de mora\n"),
    ],
)
async def test_arrears_are_said_in_plain_words(
    connection: AsyncConnection, now: datetime, days: int, arrears: int, words: str
) -> None:
    await add_member(connection, 2)
    await add_product(
        connection,
        2,
        50,
        "credit",
        days_past_due=days,
        arrears=Centavos(arrears),
        next_due_on=CUT_OFF,
    )
    reader = await reader_of(connection, 2, now).open("statement")
    assert words in reader.text


@pytest.mark.parametrize(
    ("flow", "tap", "place"),
    [
        ("statement", OpenGroup("all"), ("statement", "summary")),
        ("statement", OpenGroup("x"), ("statement", "summary")),
        ("products", Turn(2**63 - 1), ("products", "list")),
        ("printing", PrintPeriod("decade"), ("printing", "period")),
        ("help", Turn(1), ("help", "help")),
        ("menu", Back(), ("menu", "menu")),
    ],
)
async def test_made_up_buttons_do_no_harm(
    reader: Reader, flow: str, tap: Callback, place: tuple[str, str]
) -> None:
    await reader.open(flow, group="savings")
    await reader.send(tap)
    assert reader.place == place
    assert not reader.received


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "x", "2026-10-31"])
async def test_made_up_months_do_no_harm(reader: Reader, month: str) -> None:
    await reader.open("products", group="savings")
    await reader.tap("1. Ahorro")
    await reader.tap("movimientos")
    await reader.send(OfMonth(month))
    await reader.send(Turn(2**63 - 1))
    assert reader.place == ("products", "movements")
    await reader.tap("Volver")
    assert reader.place == ("products", "product")


async def test_pictures_come_on_request(reader: Reader) -> None:
    await reader.open("statement")
    await reader.tap("gráfica")
    assert "dibujando" in reader.notice
    await reader.tap("Créditos (2)")
    await reader.tap("gráfica")
    makers = [file.maker.rpartition(":")[2] for file in reader.received]
    assert makers == ["composition_chart", "credits_chart"]
    assert all(file.picture and pickle.dumps(file.values) for file in reader.received)
    assert all(said(file.caption) for file in reader.received)


@pytest.mark.parametrize(
    ("label", "since", "count"),
    [
        ("Solo octubre de 2026", date(2026, 10, 1), 11),
        ("Últimos 3 meses", date(2026, 8, 1), 12),
        ("Todo el año 2026", date(2026, 1, 1), 12),
    ],
)
async def test_printing_sends_the_period_that_was_chosen(
    reader: Reader, label: str, since: date, count: int
) -> None:
    await reader.open("menu")
    await reader.tap("Imprimir")
    await reader.tap(label)
    assert reader.notice == "Estoy preparando su estado de cuenta…"
    (file,) = reader.received
    (paper,) = file.values
    assert isinstance(paper, StatementPaper)
    assert paper.period == (since, CUT_OFF)
    assert len(paper.movements_of(20)) == count
    assert paper.document == "CC •••••123"
    assert paper.holder == "MARÍA EUGENIA Ñáñez Peña"
    assert file.filename == "estado-de-cuenta-2026-10-31.pdf"
    assert file.maker == "handlers.documents.statement_pdf:statement_pdf"
    assert pickle.dumps(file.values)
    assert reader.place == ("printing", "period")


async def test_what_is_sent_can_be_made(reader: Reader) -> None:
    await reader.open("statement")
    await reader.tap("gráfica")
    await reader.tap("Imprimir")
    await reader.tap("Últimos 3 meses")
    picture, document = (made(file) for file in reader.received)
    assert picture.startswith(b"\x89PNG")
    assert document.startswith(b"%PDF")


async def test_printing_returns_to_where_it_was_asked_for(reader: Reader) -> None:
    await reader.open("statement")
    await reader.tap("Imprimir")
    await reader.tap("Últimos 3 meses")
    await reader.tap("Volver")
    assert reader.place == ("statement", "summary")


def test_periods_end_at_the_cut_off() -> None:
    january = date(2026, 1, 31)
    assert printed_span(PrintedPeriod.QUARTER, january) == Span(date(2025, 11, 1), january)
    assert printed_span(PrintedPeriod.QUARTER, date(2026, 12, 5)).since == date(2026, 10, 1)
    assert printed_span(PrintedPeriod.MONTH, january).since == date(2026, 1, 1)
    assert month_span(date(2028, 2, 10)) == Span(date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "programmed", "rate": Percent("4.5"), "rate_kind": "nominal_monthly"},
        {"kind": "permanent", "instalment": Centavos(5_000_000)},
        *({"kind": "cdat", "period": p} for p in ("fortnightly", "monthly", "bimonthly")),
        *({"kind": "cdat", "period": p} for p in ("semiannual", "annual", "at_maturity")),
        {"kind": "cdat", "closed_on": date(2026, 5, 1)},
        {"kind": "contribution", "closed_on": date(2026, 5, 1)},
        {"kind": "credit"},
    ],
)
async def test_every_kind_of_product_can_be_read(
    reader: Reader, connection: AsyncConnection, given: dict[str, object]
) -> None:
    await add_product(connection, 1, 77, **given)
    await reader.open("products", group="all")
    await reader.open("products", group="savings")
    await reader.send(OpenProduct(77))
    assert "Producto 77" in reader.text
    assert pesos("0") in reader.text
