"""Each product and its movements as a member reads them."""

import re
from datetime import date, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Centavos
from handlers.statement.product_list import OpenProduct
from tests.handlers.conftest import reader_of
from tests.handlers.reading import Reader
from tests.handlers.test_statement import pesos
from tests.statement_rows import add_member, add_movements, add_product


async def test_a_cdat_is_told_in_full(reader: Reader) -> None:
    await reader.open("statement")
    await reader.tap("Ahorros (2)")
    assert f"Total: <b>{pesos('11.234.567,89')}</b>" in reader.text
    await reader.tap("2. CDAT")
    for line in (
        "certificado de depósito de ahorro a término",
        f"Saldo: <b>{pesos('10.000.000')}</b>",
        "9,20\N{NO-BREAK SPACE}% al año (efectiva anual, E.A.)",
        "Apertura: 5 de agosto de 2026",
        "Vencimiento: 5 de febrero de 2027",
        "Pago de intereses: cada tres meses",
        f"Intereses ganados hasta el corte: {pesos('223.456')}",
    ):
        assert line in reader.text


async def test_a_credit_is_told_in_full(reader: Reader) -> None:
    await reader.open("statement")
    await reader.tap("Créditos (2)")
    await reader.tap("1. Libre inversión")
    for line in (
        f"Lo que debe: <b>{pesos('6.123.456')}</b>",
        "3 días de mora",
        f"Cuota: <b>{pesos('432.100')}</b>",
        "Se paga cada mes",
        "Cuota por pagar: 28 de octubre de 2026",
        "Ha pagado 12 de 36 cuotas",
        f"Valor prestado: {pesos('12.000.000')}",
        "Fecha del préstamo: 20 de octubre de 2025",
        "1,45\N{NO-BREAK SPACE}% al mes",
    ):
        assert line in reader.text


async def test_back_retraces_every_step_and_menu_goes_home(reader: Reader) -> None:
    await reader.open("statement")
    for label in ("Ahorros", "1. Ahorro a la vista", "movimientos", "Elegir mes"):
        await reader.tap(label)
    places = []
    while reader.place != ("menu", "menu"):
        await reader.tap("Volver")
        places.append(reader.place[1])
    assert places == ["movements", "product", "list", "summary", "menu"]
    for flow in ("statement", "products", "printing", "help"):
        await reader.open(flow)
        await reader.tap("Menú")
        assert reader.place == ("menu", "menu")


async def test_movements_turn_pages_and_filter_by_month(reader: Reader) -> None:
    await reader.open("products", group="savings")
    await reader.tap("1. Ahorro a la vista")
    first = await reader.tap("movimientos")
    assert first.index("Intereses") < first.index("Consignación 10") < first.index("Consignación 4")
    assert f"Entró {pesos('100.000')}" in first
    older = await reader.tap("Más antiguos")
    assert f"Salió {pesos('50.000,50')}" in older
    assert "Página 2" in older
    assert not any("Más antiguos" in label for label in reader.labels)
    assert await reader.tap("Más recientes") == first
    await reader.tap("Elegir mes")
    assert reader.labels[:2] == ["octubre de 2026", "agosto de 2026"]
    august = await reader.tap("agosto de 2026")
    assert "Mes: agosto de 2026" in august
    assert "Consignación" not in august
    assert await reader.tap("Todos los meses") == first


async def test_movements_of_a_credit_say_what_was_paid_with_its_balance(
    reader: Reader, connection: AsyncConnection
) -> None:
    await add_movements(
        connection,
        30,
        (date(2026, 9, 28), "Pago cuota 12", -43_210_000),
        (date(2026, 9, 30), "Intereses <de> mora & otros", 1_234_500),
    )
    await reader.open("products", group="all")
    text = await reader.tap("4. Libre inversión")
    assert reader.place == ("products", "movements")
    assert f"Pagó {pesos('432.100')}" in text
    assert f"Cargo {pesos('12.345')}" in text
    assert "&lt;de&gt; mora &amp; otros" in text
    await reader.tap("Volver")
    assert reader.place == ("products", "list")


async def test_a_product_without_movements_says_so(reader: Reader) -> None:
    await reader.open("products", group="contributions")
    await reader.tap("1. Aportes")
    assert "No hay movimientos" in await reader.tap("movimientos")
    assert "todavía no tiene movimientos" in await reader.tap("Elegir mes")


async def test_forty_products_fit_in_pages(connection: AsyncConnection, now: datetime) -> None:
    await add_member(connection, 2)
    long_name = "Crédito de libre inversión con descuento por nómina de la Secretaría " * 3
    for number in range(40):
        await add_product(
            connection,
            2,
            100 + number,
            "credit",
            name=long_name,
            balance=Centavos(99_999_999_999_99),
            instalment=Centavos(9_999_999_999),
            next_due_on=date(2026, 11, 5),
            days_past_due=1_234,
            arrears=Centavos(99_999_999_999),
            instalments_paid=1,
            instalments_total=120,
        )
    reader = await reader_of(connection, 2, now).open("statement")
    assert "Y 35 cuotas más" in reader.text
    await reader.tap("Créditos (40)")
    seen: list[str] = []
    while True:
        seen += [label for label in reader.labels if re.match(r"\d+\. ", label)]
        if not any("Siguientes" in label for label in reader.labels):
            break
        await reader.tap("Siguientes")
    assert [int(label.split(".")[0]) for label in seen] == list(range(1, 41))
    assert "Página 7 de 7" in reader.text
    await reader.tap("40.")
    assert "1 de 120 cuotas" in reader.text
    await reader.tap("Volver")
    assert "Página 7 de 7" in reader.text


@pytest.mark.parametrize("made_up", [99, 0, 2**63 - 1])
async def test_another_members_product_shows_nothing_and_one_can_go_on(
    reader: Reader, connection: AsyncConnection, made_up: int
) -> None:
    await add_member(connection, 2)
    await add_product(connection, 2, 99, "demand", name="Ajeno", balance=Centavos(7_654_300))
    for group in ("savings", "all"):
        await reader.open("products", group=group)
        assert "no aparece entre los suyos" in await reader.send(OpenProduct(made_up))
        await reader.tap("Volver")
        assert "Ahorro a la vista" in reader.text
