"""What the cooperative pushes, and what members choose to be told."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import insert, update

from domain.clock import local_date
from domain.money import Centavos
from domain.notifications.acceptance import Accept, Draft
from domain.notifications.buttons import Opener, Opens
from domain.notifications.categories import CONDUCT, Category
from domain.notifications.hours import Hours
from domain.notifications.messages import Message
from domain.notifications.occasions import Cdat, Credit, MemberFacts, Payment, events_of
from domain.notifications.schedule import Timetable
from domain.notifications.settings import Occasions
from handlers.notifications.occasions import message_of
from storage.notifications.content import Envelopes
from storage.notifications.ledger import LedgerRepository
from storage.notifications.recipients import RecipientRepository
from storage.schema import closed_chat, notification
from tests.notifications.dispatch import open_sender
from tests.storyboard.actors import Actor
from tests.storyboard.studio import SECRETS, Studio

ENVELOPES = Envelopes(SECRETS.notifications)


async def choices(studio: Studio) -> None:
    maria = await studio.inside()
    await maria.say("/notificaciones")
    await maria.shot("what she is told")
    await maria.tap("Promociones")
    await maria.shot("advertising, because she wants it")
    await maria.tap("Horario")
    await maria.shot("at which hours")
    await maria.tap("En la mañana")
    await maria.shot("in the morning")
    await maria.go("Horario", "En la tarde", "Con sonido")
    await maria.shot("in the afternoon, without a sound")


async def occasions(studio: Studio) -> None:
    maria = await studio.inside()
    studio.world.clock.forward(days=1)
    today = local_date(studio.world.clock.now())
    for facts in _facts(maria, today):
        for event in events_of(facts, today, Occasions(birthday=True)):
            await _push(studio, maria, replace(message_of(event), expires_at=None))
            await maria.note(f"told by itself: {event.occasion}", _first_words(event.occasion))
            if CONDUCT[event.category].contact:
                studio.world.clock.forward(days=1)


async def pushed(studio: Studio) -> None:
    maria = await studio.inside()
    studio.world.clock.forward(days=1)
    await _push(studio, maria, _message("Su crédito <b>fue aprobado</b>.", Opens.CREDITS))
    await maria.note("pushed by the cooperative", "fue aprobado")
    labelled = replace(_message("Asamblea general el sábado."), buttons=LABELLED)
    await _push(studio, maria, labelled)
    await maria.note("a button with words of its own", "Asamblea")
    await _push(studio, maria, _message("Recibimos su solicitud."), doubts=1)
    await maria.note("sent again, after a doubt", "Recibimos su solicitud")
    for place, opens in enumerate(Opens, start=1):
        told = f"Hay algo nuevo para usted ({place})."
        await _push(studio, maria, _message(told, opens))
        await maria.note(f"a button for {opens}", told)


async def way_out(studio: Studio) -> None:
    clock = studio.world.clock
    clock.instant = Hours().next(clock.now() + timedelta(days=1))
    maria = await studio.inside()
    await maria.go("Mis avisos", "Promociones", "Menú")
    clock.forward(minutes=1)
    await _push(studio, maria, _message("Viaje al Amazonas.", category=Category.COMMERCIAL))
    await maria.note("an advertisement and its way out", "Amazonas")
    await maria.tap("No recibir promociones")
    await maria.shot("no more of them")
    await maria.phone.send_data("-:nop:424242:0")
    await maria.shot("a button of nothing")
    stranger = await studio.stranger()
    await stranger.say("/start")
    await stranger.phone.send_data("-:nmu:1")
    await stranger.shot("somebody else's way out")


async def by_mail(studio: Studio) -> None:
    maria = await studio.inside()
    studio.world.clock.forward(days=1)
    async with studio.world.database.unit() as connection:
        gone = {"chat_id": maria.phone.id, "closed_at": studio.world.clock.now()}
        await connection.execute(insert(closed_chat).values(gone))
    message = _message("Su CDAT se vence <b>pronto</b>.", category=Category.CONTRACT)
    await _push(studio, maria, message)
    await maria.mail("her chat is closed to us", "novedad")


NEWEST = date(2026, 11, 3)
LABELLED = (Opener(Opens.HELP, "¿Dónde queda?"),)


def _message(text: str, *opens: Opens, category: Category = Category.OPERATION) -> Message:
    return Message(category, text, tuple(map(Opener, opens)))


async def _push(studio: Studio, maria: Actor, message: Message, doubts: int = 0) -> None:
    """Have her told that, and send it."""
    world, number = studio.world, f"A{maria.member_id:05}"
    draft = Draft(f"{number}:{message.html}"[:100], number, message, message.html)
    async with world.database.unit() as connection:
        ledger = LedgerRepository(connection, ENVELOPES)
        accept = Accept(RecipientRepository(connection), ledger, Timetable(Hours()))
        await accept.all("core", [draft], world.clock.now())
        mine = notification.c.external_id == draft.external_id
        named = {"doubts": doubts, "reference": "A7K2M", "not_before": world.clock.now()}
        await connection.execute(update(notification).where(mine).values(named))
    async with open_sender(
        world.sandbox, world.database, world.clock, envelopes=ENVELOPES
    ) as sender:
        while await sender.run_once():
            pass


def _facts(maria: Actor, today: date) -> list[MemberFacts]:
    """A member to whom everything happens at once, and one with two of each."""
    number, born = f"A{maria.member_id:05}", date(1958, today.month, today.day)
    due, late = today + timedelta(days=5), today - timedelta(days=2)
    payment = Payment("7700001234", "Libre inversión", "R-9", today, Centavos(43_210_000))
    one = MemberFacts(
        number,
        "MARÍA EUGENIA",
        born,
        credits=[_credit("7700001234", due), _credit("7700004321", late, days=2)],
        cdats=[Cdat("8800009876", "CDAT", today + timedelta(days=30))],
        payments=[payment],
        data_from=today - timedelta(days=400),
        certificate_year=today.year,
    )
    several = MemberFacts(
        number,
        "MARÍA EUGENIA",
        date(1958, 1, 1),
        credits=[
            *(_credit(f"770000{n}", due - timedelta(days=1)) for n in (1111, 2222)),
            *(_credit(f"770000{n}", late + timedelta(days=1), days=1) for n in (3333, 4444)),
        ],
    )
    return [several, one]


def _credit(number: str, due: date, days: int = 0) -> Credit:
    return Credit(number, "Libre inversión", due, Centavos(43_210_000), days, NEWEST)


def _first_words(occasion: str) -> str:
    return {
        "instalment_due": "Recordatorio de su",
        "overdue": "pendiente",
        "cdat_maturing": "Su CDAT se vence",
        "payment_received": "Recibimos su pago",
        "new_certificate": "Ya están sus certificados",
        "birthday": "Feliz cumpleaños",
        "stale_data": "Sus datos siguen iguales",
    }[occasion]


SCENES = (choices, occasions, pushed, way_out, by_mail)
