"""Somebody who cannot enter asks the cooperative, without a session and whoever they are."""

import pytest
from sqlalchemy import select, update

from storage.schema import member, ticket, ticket_event
from tests.journeys.member import DOCUMENT


async def ask(phone, document=DOCUMENT, name="Ana María Peña"):
    await phone.say("/start")
    await phone.tap("Pedir ayuda")
    if "autoriza" in phone.screen:
        await phone.tap("Sí, autorizo")
    await phone.give_document(document)
    await phone.say(name)


async def rows(world, table):
    async with world.database.unit() as connection:
        return (await connection.execute(select(table).order_by(table.c.id))).all()


async def test_a_request_gets_a_number_and_a_confirmation(phone, world):
    await ask(phone)
    assert "¿Qué le pasa, Ana María Peña?" in phone.screen
    await phone.tap("Mi PIN está bloqueado")
    assert "T-2026-000001" in phone.screen
    await world.post()
    assert "T-2026-000001" in world.mails()[-1].text
    (row,) = await rows(world, ticket)
    assert (row.kind, row.state, row.member_id, row.chat_id) == ("help", "open", 1, 7)
    assert (row.name, row.document_masked) == ("Ana María Peña", "CC •••••123")
    assert "PIN está bloqueado" in row.text
    assert [event.step for event in await rows(world, ticket_event)] == ["filed"]
    await phone.tap("Empezar de nuevo")
    assert "¡Bienvenido" in phone.screen


async def test_in_ones_own_words(phone, world):
    await ask(phone)
    await phone.say("cambié de correo\nhace un mes y ya no me llega nada")
    (row,) = await rows(world, ticket)
    assert row.text == "cambié de correo hace un mes y ya no me llega nada"
    typed = [m["text"] for m in phone.phone.messages if m["out"]]
    assert typed == ["/start"]


async def test_an_unknown_document_is_answered_the_same(phone, world):
    stranger = world.member(50)
    await ask(phone)
    await phone.tap("No entiendo")
    await ask(stranger, "99887766")
    await stranger.tap("No entiendo")
    assert stranger.screen.replace("000002", "000001") == phone.screen
    await world.post()
    assert len(world.sandbox.mailbox.messages) == 1
    known, unknown = await rows(world, ticket)
    assert (known.member_id, unknown.member_id) == (1, None)


@pytest.mark.parametrize("name", ["12", "!!", "a", "x" * 200])
async def test_what_is_no_name_is_asked_again(phone, name):
    await ask(phone, name=name)
    assert "Escriba su nombre y sus apellidos, por favor" in phone.screen
    await phone.say("Ana María Peña")
    assert "¿Qué le pasa" in phone.screen


async def test_three_a_day_from_one_account(phone, world):
    for _ in range(3):
        await ask(phone)
        await phone.tap("No entiendo")
    await ask(phone)
    await phone.tap("No entiendo")
    assert "Ya recibimos varias solicitudes hoy" in phone.screen
    assert len(await rows(world, ticket)) == 3
    world.clock.forward(hours=25)
    await phone.tap("Empezar de nuevo")
    await ask(phone)
    await phone.tap("No entiendo")
    assert "T-2026-000004" in phone.screen


async def test_three_a_day_about_one_document(world):
    for account in range(60, 63):
        await ask(world.member(account))
        await world.member(account).tap("No entiendo")
    fourth = world.member(63)
    await ask(fourth)
    await fourth.tap("No entiendo")
    assert "Ya recibimos varias solicitudes hoy" in fourth.screen


async def test_without_an_address_nothing_is_sent(phone, world):
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(email=None))
    await ask(phone)
    await phone.tap("No me llegan")
    await world.post()
    assert world.sandbox.mailbox.messages == []
    assert "T-2026-000001" in phone.screen


async def test_words_lead_there_before_entering(phone):
    await phone.say("/start")
    await phone.say("no puedo entrar")
    await phone.tap("Sí, autorizo")
    assert "¿Qué documento tiene?" in phone.screen
    await phone.tap("Cancelar")
    assert "¡Bienvenido" in phone.screen
