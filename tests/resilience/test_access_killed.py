"""The process ends before or after the commit of what matters most; the other replica goes on.

The update comes again: it acts once, and the member sees what came of it.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select, update
from telegram import Update

from storage.schema import (
    audit,
    authenticator,
    consent,
    credential,
    member,
    recovery_code,
    ticket,
    ticket_event,
)
from tests.journeys.member import DOCUMENT, PIN
from tests.journeys.test_asking_for_help import ask
from tests.journeys.test_authenticator import RECOVERY, enrol, to_code, to_key
from tests.journeys.test_change_pin import NEW, to_new
from tests.journeys.test_forgot_pin import to_new as to_reset
from tests.journeys.test_forgot_pin import to_second
from tests.resilience.test_at_once import taps, type_pin, world_sink
from tests.resilience.test_killed_between import Killed, die

# Where the process dies: while its work is still taken back, or once it is done.
MOMENTS = {
    "before": "storage.conversations.SqlConversations.save",
    "after": "bot.desk.Desk.present",
}


@dataclass
class Death:
    """One update is served by a replica that dies on it, and then by the other."""

    world: object
    moment: str
    monkeypatch: pytest.MonkeyPatch

    async def of(self, act: Callable[[], Awaitable[dict]]) -> None:
        world = self.world
        await world.sandbox.disconnect()
        raw = await act()
        one, other = (replica.office for replica in world.replicas)
        with self.monkeypatch.context() as dying:
            dying.setattr(MOMENTS[self.moment], die)
            with pytest.raises(Killed):
                await one.desk.serve(Update.de_json(raw, one.bot))
        await other.desk.serve(Update.de_json(raw, other.bot))
        for entry in world.sandbox.telegram.updates.waiting():
            world.sandbox.telegram.updates.confirm(entry)
        await world.sandbox.connect(*(world_sink(replica) for replica in world.replicas))


@pytest.fixture(params=MOMENTS)
def death(request, world, monkeypatch) -> Death:
    return Death(world, request.param, monkeypatch)


async def count(world, table, *where):
    async with world.database.unit() as connection:
        return await connection.scalar(select(func.count()).select_from(table).where(*where))


async def test_barring(phone, world, death):
    await phone.first_entry()
    await phone.leave()
    await phone.say("/start")
    await death.of(taps(phone, "Me robaron: bloquear ya"))
    assert "Su acceso quedó bloqueado" in phone.screen
    assert "T-2026-000001" in phone.screen
    assert await count(world, ticket) == await count(world, ticket_event) == 1
    assert await count(world, credential, credential.c.locked_at.is_not(None)) == 1


async def test_reporting_by_birth_date(phone, world, death):
    await phone.say("/robo")
    await phone.tap("con mi documento")
    await phone.give_document(DOCUMENT)
    await death.of(lambda: phone.phone.say("12/4/1958", settle=False))
    assert "T-2026-000001" in phone.screen
    assert await count(world, ticket) == 1


async def test_filing_a_request(phone, world, death):
    await ask(phone)
    await death.of(taps(phone, "No entiendo"))
    assert "T-2026-000001" in phone.screen
    await world.post()
    assert len(world.mails()) == 1


async def test_changing_the_pin(phone, world, death):
    await phone.inside()
    await to_new(phone)
    await phone.press(NEW, "Seguir")
    await type_pin(phone, NEW)
    await death.of(taps(phone, "Seguir"))
    assert "¿Qué quiere hacer?" in phone.screen
    assert await count(world, audit, audit.c.action == "pin_set") == 2
    await phone.leave()
    await phone.enter(NEW)
    assert "Hola, María" in phone.screen


async def test_giving_the_second_proof(phone, world, death):
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(mobile="3000000007"))
    await phone.first_entry()
    await phone.leave()
    await to_second(phone)
    await death.of(lambda: phone.phone.share_contact(settle=False))
    assert "Escoja su PIN nuevo" in phone.screen
    assert await count(world, audit, audit.c.action == "vouch") == 1


async def test_keeping_the_pin_of_a_reset(phone, world, death):
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(mobile="3000000007"))
    await phone.first_entry()
    await phone.leave()
    await to_reset(phone)
    await phone.press(NEW, "Seguir")
    await type_pin(phone, NEW)
    await death.of(taps(phone, "Seguir"))
    assert "Su PIN nuevo quedó guardado" in phone.screen
    assert await count(world, audit, audit.c.action == "pin_set") == 2


async def test_confirming_an_app_loses_no_recovery_code(phone, world, death):
    await phone.inside()
    app = await to_key(phone)
    code = app.code()
    await death.of(lambda: phone.phone.say(code, settle=False))
    shown = ["".join(pair) for pair in RECOVERY.findall(phone.screen)]
    assert len(shown) == 10
    assert await count(world, recovery_code) == 10
    await phone.tap("Ya los guardé")
    await phone.leave()
    await to_code(phone, PIN)
    await phone.say(shown[3])
    assert "Hola, María" in phone.screen


async def test_entering_with_a_code_of_the_app(phone, world, death):
    app, _ = await enrol(phone)
    await to_code(phone, PIN)
    code = app.code()
    await death.of(lambda: phone.phone.say(code, settle=False))
    assert "Hola, María" in phone.screen
    await phone.tap("Mi estado de cuenta")
    assert "1.234.567" in phone.screen


async def test_removing_the_app(phone, world, death):
    app, _ = await enrol(phone)
    await to_code(phone, PIN)
    await phone.say(app.code())
    world.clock.forward(minutes=1)
    await phone.say("app códigos")
    await phone.tap("Quitar la aplicación")
    await phone.press(PIN, "Seguir")
    code = app.code()
    await death.of(lambda: phone.phone.say(code, settle=False))
    assert await count(world, authenticator) == 0
    assert "Agregar mi aplicación" in " ".join(phone.labels)


async def test_closing_everywhere(phone, world, death):
    await phone.inside()
    await phone.say("mis dispositivos")
    await phone.tap("Cerrar en todas partes")
    await death.of(taps(phone, "Sí, cerrar"))
    assert "¡Bienvenido" in phone.screen
    assert await count(world, credential, credential.c.telegram_id.is_not(None)) == 0


async def test_withdrawing_the_authorisation(phone, world, death):
    await phone.inside()
    await phone.say("mis datos personales")
    await phone.tap("Retirar mi autorización")
    await death.of(taps(phone, "Sí, retirar"))
    assert "¡Bienvenido" in phone.screen
    assert await count(world, consent, consent.c.withdrawn_at.is_(None)) == 0
    assert not re.search(r"\$", " ".join(m.get("text", "") for m in phone.phone.messages))
