"""From the menu to the data of record, at the phones."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.warden import Warden
from storage.database import Database
from storage.profile.office import upkeep
from storage.schema import member, profile_draft
from tests.journeys.member import World
from tests.profile.phones import (
    OTHER_PHONE,
    OWN_PHONE,
    SECRETS,
    VERIFIER_PHONE,
    Person,
    inside,
    open_world,
    person,
    send_with_code,
)


@pytest.fixture
async def world(database: Database, database_url: str) -> AsyncIterator[World]:
    async with open_world(database, database_url) as opened:
        yield opened


async def moved(maria: Person) -> None:
    """Address, neighbourhood and municipality."""
    await maria.go("Mis datos", "Datos personales", "Dirección")
    await maria.say("Carrera 9 # 1-2, apto 301")
    await maria.tap("Barrio")
    await maria.say("La Fuente")
    await maria.tap("Municipio")
    await maria.say("sogamozo")


async def test_a_member_who_moved_is_verified_and_told(world):
    maria = await inside(world)
    await moved(maria)
    assert "Municipio: Sogamoso (Boyacá)" in maria.screen
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    assert "ACT-2026-000001" in maria.screen
    await world.deliver()
    luis = await person(world, VERIFIER_PHONE).work()
    await world.deliver()
    await luis.tap("Abrir la solicitud")
    assert "Dirección: sin dato ➡️ Carrera 9 # 1-2, apto 301" in luis.screen
    await luis.tap("Aprobar")
    assert "quedó decidida" in luis.screen
    await world.deliver()
    assert any("aprobada, ya son sus datos" in line for line in maria.lines)
    await maria.say("/menu")
    await maria.go("Mis datos", "Datos personales")
    assert "Dirección: Carrera 9 # 1-2, apto 301" in maria.screen
    async with world.database.unit() as connection:
        found = select(member.c.municipality).where(member.c.id == 1)
        assert await connection.scalar(found) == "Sogamoso"


async def test_nothing_typed_stays_in_the_chat(world):
    maria = await inside(world)
    await moved(maria)
    assert not [text for text in maria.typed if "Carrera" in text]


async def test_every_copy_says_who_attended(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    luis, rosa = person(world, VERIFIER_PHONE), person(world, OTHER_PHONE)
    await luis.work()
    await rosa.work()
    await world.deliver()
    await luis.tap("Abrir la solicitud")
    await world.deliver()
    assert any("La está revisando Empleado 21" in line for line in rosa.lines)
    await luis.tap("No aprobar")
    await luis.tap("El documento no coincide")
    await world.deliver()
    for copy in (luis, rosa):
        assert any("Atendida por Empleado 21" in line for line in copy.lines), copy.lines
    assert any("el documento no coincide con los datos" in line for line in maria.lines)
    await maria.say("/menu")
    await maria.go("Mis datos", "Datos personales")
    assert "Carrera" not in maria.screen


async def test_the_verifier_whose_own_it_is_hears_nothing_and_may_not(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    maria_at_work = await person(world, OWN_PHONE).work()
    await world.deliver()
    assert not [line for line in maria_at_work.lines if "ACT-" in line]
    await maria_at_work.phone.send_data("-:vfn:1")
    assert "sus propios datos" in maria_at_work.phone.toasts[-1].text
    await maria_at_work.say("/menu")
    await maria_at_work.tap("Datos por verificar")
    await maria_at_work.tap("ACT-2026-000001")
    assert "de sus propios datos" in maria_at_work.screen


async def test_a_stranger_cannot_open_a_note(world):
    maria = await inside(world)
    await moved(maria)
    await maria.go("Revisar y enviar", "Seguir")
    await send_with_code(maria)
    stranger = person(world, 99)
    await stranger.say("/start")
    for data in ("-:vfn:1", "-:rqn:1", "-:pfu:1"):
        await stranger.phone.send_data(data)
        assert "Carrera" not in stranger.screen
        assert "entrar" in stranger.screen.lower() or "empleados" in stranger.screen


async def test_a_draft_survives_the_session_and_is_sent_days_later(world):
    maria = await inside(world)
    await moved(maria)
    world.clock.forward(days=3)
    await Warden(world.replicas[0].office.desk).look_round()
    assert not [line for line in maria.lines if "Carrera" in line]
    await maria.enter()
    await maria.tap("Mis datos")
    assert "Datos personales: con cambios sin enviar" in maria.screen
    await maria.go("Revisar y enviar")
    assert "Carrera 9 # 1-2, apto 301" in maria.screen
    await maria.go("Seguir")
    await send_with_code(maria)
    assert "ACT-2026-000001" in maria.screen


async def test_a_draft_runs_out_after_thirty_days_with_a_notice(world):
    maria = await inside(world)
    await moved(maria)
    world.clock.forward(days=31)
    async with world.database.unit() as connection:
        await upkeep(connection, SECRETS).round(world.clock.now())
    await world.deliver()
    assert any("30 días y borramos los cambios" in line for line in maria.lines)
    async with world.database.unit() as connection:
        assert (await connection.execute(select(profile_draft))).all() == []
