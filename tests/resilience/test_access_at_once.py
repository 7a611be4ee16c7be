"""What members do about their access, pressed many times at the same instant: one effect."""

import asyncio

from sqlalchemy import select, update
from telegram import Update

from storage.schema import (
    audit,
    authenticator,
    credential,
    entry_attempt,
    member,
    recovery_code,
    session,
    ticket,
)
from tests.journeys.member import DOCUMENT, PIN
from tests.journeys.test_asking_for_help import ask
from tests.journeys.test_authenticator import enrol, to_key
from tests.journeys.test_change_pin import NEW, to_new
from tests.journeys.test_forgot_pin import to_second
from tests.resilience.test_at_once import TIMES, at_once, count, taps, type_pin, world_sink


async def own_number(world):
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(mobile="3000000007"))


async def test_one_ticket_for_a_robbery(phone, world):
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    await at_once(world, taps(phone, "Me robaron: bloquear ya"))
    assert await count(world, ticket) == 1
    assert await count(world, credential, credential.c.locked_at.is_not(None)) == 1
    assert "bloqueado" in phone.screen


async def test_one_ticket_for_a_report(phone, world):
    await phone.say("/robo")
    await phone.tap("con mi documento")
    await phone.give_document(DOCUMENT)
    await at_once(world, lambda: phone.phone.say("12/4/1958", settle=False))
    assert await count(world, ticket) == 1
    await phone.tap("Empezar de nuevo")
    assert "¡Bienvenido" in phone.screen


async def test_one_request_for_help(phone, world):
    await ask(phone)
    await at_once(world, taps(phone, "No entiendo"))
    assert await count(world, ticket) == 1
    assert "T-2026-000001" in phone.screen


async def test_one_new_pin(phone, world):
    await phone.inside()
    await to_new(phone)
    await phone.press(NEW, "Seguir")
    await type_pin(phone, NEW)
    await at_once(world, taps(phone, "Seguir"))
    assert await count(world, audit, audit.c.action == "pin_set") == 2
    assert "¿Qué quiere hacer?" in phone.screen


async def test_a_contact_vouches_once(phone, world):
    await own_number(world)
    await phone.first_entry()
    await phone.leave()
    await to_second(phone)
    await at_once(world, lambda: phone.phone.share_contact(settle=False))
    assert await count(world, audit, audit.c.action == "vouch") == 1
    assert await count(world, entry_attempt, entry_attempt.c.vouched_at.is_not(None)) == 1
    assert "Escoja su PIN nuevo" in phone.screen


async def test_an_app_is_confirmed_once(phone, world):
    await phone.inside()
    app = await to_key(phone)
    code = app.code()
    await at_once(world, lambda: phone.phone.say(code, settle=False))
    assert await count(world, authenticator, authenticator.c.confirmed_at.is_not(None)) == 1
    assert await count(world, recovery_code) == 10
    await phone.tap("Ya los guardé")
    assert "sin usar: 10" in phone.screen


async def test_one_code_of_the_app_lets_one_chat_in(phone, world):
    app, _ = await enrol(phone)
    chats = [phone, world.member(8)]
    for chat in chats:
        await chat.up_to_code(PIN)
    code = app.code()
    await world.sandbox.disconnect()
    updates = [await chat.phone.say(code, settle=False) for chat in chats]
    desks = [(replica.office.bot, replica.office.desk) for replica in world.replicas]
    served = zip(updates, desks, strict=True)
    await asyncio.gather(*(d.serve(Update.de_json(u, b)) for u, (b, d) in served))
    for entry in world.sandbox.telegram.updates.waiting():
        world.sandbox.telegram.updates.confirm(entry)
    await world.sandbox.connect(*(world_sink(replica) for replica in world.replicas))
    inside = ["Hola, María" in chat.screen for chat in chats]
    assert sum(inside) == 1
    assert await count(world, session, session.c.ended_at.is_(None)) == 1


async def test_a_recovery_code_lets_in_once(phone, world):
    _, codes = await enrol(phone)
    await phone.up_to_code(PIN)
    await at_once(world, lambda: phone.phone.say(codes[0], settle=False))
    async with world.database.unit() as connection:
        used = select(recovery_code).where(recovery_code.c.used_at.is_not(None))
        assert len((await connection.execute(used)).all()) == 1
    assert await count(world, session, session.c.ended_at.is_(None)) == 1
    assert TIMES > 1
