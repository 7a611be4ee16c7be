"""A ticket from the question to the answer."""

from tests.journeys.employee import forged, look_round
from tests.journeys.test_asking_for_help import ask
from tests.journeys.test_helping import elena, pedro, said

__all__ = ["elena", "pedro"]


async def test_a_ticket_from_the_question_to_the_answer(elena, pedro, phone, world):
    await ask(phone)
    await phone.tap("Mi PIN está bloqueado")
    await look_round(world)
    for employee in (elena, pedro):
        (note,) = employee.notes("Solicitud nueva")
        assert "CC •••••123" in note["text"]
        assert "Peña" not in note["text"]
        assert "PIN está bloqueado" not in note["text"]
    await elena.tap("✋ Atender")
    await world.deliver()
    assert "Es suya" in elena.screen
    assert "T-2026-000001" in elena.screen
    assert "Dice llamarse: Ana María Peña" in elena.screen
    (note,) = pedro.notes("Atendida por Elena Prueba")
    assert "✋ Atender" not in str(note.get("reply_markup"))
    await elena.tap("Cerrar")
    assert "Antes de cerrarla, respóndale" in elena.screen
    await elena.say("Ya puede intentar otra vez, doña Ana.")
    assert "La respuesta va en camino" in elena.screen
    assert elena.phone.messages[-1]["text"] == elena.screen
    assert "Ya puede intentar otra vez, doña Ana." not in [
        m.get("text") for m in elena.phone.messages
    ]
    await world.deliver()
    await world.post()
    (answer,) = phone.notes("Respuesta a su solicitud T-2026-000001")
    assert "Ya puede intentar otra vez, doña Ana." in answer["text"]
    assert any("Ya puede intentar otra vez, doña Ana." in mail.text for mail in world.mails())
    await elena.tap("Cerrar")
    assert "La cerró Elena Prueba" in elena.screen
    await world.deliver()
    assert phone.notes("Cerramos su solicitud T-2026-000001")
    assert pedro.notes("La cerró Elena Prueba")
    await phone.restart()
    assert phone.notes("¡Bienvenido")


async def test_the_second_to_press_is_told_and_goes_on(elena, pedro, phone, world):
    await ask(phone)
    await phone.tap("No entiendo")
    await look_round(world)
    late = pedro.notes("Solicitud nueva")[-1]
    await elena.tap("✋ Atender")
    await pedro.phone.old_tap(late, "✋ Atender")
    assert "ya la atiende otra persona" in pedro.phone.toasts[-1].text
    await pedro.say("/menu")
    await pedro.tap("🎫 Solicitudes")
    await pedro.tap("1. ")
    assert "La atiende Elena Prueba" in pedro.screen
    assert "✋ Atender" not in pedro.labels
    await pedro.phone.send_data(await forged(world, pedro, "stk:claim"))
    assert "ya la atiende otra persona" in pedro.screen
    await pedro.tap("Volver")
    assert "T-2026-000001" in pedro.screen


async def test_a_ticket_leads_to_the_member_and_back(elena, phone, world):
    await ask(phone)
    await phone.tap("No entiendo")
    await elena.tap("🎫 Solicitudes")
    await elena.say("hola")
    assert "Escriba el número de la solicitud" in elena.screen
    await elena.say("t-2026-1")
    assert "No entiendo" in elena.screen
    assert "no es el del asociado" in elena.screen
    await elena.tap("Ver al asociado")
    assert "Ñáñez Peña, María Eugenia" in elena.screen
    await elena.tap("🎫 T-2026-000001")
    await elena.tap("✋ Atender")
    await elena.tap("Devolver a la cola")
    assert "Volvió a la cola" in elena.screen
    await elena.tap("Volver")
    await elena.say("77")
    assert "Eso ya no está" in elena.screen


async def test_whoever_is_out_enters_first(elena, phone, world):
    await elena.say("/salir")
    await ask(phone)
    await phone.tap("No entiendo")
    await look_round(world)
    await elena.tap("✋ Atender")
    assert "Primero entre con su código" in elena.screen
    await elena.say(elena.next_code)
    await elena.tap("✋ Atender")
    assert "Es suya" in elena.screen


async def test_an_old_ticket_comes_back_to_everybody(elena, pedro, phone, world):
    await ask(phone)
    await phone.tap("No entiendo")
    await look_round(world)
    await elena.tap("✋ Atender")
    world.clock.forward(hours=2, minutes=1)
    await look_round(world)
    assert pedro.notes("Sigue en espera: T-2026-000001")
    await pedro.say("/menu")
    assert "Cerré su sesión" in said(pedro)
    await pedro.enter()
    await pedro.tap("🎫 Solicitudes")
    await pedro.tap("1. ")
    assert "volvió a la cola porque nadie la siguió" in pedro.screen
    await pedro.tap("✋ Atender")
    assert "Es suya" in pedro.screen
