"""A simulation sent to the employees, and what becomes of it."""

from domain.staff.people import Role
from storage.schema import audit, consent, lead, lead_event, staff_act
from tests.journeys.employee import ELENA, PEDRO, StaffPhone, at_phone, revoke
from tests.journeys.member import MemberPhone, World
from tests.journeys.test_simulating import VISITOR, rows, simulate_cdat, simulate_credit, visitor

__all__ = ["visitor"]


async def leave_lead(phone: MemberPhone) -> None:
    """A visitor simulates, says yes, and leaves who to call."""
    await phone.say("/start")
    await phone.tap("Simular")
    await phone.tap("Un CDAT")
    await simulate_cdat(phone)
    await phone.tap("Me interesa")
    await phone.tap("Sí, autorizo")
    await phone.say("Ana Ñáñez")
    await phone.say("310 456 7890")


async def employed(world: World, number: int, name: str, role: Role) -> StaffPhone:
    phone = at_phone(world, number)
    await phone.join(name, role)
    return phone


def notes(phone: MemberPhone, words: str) -> list[str]:
    return [m["text"] for m in phone.phone.messages if not m["out"] and words in m.get("text", "")]


async def test_from_the_members_wish_to_the_outcome(phone, world):
    elena = await employed(world, ELENA, "Elena Ríos", Role.SUPPORT)
    pedro = await employed(world, PEDRO, "Pedro Páez", Role.VERIFIER)
    await phone.first_entry()
    await phone.tap("Simular un crédito")
    await simulate_credit(phone)
    await phone.tap("Me interesa")
    await phone.tap("Sí, enviar")
    assert "S-2026-00001" in phone.screen
    await world.deliver()
    for each in (elena, pedro):
        (note,) = notes(each, "Simulación S-2026-00001")
        assert "En espera" in note
        assert "María" not in note
    await elena.tap("Atender")
    assert "Es suya" in elena.screen
    assert "MARÍA EUGENIA" in elena.screen
    await world.deliver()
    assert "La atiende Elena Ríos" in notes(pedro, "Simulación S-2026-00001")[0]
    assert not any("Atender" in label for label in pedro.labels if "Simulaciones" not in label)
    assert notes(phone, "ya la tiene Elena Ríos")
    await elena.tap("Anotar cómo terminó")
    await elena.tap("Sí lo tomó")
    await elena.say("Firma el lunes")
    assert "Quedó cerrada" in elena.screen
    assert "«Firma el lunes»" in elena.screen
    await world.deliver()
    (told,) = notes(phone, "quedó atendida")
    assert "Firma" not in told
    events = [(row.step, row.text) for row in await rows(world, lead_event)]
    assert events == [("filed", ""), ("claimed", ""), ("closed", "Firma el lunes")]
    assert [act.action for act in await rows(world, staff_act)] == ["lead_claimed", "lead_closed"]
    assert {"lead_claimed", "lead_closed"} <= {row.action for row in await rows(world, audit)}


async def test_from_the_visitors_wish_to_the_outcome(visitor, world):
    elena = await employed(world, ELENA, "Elena Ríos", Role.SUPPORT)
    await leave_lead(visitor)
    assert "S-2026-00001" in visitor.screen
    await world.deliver()
    assert "Ana" not in notes(elena, "Simulación S-2026-00001")[0]
    assert "310" not in notes(elena, "Simulación S-2026-00001")[0]
    await elena.say("/menu")
    assert "1 persona interesada" in elena.screen
    await elena.tap("Simulaciones enviadas")
    await elena.tap("1. S-2026-00001")
    assert "A quién llamar se le muestra a quien la atiende" in elena.screen
    assert "Ana" not in elena.screen
    await elena.tap("Atender")
    assert "Ana Ñáñez" in elena.screen
    assert "+573104567890" in elena.screen
    assert not any("Ver al asociado" in label for label in elena.labels)
    await elena.tap("Anotar cómo terminó")
    await elena.tap("No contestó")
    await elena.tap("Sin nota")
    await world.deliver()
    assert notes(visitor, "no le encontramos")


async def test_the_button_of_a_note_asks_who_presses_it(visitor, world):
    elena = await employed(world, ELENA, "Elena Ríos", Role.SUPPORT)
    pedro = await employed(world, PEDRO, "Pedro Páez", Role.ADMIN)
    await leave_lead(visitor)
    await world.deliver()
    await elena.say("/salir")
    await elena.tap("Atender")
    assert "Primero entre con su código" in elena.screen
    assert {row.state for row in await rows(world, lead)} == {"open"}
    await pedro.tap("Atender")
    assert "Es suya" in pedro.screen
    await elena.say(elena.next_code)
    await elena.tap("Simulaciones enviadas")
    await elena.say("S-2026-1")
    assert "La atiende Pedro Páez" in elena.screen
    assert "Ana" not in elena.screen
    await elena.tap("Atender")
    assert "ya la atiende otra persona" in elena.screen


async def test_an_auditor_has_no_such_function_and_gets_no_note(visitor, world):
    raul = await employed(world, ELENA, "Raúl", Role.AUDITOR)
    await leave_lead(visitor)
    await world.deliver()
    assert notes(raul, "Simulación") == []
    assert not any("Simulaciones" in label for label in raul.labels)


async def test_it_is_given_back_and_taken_by_another(visitor, world):
    elena = await employed(world, ELENA, "Elena Ríos", Role.SUPPORT)
    pedro = await employed(world, PEDRO, "Pedro Páez", Role.SUPPORT)
    await leave_lead(visitor)
    await world.deliver()
    await elena.tap("Atender")
    await elena.tap("Devolver a la cola")
    assert "Volvió a la cola" in elena.screen
    assert "Ana" not in elena.screen
    await world.deliver()
    await pedro.tap("Atender")
    assert "Ana Ñáñez" in pedro.screen


async def test_an_employee_who_left_holds_nothing_up(visitor, world):
    elena = await employed(world, ELENA, "Elena Ríos", Role.SUPPORT)
    pedro = await employed(world, PEDRO, "Pedro Páez", Role.SUPPORT)
    await leave_lead(visitor)
    await world.deliver()
    await elena.tap("Atender")
    await revoke(world, "Elena Ríos")
    await elena.tap("Anotar cómo terminó")
    assert "oficina virtual" in elena.screen
    await pedro.tap("Simulaciones enviadas")
    await pedro.tap("1. ")
    await pedro.tap("Atender")
    assert "Ana Ñáñez" in pedro.screen


async def test_a_visitor_who_refuses_to_be_known_is_forgotten_everywhere(visitor, world):
    elena = await employed(world, ELENA, "Elena Ríos", Role.SUPPORT)
    await leave_lead(visitor)
    await world.deliver()
    await elena.tap("Atender")
    await visitor.say("/start")
    await visitor.tap("Entrar")
    await visitor.tap("No autorizo")
    assert "No guardamos ningún dato suyo" in visitor.screen
    (row,) = await rows(world, lead)
    assert (row.visitor_name, row.visitor_mobile, row.outcome) == (None, None, "withdrawn")
    await world.deliver()
    assert "El visitante retiró sus datos" in notes(elena, "Simulación S-2026-00001")[0]
    await elena.tap("Anotar cómo terminó")
    await elena.tap("Sí lo tomó")
    await elena.tap("Sin nota")
    assert "ya se cerró" in elena.screen
    assert "Retiró sus datos" in elena.screen


async def test_a_visitor_shares_the_number_with_a_key(visitor, world):
    await visitor.say("/simular")
    await visitor.tap("Un CDAT")
    await simulate_cdat(visitor)
    await visitor.tap("Me interesa")
    await visitor.tap("Sí, autorizo")
    await visitor.say("Ana Ñáñez")
    assert visitor.phone.reply_buttons == [["📱 Compartir mi número"], ["✖️ Mejor no"]]
    await visitor.phone.share_contact(
        {"phone_number": "573104567890", "first_name": "Ana", "user_id": VISITOR}
    )
    assert "S-2026-00001" in visitor.screen
    (row,) = await rows(world, lead)
    assert row.visitor_mobile == "+573104567890"


async def test_the_same_press_twice_sends_once(phone, world):
    await phone.first_entry()
    await phone.tap("Simular un crédito")
    await simulate_credit(phone)
    await phone.tap("Me interesa")
    again = await phone.phone.tap("📨 Sí, enviar")
    await world.sandbox.redeliver(again)
    assert len(await rows(world, lead)) == 1
    assert "S-2026-00001" in phone.screen


async def test_consent_is_kept_with_its_proof_and_linked_to_nobody(visitor, world):
    await leave_lead(visitor)
    (proof,) = await rows(world, consent)
    assert (proof.telegram_id, proof.version, proof.member_id) == (VISITOR, "call:2026-1", None)
    assert len(proof.text_sha256) == 64
