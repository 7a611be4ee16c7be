"""A member asks for certificates, proves who asks, and somebody else checks them."""

import re
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select, update

from bot.courier import Courier
from storage.schema import certificate, certificate_copy, member
from tests.certificates.rows import add_withholding
from tests.documents.reading import text
from tests.resilience.test_killed_between import Killed, balances, die
from tests.statement_rows import DOCUMENT

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.fixture(autouse=True)
async def closed_year(world):
    async with world.database.unit() as connection:
        await add_withholding(connection, 1, amount=7_000_00)
        await add_withholding(connection, 2, amount=14_000_00)


async def at_offer(phone) -> None:
    """In front of the withholding certificate of 2025."""
    await phone.say("retención")
    await phone.tap("2025")


async def receive(phone, world):
    """Ask for it here, and have it delivered."""
    await at_offer(phone)
    await phone.tap("Recibirlo aquí")
    await world.deliver()
    return phone.phone.documents[-1]


def code_in(content: bytes) -> str:
    found = CODE.search(text(content))
    assert found
    return found[0]


def proof(world) -> str:
    found = [re.search(r"para seguir es: (\d{6})\b", mail.text) for mail in world.mails()]
    return [match[1] for match in found if match][-1]


async def test_a_certificate_arrives_is_recorded_and_can_be_checked(phone, world):
    await phone.first_entry()
    paper = await receive(phone, world)
    assert paper.name == "certificado-retencion-2025.pdf"
    assert "folio 2026-000001" in paper.caption
    said = text(paper.content)
    assert f"{int(DOCUMENT):,}".replace(",", ".") in said
    assert "$ 7.000" in said
    assert PdfReader(BytesIO(paper.content)).root_object["/Lang"] == "es-CO"
    async with world.database.unit() as connection:
        copies = (await connection.execute(select(certificate_copy.c.sha256))).scalars().all()
    assert copies == [sha256(paper.content).hexdigest()]
    employer = world.member(99)
    await employer.say(f"/verificar {code_in(paper.content)}")
    assert "Certificado válido" in employer.screen
    assert "Total retenido: $\N{NO-BREAK SPACE}7.000" in employer.screen
    assert f"CC •••••{DOCUMENT[-3:]}" in employer.screen
    assert DOCUMENT not in employer.screen.replace(".", "")


async def test_an_older_session_proves_again_who_asks(phone, world):
    await phone.first_entry()
    world.clock.forward(minutes=3)
    await at_offer(phone)
    await phone.tap("Recibirlo aquí")
    assert "Comprobemos que es usted" in phone.screen
    assert "m•••@c•••.example" in phone.screen
    await world.post()
    code = proof(world)
    await phone.say("no lo encuentro, 12")
    assert "El código tiene 6 números" in phone.screen
    await phone.say(f"{(int(code) + 1) % 10**6:06}")
    assert "Le quedan 2 intentos" in phone.screen
    await world.deliver()
    assert phone.phone.documents == []
    await phone.say(code)
    await world.deliver()
    assert [d.name for d in phone.phone.documents] == ["certificado-retencion-2025.pdf"]
    typed = [m["text"] for m in phone.phone.messages if m["out"]]
    assert not [each for each in typed if any(map(str.isdigit, each))]
    world.clock.forward(minutes=4)
    await phone.say("constancia")
    await phone.tap("Recibirlo aquí")
    await world.deliver()
    assert len(phone.phone.documents) == 2


async def test_another_code_and_the_way_back(phone, world):
    await phone.first_entry()
    world.clock.forward(minutes=3)
    await at_offer(phone)
    await phone.tap("Enviarlo a")
    await world.post()
    old = proof(world)
    await phone.tap("Enviar otro código")
    await world.post()
    await phone.say(old)
    assert "Ese código no es" in phone.screen
    await phone.tap("Volver")
    assert "¿De qué año?" in phone.screen
    await phone.tap("2025")
    await phone.tap("Enviarlo a")
    await world.post()
    await phone.say(proof(world))
    assert "Le enviamos el certificado" in phone.screen


async def test_by_mail_it_is_the_same_document(phone, world):
    await phone.first_entry()
    paper = await receive(phone, world)
    await phone.tap("Enviarlo a m•••@c•••.example")
    await world.post()
    letter = world.mails()[-1]
    assert letter.subject.strip() == "El certificado que pidió a Cooperativa El Tablero"
    assert "7.000" not in letter.text
    (attached,) = letter.attachments
    assert attached.name == "certificado-retencion-2025.pdf"
    assert attached.content == paper.content
    assert world.mails("m2@correo.example") == []


async def test_it_goes_to_the_address_on_file_when_it_is_sent(phone, world):
    await phone.first_entry()
    await at_offer(phone)
    await phone.tap("Enviarlo a")
    before = len(world.mails())
    async with world.database.unit() as connection:
        own = update(member).where(member.c.id == 1)
        await connection.execute(own.values(email="nuevo@correo.example"))
    await world.post()
    assert len(world.mails()) == before
    assert len(world.mails("nuevo@correo.example")) == 1


async def test_leaving_takes_the_document_along(phone, world):
    await phone.first_entry()
    await receive(phone, world)
    await phone.say("/salir")
    assert phone.phone.documents == []


async def test_leaving_before_it_is_made_sends_nothing(phone, world):
    await phone.first_entry()
    await at_offer(phone)
    await phone.tap("Recibirlo aquí")
    await phone.say("/salir")
    await world.deliver()
    assert phone.phone.documents == []
    assert balances(phone.phone) == []


async def test_killed_before_it_is_sent_it_comes_again_as_it_was(phone, world, monkeypatch):
    await phone.first_entry()
    await at_offer(phone)
    await phone.tap("Recibirlo aquí")
    office = world.replicas[0].office
    with monkeypatch.context() as dying:
        dying.setattr("bot.render.Renderer.send_file", die)
        with pytest.raises(Killed):
            await Courier(office.desk, office.workshop).deliver_next()
    world.clock.forward(seconds=61)
    await world.deliver()
    (paper,) = phone.phone.documents
    async with world.database.unit() as connection:
        copies = (await connection.execute(select(certificate_copy.c.sha256))).scalars().all()
        issued = await connection.scalar(select(func.count()).select_from(certificate))
    assert copies == [sha256(paper.content).hexdigest()]
    assert issued == 1
