"""From where the member enters, and closing everywhere."""

from sqlalchemy import select

from storage.schema import binding, credential, session
from tests.journeys.member import PIN


async def rows(world, table):
    async with world.database.unit() as connection:
        return (await connection.execute(select(table))).all()


async def test_the_present_account_and_earlier_ones(phone, world):
    await phone.first_entry()
    world.clock.forward(hours=2)
    other = world.member(123458)
    await other.enter(PIN)
    await other.say("/seguridad")
    await other.tap("Mis dispositivos")
    assert "cuenta terminada en 3458" in other.screen
    assert "Cuenta terminada en 7: del 2 nov 2026" in other.screen
    await other.tap("Volver")
    assert "¿Qué quiere hacer?" in other.screen


async def test_only_one_account_is_said_so(phone):
    await phone.inside()
    await phone.say("mis dispositivos")
    assert "No ha entrado desde ningún otro Telegram" in phone.screen


async def test_closing_everywhere(phone, world):
    await phone.inside()
    stranger = world.member(50)
    await stranger.up_to_code(PIN)
    code = phone.code()
    world.clock.forward(minutes=1)
    await phone.say("/seguridad")
    await phone.tap("Mis dispositivos")
    await phone.tap("Cerrar en todas partes")
    await phone.tap("Volver")
    await phone.tap("Cerrar en todas partes")
    await phone.tap("Sí, cerrar")
    assert "Cerramos su oficina virtual en todas partes" in phone.screen
    assert [row.end_reason for row in await rows(world, session)] == ["closed_everywhere"]
    await stranger.say(code)
    assert "Hola" not in stranger.screen
    (row,) = [r for r in await rows(world, credential) if r.member_id == 1]
    assert row.telegram_id is None
    assert all(b.unbound_at for b in await rows(world, binding))
    world.clock.forward(hours=2)
    await phone.up_to_code("1397")
    assert "Revise su correo" in phone.screen
    world.clock.forward(hours=2)
    await phone.tap("Cancelar")
    await phone.enter()
    assert "Hola, María" in phone.screen


async def test_coming_back_from_the_same_account_tells_nobody(phone, world):
    await phone.inside()
    await phone.say("mis dispositivos")
    await phone.tap("Cerrar en todas partes")
    await phone.tap("Sí, cerrar")
    world.clock.forward(minutes=1)
    await phone.enter()
    await world.deliver()
    assert phone.notes("desde otro Telegram") == []


async def test_a_new_account_is_told_to_the_old_chat_and_the_mailbox(phone, world):
    await phone.first_entry()
    await phone.leave()
    other = world.member(8)
    await other.enter(PIN)
    await world.deliver()
    await world.post()
    (note,) = phone.notes("María Eugenia, entraron a su oficina virtual desde otro Telegram")
    assert note["reply_markup"]["inline_keyboard"][0][0]["text"] == "🚨 No fui yo: bloquear ya"
    assert any("desde otro Telegram" in m.subject for m in world.mails())
    assert other.notes("entraron a su oficina") == []
