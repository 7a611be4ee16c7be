"""An authenticator that is removed, replaced, lost, or proves something else."""

from sqlalchemy import select, update

from storage.schema import audit, authenticator, mail, member
from tests.journeys.member import PIN
from tests.journeys.test_authenticator import RECOVERY, enrol, to_code, to_key


async def test_removing_needs_the_pin_and_a_code(phone, world):
    app, _ = await enrol(phone)
    await phone.up_to_code(PIN)
    await phone.say(app.code())
    world.clock.forward(minutes=1)
    await phone.say("/seguridad")
    await phone.tap("Aplicación de códigos")
    await phone.tap("Quitar la aplicación")
    await phone.press("1397", "Seguir")
    assert "Ese PIN no es correcto" in phone.screen
    await phone.press(PIN, "Seguir")
    assert "los 6 números que muestra su aplicación" in phone.screen
    await phone.say("000000")
    assert "Ese código no es. Le quedan 2 intentos" in phone.screen
    await phone.say(app.code())
    assert "Se quitó la aplicación" in phone.screen
    await world.post()
    await world.deliver()
    assert any("Se quitó la aplicación" in m.subject for m in world.mails())
    assert phone.notes("se quitó la aplicación")
    await phone.leave()
    await phone.enter()
    assert "Hola, María" in phone.screen


async def test_lost_phone_new_codes_and_removal_with_a_recovery_code(phone, world):
    _, codes = await enrol(phone)
    await to_code(phone)
    await phone.say(codes[0])
    world.clock.forward(minutes=1)
    await phone.say("/seguridad")
    await phone.tap("Aplicación de códigos")
    await phone.tap("Códigos de recuperación nuevos")
    await phone.say(codes[1])
    fresh = ["".join(pair) for pair in RECOVERY.findall(phone.screen)]
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    await phone.tap("Ya los guardé")
    await phone.tap("Quitar la aplicación")
    await phone.press(PIN, "Seguir")
    await phone.say(codes[2])
    assert "Ese código no es" in phone.screen
    await phone.say(fresh[0])
    assert "Se quitó la aplicación" in phone.screen


async def test_changing_the_pin_asks_for_the_apps_code(phone, world):
    app, _ = await enrol(phone)
    await to_code(phone)
    await phone.say(app.code())
    world.clock.forward(minutes=1)
    await phone.say("cambiar pin")
    await phone.tap("Empezar")
    await phone.press(PIN, "Seguir")
    assert "su aplicación de códigos" in phone.screen
    await phone.say(app.code())
    await phone.choose_pin("8305")
    assert "Su PIN quedó cambiado" in phone.screen
    async with world.database.unit() as connection:
        kinds = list(await connection.scalars(select(mail.c.kind)))
    assert kinds.count("step_up") == 1


async def test_a_forgotten_pin_with_the_app_as_second_proof(phone, world):
    app, _ = await enrol(phone)
    await phone.say("/start")
    await phone.tap("Olvidé mi PIN")
    await phone.give_document()
    await phone.pass_robot()
    await world.post()
    await phone.say(phone.code())
    await phone.say("000000")
    assert "Ese código no es. Le quedan 2 intentos" in phone.screen
    await phone.say("hola")
    assert "Toque el botón grande" in phone.screen
    await phone.say(app.code())
    assert "Escoja su PIN nuevo" in phone.screen
    await phone.choose_pin("8305")
    world.clock.forward(minutes=61)
    await phone.restart()
    await phone.up_to_code("8305")
    await phone.say(app.code())
    assert "Hola, María" in phone.screen


async def test_without_an_address_the_app_is_enough(phone, world):
    app, _ = await enrol(phone)
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(email=None))
    await to_code(phone)
    await phone.say(app.code())
    assert "Hola, María" in phone.screen


async def test_stopping_on_the_way_leaves_nothing(phone, world):
    await phone.inside()
    await to_key(phone)
    await phone.tap("Volver")
    async with world.database.unit() as connection:
        (row,) = await connection.execute(select(authenticator))
        assert row.confirmed_at is None
        acts = list(await connection.scalars(select(audit.c.action)))
    assert "app" not in acts
    await phone.leave()
    await phone.enter()
    assert "Hola, María" in phone.screen
