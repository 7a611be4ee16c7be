"""Choosing a certificate: what is offered, what is refused and why, what comes of it."""

from datetime import datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Centavos
from handlers.certificates.asking import ChooseKind
from handlers.certificates.choosing import ChooseYear
from handlers.certificates.offer import ReceiveByMail, ReceiveHere
from storage.schema import certificate, mail, member, product
from tests.certificates.rows import add_withholding, add_year_end, close_years
from tests.handlers.conftest import reader_of
from tests.handlers.reading import Reader
from tests.statement_rows import add_member, add_product


@pytest.fixture
async def reader(connection: AsyncConnection, now: datetime) -> Reader:
    """The teacher with closed years: withheld in 2025, nothing in 2024; a tax return's figures."""
    await add_withholding(connection, 1, amount=132_299_00)
    await close_years(connection, 2024)
    await add_year_end(connection, 1, "contribution", 4_825_000_00)
    await add_year_end(connection, 1, "credit", 6_000_000_00, interest=Centavos(900_000_00))
    await connection.execute(update(member).values(email="maria@correo.example"))
    return reader_of(connection, 1, now)


async def count(connection: AsyncConnection, table) -> int:
    return await connection.scalar(select(func.count()).select_from(table)) or 0


async def test_from_the_menu_to_the_document(reader: Reader) -> None:
    await reader.open("menu")
    await reader.tap("Certificados")
    assert [label.split(" ", 1)[1] for label in reader.labels] == [
        "Retención en la fuente",
        "Para la declaración de renta",
        "Constancia de asociado",
        "Paz y salvo",
        "Extracto de crédito",
        "Volver",
        "Menú",
    ]
    await reader.tap("Retención en la fuente")
    assert reader.labels[:2] == ["2025", "2024"]
    await reader.tap("2025")
    assert "le retuvo <b>$\N{NO-BREAK SPACE}132.299</b>" in reader.text
    await reader.tap("Recibirlo aquí")
    assert "Estoy preparando" in reader.notice
    (paper,) = reader.received
    assert paper.filename == "certificado-retencion-2025.pdf"
    assert paper.certificate is not None
    await reader.tap("Volver")
    await reader.tap("Volver")
    assert reader.place == ("certificates", "kinds")


async def test_a_year_without_withholding_says_so_and_certifies_it(reader: Reader) -> None:
    await reader.open("certificates", kind="withholding")
    await reader.tap("2024")
    assert "no le hizo ninguna retención" in reader.text
    await reader.tap("Recibirlo aquí")
    (paper,) = reader.received
    assert paper.values[0].certificate.facts.lines == ()  # type: ignore[attr-defined]


async def test_the_tax_return_shows_what_it_will_say(reader: Reader) -> None:
    await reader.open("certificates", kind="tax_return")
    assert "2024" not in reader.labels
    await reader.tap("2025")
    for amount in ("4.825.000", "6.000.000", "132.299"):
        assert amount in reader.text
    await reader.tap("Recibirlo aquí")
    assert reader.received[-1].filename == "certificado-renta-2025.pdf"


@pytest.mark.parametrize(
    ("words", "place", "said"),
    [
        ("paz y salvo", ("certificates", "kinds"), "no podemos expedirle el paz y salvo"),
        ("la retención", ("certificates", "kinds"), "¿De qué año?"),
        ("para declarar renta", ("certificates", "kinds"), "¿De qué año?"),
        ("una constancia", ("certificates", "kinds"), "Constancia de asociado"),
        ("extracto de crédito", ("certificates", "kinds"), "tiene 2 créditos"),
        ("un certificado", ("certificates", "kinds"), "¿Cuál necesita?"),
    ],
)
async def test_words_lead_there_at_once(
    reader: Reader, words: str, place: tuple[str, str], said: str
) -> None:
    await reader.open("menu")
    await reader.say(words)
    assert reader.place == place
    assert said in reader.text


async def test_words_and_then_taps(reader: Reader) -> None:
    await reader.open("menu")
    await reader.say("constancia")
    await reader.tap("Recibirlo aquí")
    assert reader.received[-1].filename.startswith("constancia-asociado-2026-")
    await reader.say("retención")
    await reader.tap("2025")
    assert reader.place == ("certificates", "offer")
    await reader.tap("Volver")
    await reader.tap("Volver")
    await reader.tap("Menú")
    assert reader.place == ("menu", "menu")


async def test_arrears_are_told_and_something_else_is_offered(
    reader: Reader, connection: AsyncConnection
) -> None:
    await reader.open("certificates", kind="good_standing")
    assert "432.100" in reader.text
    assert "3 días de mora" in reader.text
    assert not [label for label in reader.labels if "Recibirlo" in label]
    await reader.send(ReceiveHere())
    await reader.send(ReceiveByMail())
    assert reader.received == []
    assert await count(connection, certificate) == await count(connection, mail) == 0
    await reader.tap("Extracto de crédito")
    assert "tiene 2 créditos" in reader.text
    await reader.tap("Recibirlo aquí")
    assert reader.received[-1].filename.startswith("extracto-credito-")


async def test_once_paid_the_paz_y_salvo_is_there(
    reader: Reader, connection: AsyncConnection
) -> None:
    paid = {"days_past_due": 0, "arrears": Centavos(0)}
    await connection.execute(update(product).where(product.c.id == 30).values(paid))
    await reader.open("certificates", kind="good_standing")
    assert "usted está al día" in reader.text
    await reader.tap("Recibirlo aquí")
    assert reader.received[-1].filename.startswith("paz-y-salvo-")


async def test_without_credits(connection: AsyncConnection, now: datetime) -> None:
    await add_member(connection, 5, joined_on=datetime(2003, 2, 17).date())  # noqa: DTZ001
    reader = reader_of(connection, 5, now)
    await reader.open("certificates", kind="credit")
    assert "no tiene créditos vigentes" in reader.text
    await reader.tap("Paz y salvo")
    assert "no debe ningún crédito" in reader.text
    await reader.tap("Recibirlo aquí")
    await reader.open("certificates", kind="membership")
    assert "desde el 17 de febrero de 2003" in reader.text


async def test_one_credit_is_one(connection: AsyncConnection, now: datetime) -> None:
    await add_member(connection, 5)
    await add_product(connection, 5, 50, "credit", balance=Centavos(1_000_00))
    reader = reader_of(connection, 5, now)
    await reader.open("certificates", kind="credit")
    assert "tiene 1 crédito y debe" in reader.text


async def test_a_member_of_no_closed_year_is_told(
    connection: AsyncConnection, now: datetime
) -> None:
    await add_member(connection, 5)
    reader = reader_of(connection, 5, now)
    await reader.open("certificates")
    await reader.tap("Retención")
    assert "Todavía no tenemos años cerrados" in reader.text
    await reader.tap("Volver")
    assert reader.place == ("certificates", "kinds")


async def test_by_mail_only_where_there_is_an_address(
    reader: Reader, connection: AsyncConnection
) -> None:
    await reader.open("certificates", kind="membership")
    await reader.tap("Enviarlo a m•••@c•••.example")
    assert "m•••@c•••.example" in reader.notice
    assert "folio 2026-000001" in reader.notice
    assert await count(connection, mail) == 1
    await connection.execute(update(member).values(email=None))
    await reader.open("certificates", kind="membership")
    assert not [label for label in reader.labels if "Enviarlo" in label]
    await reader.send(ReceiveByMail())
    assert "No tenemos un correo" in reader.notice
    await reader.tap("Recibirlo aquí")
    assert len(reader.received) == 1


async def test_five_by_mail_an_hour(reader: Reader, connection: AsyncConnection) -> None:
    await reader.open("certificates", kind="membership")
    for _ in range(5):
        await reader.tap("Enviarlo")
    await reader.tap("Enviarlo")
    assert "varios certificados por correo" in reader.notice
    assert await count(connection, mail) == 5
    assert await count(connection, certificate) == 1


@pytest.mark.parametrize("year", [2026, 2023, 1999, 0])
async def test_a_forged_year_gets_nothing(
    reader: Reader, connection: AsyncConnection, year: int
) -> None:
    await reader.open("certificates", kind="withholding")
    await reader.send(ChooseYear(year))
    assert "todavía no podemos expedir" in reader.text
    await reader.send(ReceiveHere())
    assert reader.received == []
    assert await count(connection, certificate) == 0
    await reader.tap("Volver")
    await reader.tap("2025")
    await reader.tap("Recibirlo aquí")
    assert len(reader.received) == 1


async def test_a_forged_kind_changes_nothing(reader: Reader) -> None:
    await reader.open("certificates")
    await reader.send(ChooseKind("everything"))
    assert reader.place == ("certificates", "kinds")
    await reader.tap("Constancia")
    await reader.send(ChooseKind("withholding"))
    assert "todavía no podemos expedir" in reader.text
    await reader.tap("Volver")
    assert "¿De qué año?" in reader.text


async def test_no_screen_or_caption_has_the_document(reader: Reader) -> None:
    for kind in ("withholding", "tax_return"):
        await reader.open("certificates", kind=kind)
        await reader.tap("2025")
        await reader.tap("Recibirlo aquí")
        assert "41789123" not in reader.text.replace(".", "")
    for paper in reader.received:
        assert "41789123" not in paper.filename + str(paper.caption)
