"""The same button pressed many times at the same instant, on many replicas: one effect."""

import asyncio

from sqlalchemy import func, select
from telegram import Update

from storage.schema import audit, consent, credential, mail, session
from tests.journeys.member import FIRST_KEY, PIN

TIMES = 8


async def at_once(world, act):
    """Do it many times; each update is served at the same time as the others."""
    await world.sandbox.disconnect()
    updates = [await act() for _ in range(TIMES)]
    desks = [(replica.office.bot, replica.office.desk) for replica in world.replicas]
    await asyncio.gather(
        *(
            desk.serve(Update.de_json(update, bot))
            for number, update in enumerate(updates)
            for bot, desk in [desks[number % len(desks)]]
        )
    )
    for entry in world.sandbox.telegram.updates.waiting():
        world.sandbox.telegram.updates.confirm(entry)
    await world.sandbox.connect(*(world_sink(replica) for replica in world.replicas))


def world_sink(replica):
    async def receive(raw):
        await replica.office.desk.serve(Update.de_json(raw, replica.office.bot))

    return receive


def taps(phone, label):
    whole = next(each for each in phone.labels if label in each)
    message = next(m for m in reversed(phone.phone.messages) if "reply_markup" in m)
    return lambda: phone.phone.old_tap(message, whole, settle=False)


async def count(world, table, *where):
    async with world.database.unit() as connection:
        return await connection.scalar(select(func.count()).select_from(table).where(*where))


async def type_pin(phone, pin):
    for digit in pin:
        await phone.phone.tap(digit)


async def test_one_authorisation(phone, world):
    await phone.say("/start")
    await phone.tap("Entrar")
    await at_once(world, taps(phone, "Sí, autorizo"))
    assert await count(world, consent) == 1
    assert await count(world, audit, audit.c.action == "consent") == 1
    await phone.give_document()
    assert "Su PIN" in phone.screen


async def test_one_judgement_of_the_pin(phone, world):
    await phone.authorise()
    await phone.give_document()
    await type_pin(phone, FIRST_KEY)
    await at_once(world, taps(phone, "Entrar"))
    assert await count(world, audit, audit.c.action == "pin") == 1
    await phone.pass_robot()
    assert "Revise su correo" in phone.screen


async def test_one_wrong_pin_is_counted_once(phone, world):
    await phone.first_entry()
    await phone.say("/salir")
    await phone.authorise()
    await phone.give_document()
    await type_pin(phone, "1397")
    await at_once(world, taps(phone, "Entrar"))
    assert await count(world, credential, credential.c.failures_bound == 1) == 1
    await phone.press(PIN)
    await phone.pass_robot()
    await world.post()
    await phone.say(phone.code())
    assert "Hola, María" in phone.screen


async def test_one_code_is_sent(phone, world):
    await phone.authorise()
    await phone.give_document()
    await phone.press(FIRST_KEY)
    await at_once(world, taps(phone, phone.picture))
    assert await count(world, mail) == 1
    await world.post()
    await phone.say(phone.code())
    assert "Escoja su PIN" in phone.screen


async def test_a_code_opens_one_session(phone, world):
    await phone.first_entry()
    await phone.say("/salir")
    world.clock.forward(minutes=1)
    await phone.up_to_code(PIN)
    code = phone.code()
    await at_once(world, lambda: phone.phone.say(code, settle=False))
    assert await count(world, session, session.c.ended_at.is_(None)) == 1
    assert await count(world, session) == 2
    await phone.tap("Mi estado de cuenta")
    assert "1.234.567" in phone.screen


async def test_a_wrong_code_is_refused_at_most_three_times(phone, world):
    await phone.up_to_code(FIRST_KEY)
    wrong = "000000" if phone.code() != "000000" else "111111"
    await at_once(world, lambda: phone.phone.say(wrong, settle=False))
    refused = (audit.c.action == "code", audit.c.result == "refused")
    assert await count(world, audit, *refused) == TIMES
    await phone.say(phone.code())
    assert "Escoja su PIN" not in phone.screen
    await phone.tap("¿No le llega el código?")
    await phone.tap("Enviar otro código")
    await world.post()
    await phone.say(phone.code())
    assert "Escoja su PIN" in phone.screen


async def test_a_new_pin_is_kept_once(phone, world):
    await phone.up_to_code(FIRST_KEY)
    await phone.say(phone.code())
    await phone.press(PIN, "Seguir")
    await type_pin(phone, PIN)
    await at_once(world, taps(phone, "Seguir"))
    assert await count(world, audit, audit.c.action == "pin_set") == 1
    assert await count(world, session) == 1
    await phone.tap("Mi estado de cuenta")
    assert "1.234.567" in phone.screen
