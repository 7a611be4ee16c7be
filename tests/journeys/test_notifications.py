"""Notifications and their members: the buttons under them, what is chosen, a blocked chat."""

import pytest
from sqlalchemy import select

from domain.notifications.acceptance import Accept, Draft
from domain.notifications.buttons import Opener, Opens
from domain.notifications.categories import Category
from domain.notifications.hours import Hours
from domain.notifications.messages import Message
from domain.notifications.occasions import BUTTONS, Occasion
from domain.notifications.preferences import Preferences
from domain.notifications.schedule import Timetable
from handlers.notifications.buttons import DESTINATIONS
from storage.notifications.content import Envelopes
from storage.notifications.ledger import LedgerRepository
from storage.notifications.preferences import PreferenceRepository
from storage.notifications.recipients import RecipientRepository
from storage.schema import closed_chat, credential, notification
from storage.secrets import Secrets
from tests.notifications.dispatch import FAST, open_sender

SECRETS = Secrets(bytes(range(32)))


async def push(world, text, *openers, category=Category.OPERATION):
    """Have member 1 told something, and send what is due."""
    envelopes = Envelopes(SECRETS.notifications)
    message = Message(category, text, openers)
    async with world.database.unit() as connection:
        recipients = RecipientRepository(connection)
        ledger = LedgerRepository(connection, envelopes)
        accept = Accept(recipients, ledger, Timetable(Hours()))
        await accept.all("core", [Draft(text, "A00001", message, text)], world.clock.now())
    async with open_sender(
        world.sandbox, world.database, world.clock, FAST, envelopes=envelopes
    ) as sender:
        while await sender.run_once():
            pass


async def preferences(world) -> Preferences:
    async with world.database.unit() as connection:
        return await PreferenceRepository(connection).of(1)


async def closed(world) -> list[int]:
    async with world.database.unit() as connection:
        return list(await connection.scalars(select(closed_chat.c.chat_id)))


@pytest.fixture
async def inside(phone, world):
    """Member 1, entered."""
    world.clock.forward(days=1)
    await phone.first_entry()
    return phone


async def test_a_button_opens_its_screen(inside, world):
    await push(world, "Su ahorro creció", Opener(Opens.SAVINGS))
    await inside.tap("Ver mis ahorros")
    assert "50.000,50" in inside.screen


async def test_the_yearly_reminder_opens_the_form(inside, world):
    (opener,) = BUTTONS[Occasion.STALE_DATA]
    await push(world, "¿Sus datos siguen iguales?", opener, category=Category.CONTRACT)
    await inside.tap("datos")
    assert "Mis datos" in inside.screen


async def test_who_has_not_entered_enters_first_and_comes_there(inside, world):
    await inside.say("/salir")
    world.clock.forward(hours=2)
    await push(world, "Su ahorro creció", Opener(Opens.SAVINGS))
    await inside.tap("Ver mis ahorros")
    assert "primero debe entrar" in inside.screen
    assert "50.000,50" not in inside.screen
    await inside.enter()
    assert "50.000,50" in inside.screen


async def test_what_was_wanted_is_forgotten_after_a_while(inside, world):
    await inside.say("/salir")
    world.clock.forward(hours=2)
    await push(world, "Su ahorro creció", Opener(Opens.SAVINGS))
    await inside.tap("Ver mis ahorros")
    world.clock.forward(hours=1)
    await inside.enter()
    assert "Hola, María" in inside.screen
    await inside.say("/salir")
    world.clock.forward(hours=2)
    await inside.enter()
    assert "Hola, María" in inside.screen


async def test_a_command_for_members_is_remembered_but_not_what_was_typed_behind_it(inside, world):
    await inside.say("/salir")
    world.clock.forward(hours=2)
    await inside.say("/notificaciones 4917")
    assert "primero debe entrar" in inside.screen
    await inside.enter()
    assert "Sus avisos" in inside.screen


async def test_a_button_of_nothing_says_so_and_the_chat_goes_on(inside, world):
    await inside.phone.send_data("-:nop:424242:0")
    assert inside.phone.toasts[-1].text.startswith("Ese botón ya no está disponible")
    await inside.phone.send_data("-:nop:1:9")
    await inside.tap("Mi estado de cuenta")
    assert "Su estado de cuenta" in inside.screen


async def test_every_screen_that_a_button_may_open_exists(world):
    flows = world.replicas[0].office.desk.repertoire.flows
    assert {DESTINATIONS[opens].flow for opens in Opens} <= set(flows)


async def test_the_member_chooses_what_to_be_told(inside, world):
    await inside.say("/notificaciones")
    assert "Sus avisos" in inside.screen
    assert "⬜ Promociones" in inside.labels
    await inside.tap("Promociones")
    assert "✅ Promociones" in inside.labels
    await inside.tap("Recordatorios de cuotas")
    await inside.tap("Con sonido")
    await inside.tap("Horario")
    await inside.tap("En la tarde")
    chosen = await preferences(world)
    assert chosen.wants(Category.COMMERCIAL)
    assert not chosen.wants(Category.REMINDER)
    assert (chosen.hours, chosen.sound) == ("afternoon", False)
    assert "🔕 Sin sonido" in inside.labels
    assert "🕗 Horario: en la tarde" in inside.labels


async def test_the_menu_and_words_lead_there_too(inside):
    await inside.tap("Mis avisos")
    assert "Sus avisos" in inside.screen
    await inside.tap("Menú")
    await inside.say("no quiero más promociones")
    assert "Sus avisos" in inside.screen


async def test_forged_choices_change_nothing(inside, world):
    await inside.say("/notificaciones")
    run = inside.phone.message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    run = run.partition(":")[0]
    for data in ("nto:arrears", "nto:nothing", "nho:midnight"):
        await inside.phone.send_data(f"{run}:{data}")
        assert "Sus avisos" in inside.screen
    assert await preferences(world) == Preferences()


async def test_every_advertisement_can_be_left_at_one_tap_without_entering(inside, world):
    await inside.say("/notificaciones")
    await inside.tap("Promociones")
    await inside.say("/salir")
    world.clock.forward(minutes=2)
    await push(world, "Viaje al Amazonas", category=Category.COMMERCIAL)
    await inside.tap("No recibir promociones")
    assert inside.phone.toasts[-1].text.startswith("Listo: no le enviaremos más promociones")
    assert not (await preferences(world)).wants(Category.COMMERCIAL)
    world.clock.forward(days=1)
    await push(world, "Viaje a Cartagena", category=Category.COMMERCIAL)
    assert "Cartagena" not in str(inside.phone.messages)


async def test_nobody_else_can_silence_a_member(inside, world):
    await push(world, "Asamblea", category=Category.COMMUNITY)
    async with world.database.unit() as connection:
        number = await connection.scalar(select(notification.c.id))
    stranger = world.member(99)
    await stranger.say("/start")
    await stranger.phone.send_data(f"-:nmu:{number}")
    assert stranger.phone.toasts[-1].text.startswith("Ese aviso ya no es de este chat")
    assert (await preferences(world)).wants(Category.COMMUNITY)


async def test_what_cannot_be_refused_is_not_silenced(inside, world):
    await push(world, "Cuota pendiente", category=Category.ARREARS)
    async with world.database.unit() as connection:
        number = await connection.scalar(select(notification.c.id))
    await inside.phone.send_data(f"-:nmu:{number}")
    assert (await preferences(world)).wants(Category.ARREARS)


async def test_blocking_closes_the_chat_and_unblocking_opens_it(inside, world):
    await inside.phone.block()
    assert await closed(world) == [7]
    await push(world, "Su CDAT se vence", category=Category.CONTRACT)
    assert "Su CDAT se vence" in world.mails()[-1].text
    await inside.phone.block(False)
    assert await closed(world) == []
    await push(world, "Su pago llegó")
    assert "Su pago llegó" in inside.screen


async def test_start_opens_a_chat_that_seemed_closed(inside, world):
    async with world.database.unit() as connection:
        await connection.execute(
            closed_chat.insert().values(chat_id=7, closed_at=world.clock.now())
        )
    await inside.say("/start")
    assert await closed(world) == []


async def test_a_barred_members_chat_is_told_nothing(inside, world):
    async with world.database.unit() as connection:
        await connection.execute(credential.update().values(locked_at=world.clock.now()))
    await push(world, "Su CDAT se vence", category=Category.CONTRACT)
    assert "Su CDAT se vence" not in str(inside.phone.messages)
    assert "Su CDAT se vence" in world.mails()[-1].text
