"""\"Me interesa\": members send at once, visitors leave who to call, and only with their yes."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.leads.sending import NEWS_TO_STAFF
from domain.money import Centavos
from handlers.kit.flow import Contact
from storage.schema import consent, lead
from tests.handlers.reading import Reader
from tests.leads.world import add_staff
from tests.simulation.conftest import Room
from tests.simulation.test_cdat import up_to as up_to_cdat
from tests.simulation.test_credit import USUAL, quoted, up_to

INTEREST = (*USUAL, "Me interesa")


async def leads(connection: AsyncConnection) -> list[object]:
    return list((await connection.execute(select(lead))).all())


async def consents(connection: AsyncConnection) -> list[object]:
    return list((await connection.execute(select(consent))).all())


async def test_a_member_sends_with_one_tap_and_gets_a_number(
    room: Room, connection: AsyncConnection
) -> None:
    await add_staff(connection, 5, "support", created_at=room.now)
    reader = await up_to(room.member(), *INTEREST)
    assert "No tenemos un celular suyo registrado" in reader.text
    await reader.tap("Sí, enviar")
    assert "S-2026-00001" in reader.text
    (row,) = await leads(connection)
    schedule = quoted(room, "libre-inversion", 5_000_000, 24).schedule
    assert (row.member_id, row.visitor_name, row.chat_id, row.state) == (1, None, 7, "open")
    assert (row.product, row.line, row.amount) == ("credit", "Libre inversión", 500_000_000)
    assert (row.term, row.period, row.system) == (24, "monthly", "level")
    assert row.figure == Centavos(schedule.first_payment * 100)
    assert (str(row.rate), row.rate_kind) == ("1.45", "monthly")
    assert room.notes.told == [(905, NEWS_TO_STAFF)]
    assert await consents(connection) == []
    await reader.tap("Ver mi simulación")
    assert reader.place[1] == "result"


async def test_a_member_is_told_which_mobile_will_be_called(
    room: Room, connection: AsyncConnection
) -> None:
    await connection.exec_driver_sql("UPDATE member SET mobile = '+573104567890'")
    reader = await up_to(room.member(), *INTEREST)
    assert "el que termina en 890" in reader.text
    assert "4567" not in reader.text


async def visitor_at_name(room: Room) -> Reader:
    reader = await up_to_cdat(room.visitor(), "CDAT", "10.000.000", "360 días", "Cada mes")
    await reader.tap("Me interesa")
    await reader.tap("Sí, autorizo")
    return reader


async def test_a_visitor_says_yes_first_then_who_and_where(
    room: Room, connection: AsyncConnection
) -> None:
    reader = await up_to_cdat(room.visitor(), "CDAT", "10.000.000", "360 días", "Cada mes")
    await reader.tap("Me interesa")
    assert "Ley 1581 de 2012" in reader.text
    assert "Llamarle o escribirle por esta simulación, y nada más" in reader.text
    assert await consents(connection) == []
    await reader.tap("Sí, autorizo")
    (proof,) = await consents(connection)
    assert (proof.telegram_id, proof.version) == (70, "call:2026-1")
    await reader.say("  Ana María   Ñáñez ")
    assert "Gracias, Ana María Ñáñez" in reader.text
    await reader.say("310 456 7890")
    assert "S-2026-00001" in reader.text
    (row,) = await leads(connection)
    assert (row.member_id, row.chat_id) == (None, 70)
    assert (row.visitor_name, row.visitor_mobile) == ("Ana María Ñáñez", "+573104567890")
    assert (row.product, row.term, row.period, row.system) == ("cdat", 360, "monthly", None)
    assert "visitor_name" not in reader.data


async def test_a_no_leaves_nothing_and_the_simulation_stays(
    room: Room, connection: AsyncConnection
) -> None:
    reader = await up_to(room.visitor(), *INTEREST)
    await reader.tap("No autorizo")
    assert reader.place[1] == "result"
    assert "no guardé sus datos" in reader.notice
    assert await consents(connection) == []
    assert await leads(connection) == []
    await reader.tap("Me interesa")
    assert reader.place[1] == "interest"


async def test_the_authorisation_to_call_is_not_the_one_to_enter(
    room: Room, connection: AsyncConnection
) -> None:
    await visitor_at_name(room)
    (proof,) = await consents(connection)
    assert proof.version != room.cooperative.data_processing.version


@pytest.mark.parametrize("name", ["", "12345", "A", "Ana 2", "x" * 61, "<b>Ana</b>", "@ana"])
async def test_what_is_no_name_is_asked_again(room: Room, name: str) -> None:
    reader = await visitor_at_name(room)
    await reader.say(name)
    assert reader.place[1] == "name"
    assert "solo con letras" in reader.notice
    await reader.say("José María O'Brien-Núñez")
    assert reader.place[1] == "mobile"


@pytest.mark.parametrize("name", ["Carolina Mora", "Gracia Salazar", "Ayuda de Dios Pérez"])
async def test_names_that_are_also_words_of_the_menu(room: Room, name: str) -> None:
    reader = await visitor_at_name(room)
    await reader.say(name)
    assert reader.place[1] == "mobile"


@pytest.mark.parametrize("typed", ["310", "6087400000", "hola", "+1 555", "٣١٠٤٥٦٧٨٩٠٠"])
async def test_what_is_no_mobile_is_asked_again(
    room: Room, connection: AsyncConnection, typed: str
) -> None:
    reader = await visitor_at_name(room)
    await reader.say("Ana Ñáñez")
    await reader.say(typed)
    assert reader.place[1] == "mobile"
    assert "no parece un celular" in reader.notice
    assert await leads(connection) == []
    await reader.say("+12015550123")
    assert reader.place[1] == "sent"


async def test_the_number_may_be_shared_with_one_key(
    room: Room, connection: AsyncConnection
) -> None:
    reader = await visitor_at_name(room)
    await reader.say("Ana Ñáñez")
    assert reader.screen.share is not None
    await reader._give(Contact(70, "573104567890"))
    (row,) = await leads(connection)
    assert row.visitor_mobile == "+573104567890"


async def test_a_visitor_may_give_up_at_the_last_step(
    room: Room, connection: AsyncConnection
) -> None:
    reader = await visitor_at_name(room)
    await reader.say("Ana Ñáñez")
    await reader.tap("Mejor no")
    assert reader.place[1] == "result"
    assert "visitor_name" not in reader.data
    assert await leads(connection) == []


async def test_so_many_a_day_and_then_whom_to_call(room: Room, connection: AsyncConnection) -> None:
    reader = await up_to(room.member(), *USUAL)
    for number in range(room.cooperative.policies.leads_per_day):
        await reader.tap("Me interesa")
        await reader.tap("Sí, enviar")
        assert f"S-2026-0000{number + 1}" in reader.text
        await reader.tap("Ver mi simulación")
    await reader.tap("Me interesa")
    await reader.tap("Sí, enviar")
    assert reader.place[1] == "result"
    assert "Hoy ya envió varias" in reader.notice
    assert "608 740 0000" in reader.notice
    assert len(await leads(connection)) == 3


async def test_a_member_cannot_be_made_a_visitor_nor_the_other_way(
    room: Room, connection: AsyncConnection
) -> None:
    visitor = await up_to(room.visitor(), *INTEREST)
    member = await up_to(room.member(), *INTEREST)
    send, authorise = member.screen.rows[0][0].tap, visitor.screen.rows[0][0].tap
    await visitor.send(send)
    assert visitor.place[1] == "interest"
    await member.send(authorise)
    assert member.place[1] == "interest"
    assert await leads(connection) == []
    assert await consents(connection) == []


async def test_words_at_the_question_lose_nothing(room: Room) -> None:
    reader = await up_to(room.member(), *INTEREST)
    await reader.say("bueno pues")
    assert reader.place[1] == "interest"
    await reader.tap("Volver")
    assert reader.place[1] == "result"
