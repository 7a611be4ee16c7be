"""An authenticator app in the place of the e-mailed code."""

import re

import pyotp
from sqlalchemy import update

from storage.schema import authenticator
from tests.journeys.employee import ELENA, at_phone
from tests.journeys.member import DOCUMENT, PIN

KEY = re.compile(r"\b([A-Z2-7]{32})\b")
RECOVERY = re.compile(r"\b(\d{4}) (\d{4})\b")


class App:
    """The member's authenticator, by the world's clock."""

    def __init__(self, world, key):
        self.world, self.totp = world, pyotp.TOTP(key)

    def code(self, steps=0):
        return self.totp.at(self.world.clock.now(), counter_offset=steps)


async def to_key(phone):
    await phone.say("/seguridad")
    await phone.tap("Aplicación de códigos")
    await phone.tap("Agregar mi aplicación")
    await phone.prove()
    return App(phone.world, KEY.search(phone.screen)[1])


async def enrol(phone):
    """The app and the recovery codes; the member is outside afterwards."""
    await phone.inside()
    app = await to_key(phone)
    await phone.say(app.code())
    codes = ["".join(pair) for pair in RECOVERY.findall(phone.screen)]
    await phone.tap("Ya los guardé")
    await phone.leave()
    return app, codes


async def to_code(phone, pin=PIN):
    await phone.authorise()
    await phone.give_document()
    await phone.press(pin)
    await phone.pass_robot()
    await phone.world.post()


async def test_enrolling_shows_a_picture_and_a_key(phone, world):
    await phone.inside()
    app = await to_key(phone)
    await world.deliver()
    (picture,) = phone.phone.photos
    assert picture.content.startswith(b"\x89PNG")
    assert KEY.search(phone.screen)[1] == app.totp.secret
    await phone.say("hola, no sé")
    await phone.say("/seguridad")
    await phone.tap("Aplicación de códigos")
    assert "Agregar mi aplicación" in " ".join(phone.labels)


async def test_it_counts_once_it_shows_the_right_code(phone, world):
    await phone.inside()
    app = await to_key(phone)
    await world.deliver()
    wrong = f"{(int(app.code()) + 1) % 10**6:06}"
    await phone.say(wrong)
    assert "Ese código no es" in phone.screen
    await phone.say("12")
    assert "Escriba los 6 números" in phone.screen
    await phone.say(app.code())
    assert "Sus códigos de recuperación" in phone.screen
    assert len(set(RECOVERY.findall(phone.screen))) == 10
    assert phone.phone.photos == []
    await phone.say("listo")
    assert "Primero copie los códigos" in phone.screen
    await phone.tap("Ya los guardé")
    assert not RECOVERY.search(" ".join(m.get("text", "") for m in phone.phone.messages))
    assert "Códigos de recuperación sin usar: 10" in phone.screen


async def test_the_recovery_codes_go_with_the_session(phone):
    await phone.inside()
    app = await to_key(phone)
    await phone.say(app.code())
    await phone.say("/salir")
    assert not RECOVERY.search(" ".join(m.get("text", "") for m in phone.phone.messages))


async def test_the_member_is_told(phone, world):
    await enrol(phone)
    await world.post()
    await world.deliver()
    assert any("con una aplicación de códigos" in m.subject for m in world.mails())
    assert phone.notes("ahora entra con los códigos de una aplicación")


async def test_entering_with_the_app_and_without_a_letter(phone, world):
    app, _ = await enrol(phone)
    await world.post()
    letters = len(world.mails())
    await to_code(phone)
    assert "Abra su aplicación de códigos" in phone.screen
    await phone.say(app.code())
    assert "Hola, María" in phone.screen
    assert len(world.mails()) == letters


async def test_the_mailbox_is_no_way_in_any_more(phone, world):
    await phone.inside()
    await phone.leave()
    await to_code(phone)
    old = phone.code()
    await phone.tap("Cancelar")
    await phone.enter()
    app = await to_key(phone)
    await phone.say(app.code())
    await phone.leave()
    await to_code(phone)
    await phone.say(old)
    assert "No pudimos comprobar sus datos" in phone.screen
    await phone.say(app.code())
    assert "Hola, María" in phone.screen


async def test_a_code_that_served_is_refused_and_told(phone, world):
    app, _ = await enrol(phone)
    await to_code(phone)
    code = app.code()
    await phone.say(code)
    await phone.say("/salir")
    await to_code(phone)
    await phone.say(code)
    assert "Ese código ya se usó" in phone.screen
    await world.post()
    assert any("Alguien usó otra vez un código" in m.subject for m in world.mails())
    world.clock.forward(seconds=30)
    await phone.say(app.code())
    assert "Hola, María" in phone.screen


async def test_a_stranger_with_the_pin_hears_nothing_of_it(phone, world):
    app, _ = await enrol(phone)
    await to_code(phone)
    code = app.code()
    await phone.say(code)
    stranger, nobody = world.member(50), world.member(51)
    await stranger.up_to_code(PIN)
    await nobody.authorise()
    await nobody.give_document("99887766")
    await nobody.press(PIN)
    await nobody.pass_robot()
    assert stranger.screen == nobody.screen
    await stranger.say(code)
    await nobody.say(code)
    assert "No pudimos comprobar sus datos" in stranger.screen
    assert stranger.screen == nobody.screen
    await phone.tap("Mi estado de cuenta")
    assert "1.234.567" in phone.screen


async def test_a_recovery_code_opens_once(phone, world):
    _, codes = await enrol(phone)
    await to_code(phone)
    await phone.say(f"{codes[0][:4]} {codes[0][4:]}")
    assert "Hola, María" in phone.screen
    await world.post()
    assert any("código de recuperación" in m.subject for m in world.mails())
    await phone.say("/seguridad")
    await phone.tap("Aplicación de códigos")
    assert "sin usar: 9" in phone.screen
    await phone.leave()
    await to_code(phone)
    await phone.say(codes[0])
    assert "No pudimos comprobar sus datos" in phone.screen
    await phone.say(codes[1])
    assert "Hola, María" in phone.screen


async def test_three_wrong_codes_lead_to_three_more_tries_and_in(phone, world):
    app, _ = await enrol(phone)
    await to_code(phone)
    sent = len(world.mails())
    for _ in range(3):
        await phone.say("000000")
    assert "Toque «¿No le sirve el código?»" in phone.screen
    await phone.say(app.code())
    assert "Hola" not in phone.screen
    await phone.tap("¿No le sirve el código?")
    assert "a su correo no llega ninguno" in phone.screen
    await phone.tap("Intentar otra vez")
    assert "escriba el código que su aplicación muestra ahora" in phone.screen
    await world.post()
    assert len(world.mails()) == sent
    world.clock.forward(seconds=30)
    await phone.say(app.code())
    assert "Hola, María" in phone.screen


async def test_ten_wrong_codes_are_told_in_the_own_chat(phone, world):
    app, codes = await enrol(phone)
    async with world.database.unit() as connection:
        await connection.execute(update(authenticator).values(failures_own=9))
    await to_code(phone)
    await phone.say("000000")
    await phone.say(app.code())
    assert "Fueron muchos códigos equivocados" in phone.screen
    await phone.say(codes[0])
    assert "Fueron muchos códigos equivocados" in phone.screen
    await phone.tap("¿No le sirve el código?")
    assert "a su correo no llega ninguno" in phone.screen
    elena = at_phone(world, ELENA)
    await elena.join("Elena Prueba")
    await elena.find(DOCUMENT)
    assert "10 códigos equivocados seguidos en su Telegram" in elena.screen
    await elena.help(DOCUMENT, "Desbloquear", "Lo comprobé por teléfono")
    assert "códigos equivocados seguidos" not in elena.screen
    await phone.tap("Pedir ayuda")
    assert "¿Qué documento tiene?" in phone.screen
