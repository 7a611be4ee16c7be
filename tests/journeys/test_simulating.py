"""Simulations on the phone: a visitor, a member and the employees, over two replicas."""

import pytest
from sqlalchemy import select, update

from storage.schema import conversation, member, outbox
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
