"""Employees come and go: the link, the app, the code, and what ends their work."""

import pytest
from sqlalchemy import select

from bot.warden import Warden
from domain.staff.people import Role
from storage.schema import audit, session, staff
from tests.journeys.employee import (
    ELENA,
    PEDRO,
    StaffPhone,
    as_member,
    at_phone,
    invite,
    look_round,
    revoke,
)
from tests.journeys.member import PIN
from tests.journeys.test_asking_for_help import ask


@pytest.fixture
def elena(world) -> StaffPhone:
    return at_phone(world, ELENA)


def said(phone) -> str:
    return "\n".join(m.get("text", "") for m in phone.phone.messages)


async def test_the_link_the_app_and_the_home(elena, world):
    await elena.open_link("Elena Prueba", Role.SUPPORT)
    assert "Elena Prueba" in elena.screen
    assert "Atención al asociado" in elena.screen
    await elena.scan()
    await world.deliver()
    (picture,) = elena.phone.photos
    assert picture.content.startswith(b"\x89PNG")
    await elena.say(elena.app_code)
    assert "Hola, Elena Prueba" in elena.screen
    assert "Esta es su primera entrada" in elena.screen
    assert elena.phone.photos == []
    assert elena.app[-1] not in said(elena).replace(" ", "")
    assert "/start" not in said(elena)
    assert elena.labels[:2] == ["🔎 Buscar un asociado", "🎫 Solicitudes"]


async def test_a_wrong_first_code_and_another_picture(elena, world):
    await elena.open_link("Elena Prueba", Role.SUPPORT)
    await elena.scan()
    for typed, told in (("hola", "El código tiene 6 números"), ("000000", "no es el que muestra")):
        await elena.say(typed)
        assert told in elena.screen
        assert typed not in [m.get("text") for m in elena.phone.messages]
    await world.deliver()
    await elena.tap("Enviar el cuadro otra vez")
    await world.deliver()
    assert len(elena.phone.photos) == 1
    await elena.say(elena.app_code)
    assert "Hola, Elena Prueba" in elena.screen
    assert elena.phone.photos == []


async def test_not_me(elena, world):
    await elena.open_link("Elena Prueba", Role.SUPPORT)
    await elena.tap("No soy yo")
    assert "oficina virtual" in elena.screen
    await elena.authorise()
    assert "¿Qué documento tiene?" in elena.screen


async def test_a_late_link_says_so_and_the_chat_goes_on(elena, world):
    token = await invite(world, "Elena Prueba", Role.SUPPORT)
    world.clock.forward(minutes=11)
    await elena.say(f"/start {token}")
    assert "Ese enlace ya no sirve" in elena.screen
    assert token not in said(elena)
    await elena.join("Elena Prueba")
    assert "Hola, Elena Prueba" in elena.screen


async def test_who_takes_too_long_is_told_to_ask_again(elena, world):
    await elena.open_link("Elena Prueba", Role.SUPPORT)
    await elena.scan()
    world.clock.forward(minutes=11)
    await elena.say(elena.app_code)
    assert "Ese enlace ya no sirve" in elena.screen
    await elena.say("/empleado")
    assert "no está inscrito" in elena.screen


async def test_a_forwarded_link_serves_nobody_else(elena, world):
    token = await invite(world, "Elena Prueba", Role.ADMIN)
    await elena.say(f"/start {token}")
    thief = at_phone(world, 666)
    await thief.say(f"/start {token}")
    assert "Ese enlace ya no sirve" in thief.screen
    await elena.scan()
    await elena.say(elena.app_code)
    assert "Administración" in elena.screen


async def test_leaving_and_entering_with_a_code(elena, world):
    await elena.join("Elena Prueba")
    await elena.tap("Salir")
    assert "Salió" in elena.screen
    await elena.tap("Entrar como empleado")
    assert "Hola, Elena Prueba" in elena.screen
    await elena.say(elena.app_code)
    assert "Ese código ya se usó" in elena.screen
    await elena.say("123")
    assert "El código tiene 6 números" in elena.screen
    await elena.say("000000")
    assert "no es el que muestra su aplicación" in elena.screen
    code = elena.next_code
    await elena.say(code)
    assert "Su entrada anterior fue el" in elena.screen
    assert code not in said(elena)


async def test_too_many_wrong_codes_need_a_new_invitation(elena, world):
    await elena.join("Elena Prueba")
    await elena.say("/salir")
    await elena.say("/empleado")
    for _ in range(10):
        await elena.say("000000")
        assert "no es el que muestra" in elena.screen
    await elena.say(elena.next_code)
    assert "Pida una invitación nueva" in elena.screen
    await elena.join("Elena Prueba")
    assert "Hola, Elena Prueba" in elena.screen


async def test_a_stranger_is_not_asked_for_a_code(phone, world):
    await phone.say("/empleado")
    assert "no está inscrito" in phone.screen
    assert "Entrar como empleado" not in phone.labels
    await phone.say("123456")
    assert "no está inscrito" in phone.screen
    await phone.tap("Ir al comienzo")
    assert "oficina virtual" in phone.screen
    assert not any("empleado" in label for label in phone.labels)
    await phone.first_entry()
    assert "Hola, María" in phone.screen


async def test_a_working_day_ends_after_eight_hours(elena, world):
    await elena.join("Elena Prueba")
    for _ in range(9):
        world.clock.forward(minutes=53)
        await elena.say("/menu")
        assert "Hola, Elena" in elena.screen
    world.clock.forward(minutes=4)
    await elena.tap("Buscar")
    assert "Cerré su sesión" in elena.screen
    await elena.enter()
    assert "Hola, Elena" in elena.screen


async def test_an_hour_without_work_closes_it(elena, world):
    await elena.join("Elena Prueba")
    world.clock.forward(minutes=61)
    await Warden(world.replicas[0].office.desk).look_round()
    assert "Cerré su sesión" in elena.screen


async def test_revoked_between_the_screen_and_the_press(elena, world):
    await elena.join("Elena Prueba")
    await elena.find("41789123")
    shown = elena.phone.message
    await revoke(world, "Elena Prueba")
    await elena.phone.old_tap(shown, "🔓 Desbloquear")
    assert "oficina virtual" in elena.screen
    assert not any("empleado" in label for label in elena.labels)
    await Warden(world.replicas[1].office.desk).look_round()
    assert "41789123" not in said(elena)
    assert "Ñáñez" not in said(elena)
    await elena.say("/empleado")
    assert "no está inscrito" in elena.screen


async def test_revoked_with_an_old_note_in_the_chat(elena, world):
    await elena.join("Elena Prueba")
    asking = world.member(7)
    await ask(asking)
    await asking.tap("No entiendo")
    await look_round(world)
    note = elena.notes("Solicitud nueva")[-1]
    await revoke(world, "Elena Prueba")
    await elena.phone.old_tap(note, "✋ Atender")
    assert "no está inscrito" in elena.screen
    async with world.database.unit() as connection:
        refused = select(audit.c.object).where(
            audit.c.action == "ticket_claimed", audit.c.result == "refused"
        )
        assert list(await connection.scalars(refused)) == ["ticket:1"]
    pedro = at_phone(world, PEDRO)
    await pedro.join("Pedro Lápiz")
    await look_round(world)
    await pedro.tap("Solicitudes")
    await pedro.tap("1. ")
    assert "En espera" in pedro.screen


async def test_a_role_taken_away_counts_at_the_next_press(elena, world):
    await elena.join("Elena Prueba")
    await elena.tap("Solicitudes")
    async with world.database.unit() as connection:
        await connection.execute(staff.update().values(role="auditor"))
    await elena.say("T-2026-000001")
    assert "Hola, Elena" in elena.screen
    assert "🎫 Solicitudes" not in elena.labels
    await elena.tap("Buscar un asociado")
    assert "Escriba el número" in elena.screen


async def test_one_telegram_two_hats(elena, world):
    """Entering as the other ends the first, and leaves nothing of it."""
    await elena.join("Elena Prueba")
    await elena.say("/salir")
    world.clock.forward(minutes=1)
    await as_member(elena).first_entry()
    await elena.tap("Mi estado de cuenta")
    assert "$" in said(elena)
    await elena.enter()
    assert "Hola, Elena Prueba" in elena.screen
    assert "$" not in said(elena)
    await elena.say("/salir")
    world.clock.forward(minutes=1)
    await as_member(elena).enter(PIN)
    assert "Hola, María" in elena.screen
    async with world.database.unit() as connection:
        live = select(session).where(session.c.ended_at.is_(None))
        (row,) = (await connection.execute(live)).all()
        assert (row.member_id, row.staff_id) == (1, None)


async def test_in_a_group_there_is_nothing(elena, world):
    await elena.join("Elena Prueba")
    world.sandbox.group(-5, "Cooperativa", elena.phone)
    token = await invite(world, "Pedro Lápiz", Role.ADMIN)
    for words in ("/empleado", f"/start {token}", "/menu", "41789123"):
        await elena.phone.say(words, chat=-5)
    shown = [s.message["text"] for s in world.sandbox.telegram.chats[-5].messages.values()]
    assert not any("Ñáñez" in text or "Elena Prueba" in text for text in shown)
    assert [t for t in shown if t.startswith("Por su seguridad solo atiendo")]
    pedro = at_phone(world, PEDRO)
    await pedro.say(f"/start {token}")
    assert "Pedro Lápiz" in pedro.screen
