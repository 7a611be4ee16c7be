"""Simulations on the phone: a visitor, a member and the employees, over two replicas."""

import pytest
from sqlalchemy import select, update

from domain.staff.people import Role
from storage.schema import audit, consent, conversation, lead, lead_event, member, outbox, staff_act
from tests.journeys.employee import ELENA, PEDRO, StaffPhone, at_phone, revoke
from tests.journeys.member import MemberPhone, World

VISITOR = 70


@pytest.fixture
def visitor(world: World) -> MemberPhone:
    return world.member(VISITOR)


async def simulate_credit(phone: MemberPhone) -> None:
    for tap in ("Libre inversión", "5.000.000", "Cada mes", "24 meses"):
        await phone.tap(tap)


async def simulate_cdat(phone: MemberPhone) -> None:
    await phone.phone.tap("CDAT")
    for tap in ("10.000.000", "360 días", "Cada mes"):
        await phone.tap(tap)


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


async def rows(world: World, table: object) -> list[object]:
    async with world.database.unit() as connection:
        return list((await connection.execute(select(table))).all())


async def test_a_visitor_simulates_from_the_first_screen_and_keeps_the_papers(visitor, world):
    await visitor.say("/start")
    await visitor.tap("Simular un crédito o un CDAT")
    await visitor.tap("Un crédito")
    await simulate_credit(visitor)
    assert "Cuota: $\N{NO-BREAK SPACE}249.898" in visitor.screen
    await visitor.tap("PDF")
    assert "Se lo estoy preparando" in visitor.screen
    await visitor.tap("Gráfica")
    await visitor.tap("Cuotas")
    await visitor.tap("Excel")
    await visitor.tap("CSV")
    await world.deliver()
    names = [file.name for file in (*visitor.phone.documents, *visitor.phone.photos)]
    assert sorted(name.rpartition(".")[2] for name in names) == ["csv", "pdf", "png", "xlsx"]
    paper = next(f for f in visitor.phone.documents if f.name.endswith(".pdf"))
    assert paper.content.startswith(b"%PDF")
    assert "Queda en este chat" in paper.caption
    await visitor.tap("Menú")
    assert "oficina virtual" in visitor.screen
    assert len(visitor.phone.documents) == 3
    assert {row.state for row in await rows(world, outbox)} == {"sent"}


async def test_words_and_the_command_lead_to_the_simulators(visitor):
    await visitor.say("/start")
    await visitor.say("quiero simular un crédito")
    assert "¿Para qué lo necesita?" in visitor.screen
    await visitor.say("/simular")
    assert "Simuladores" in visitor.screen
    await visitor.say("cuánto me prestan")
    await visitor.tap("Libre inversión")
    assert "¿Cuánto puede pagar cada vez" in visitor.screen
    await visitor.say("/start")
    await visitor.say("abrir un cdat")
    assert "Simular un CDAT" in visitor.screen


async def test_a_visitors_simulation_survives_a_long_silence(visitor, world):
    await visitor.say("/simular")
    await visitor.tap("Un crédito")
    await visitor.tap("Libre inversión")
    world.clock.forward(days=3)
    await visitor.say("5 millones")
    assert "¿Cada cuánto quiere pagar?" in visitor.screen


async def test_a_member_finds_them_in_the_menu_and_their_papers_go_with_the_session(phone, world):
    await phone.first_entry()
    await phone.tap("Simular un crédito")
    await simulate_credit(phone)
    await phone.tap("PDF")
    await world.deliver()
    assert "al salir se borra" in phone.phone.documents[-1].caption
    assert "Cuota:" in phone.screen
    await phone.say("/salir")
    assert phone.phone.documents == []
    assert not [m for m in phone.phone.messages if "$" in m.get("text", "")]


async def test_a_paper_asked_for_in_a_session_that_ended_is_not_sent(phone, world):
    await phone.first_entry()
    await phone.tap("Simular un CDAT")
    await simulate_cdat(phone)
    await phone.tap("PDF")
    await phone.say("/salir")
    await world.deliver()
    assert phone.phone.documents == []
    await phone.say("/simular")
    await phone.tap("Un CDAT")
    await simulate_cdat(phone)
    await phone.tap("PDF")
    await world.deliver()
    assert len(phone.phone.documents) == 1


async def test_the_salary_on_file_stays_between_the_member_and_the_office(phone, world):
    async with world.database.unit() as connection:
        mine = update(member).where(member.c.id == 1)
        await connection.execute(mine.values(salary=300_000_000))
    await phone.first_entry()
    await phone.tap("Simular un crédito")
    await simulate_credit(phone)
    assert "caben descuentos de $\N{NO-BREAK SPACE}1.380.000 al mes" in phone.screen
    assert "sueldo" not in str([row.data for row in await rows(world, conversation)])


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
