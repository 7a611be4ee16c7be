"""Tickets as they are filed, on both engines."""

import pytest
from sqlalchemy import select

from domain.staff.tickets import NewTicket, TicketKind, read_ticket_number, ticket_number
from storage.schema import ticket, ticket_event
from storage.staff.tickets import TicketRepository
from tests.statement_rows import add_member


async def test_a_ticket_has_a_number_a_state_and_a_history(database, now):
    new = NewTicket(TicketKind.HELP, 7, now, 1, "key", "CC •••••123", "Ana Ñáñez", "no entro")
    async with database.unit() as connection:
        await add_member(connection, 1)
        first = await TicketRepository(connection).file(new)
        second = await TicketRepository(connection).file(new)
    assert (first, second) == ("T-2026-000001", "T-2026-000002")
    async with database.unit() as connection:
        rows = (await connection.execute(select(ticket).order_by(ticket.c.id))).all()
        events = (await connection.execute(select(ticket_event))).all()
    assert [(r.state, r.member_id, r.name, r.chat_id) for r in rows] == [
        ("open", 1, "Ana Ñáñez", 7)
    ] * 2
    assert [(e.ticket_id, e.step, e.at) for e in events] == [(1, "filed", now), (2, "filed", now)]


@pytest.mark.parametrize("typed", ["T-2026-000123", "t-2026-123", " 2026 123 ", "123", "000123"])
def test_a_number_as_people_type_it(typed, now):
    assert read_ticket_number(typed) == 123
    assert ticket_number(123, now) == "T-2026-000123"


@pytest.mark.parametrize("typed", ["", "hola", "T-2026-", "12a"])
def test_what_is_no_number(typed):
    assert read_ticket_number(typed) is None
