"""Tickets: one employee at a time, nothing left lying, everything in the history."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.conversation import Visit
from domain.staff.attend import NotAnswered
from domain.staff.conduct import Beaten
from domain.staff.people import Role
from storage.schema import audit, mail, outbox, staff_act, ticket, ticket_event
from storage.staff.queue import QueueRepository
from tests.staff.world import Bureau, Meeting

ROUNDS = 200


async def steps(bureau: Bureau, ticket_id: int) -> list[str]:
    rows = await bureau.rows(ticket_event, ticket_event.c.ticket_id == ticket_id)
    return [row.step for row in sorted(rows, key=lambda row: row.id)]


async def the_ticket(bureau: Bureau, ticket_id: int):
    (row,) = await bureau.rows(ticket, ticket.c.id == ticket_id)
    return row


async def notes(bureau: Bureau) -> list[tuple[int, str]]:
    rows = await bureau.rows(outbox, outbox.c.kind == "note")
    return [(row.chat_id, json.loads(row.payload)["name"]) for row in rows]


async def test_from_filed_to_closed(bureau: Bureau) -> None:
    await bureau.member(1, bound=900)
    elena = await bureau.somebody()
    number = await bureau.ticket(1, chat_id=900)
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    await bureau.do(lambda w: w.tickets.answer(elena, number, " Venga a la oficina. "))
    await bureau.do(lambda w: w.tickets.close(elena, number))
    assert await steps(bureau, number) == ["filed", "claimed", "answered", "closed"]
    row = await the_ticket(bureau, number)
    assert (row.state, row.claimed_by) == ("closed", 1)
    history = await bureau.do(lambda w: w.tickets.history(elena, number))
    assert [(event.by, event.text) for event in history][2] == ("Elena", "Venga a la oficina.")
    assert await notes(bureau) == [(900, "ticket_answer"), (900, "ticket_closed")]
    assert [(m.kind, m.member_id) for m in await bureau.rows(mail)] == [("answer", 1)]
    acts = [row.action for row in await bureau.rows(staff_act)]
    assert acts == ["ticket_claimed", "ticket_answered", "ticket_closed"]
    assert [(row.action, row.object) for row in await bureau.rows(audit)] == [
        (act, f"ticket:{number}") for act in acts
    ]


async def test_an_answer_goes_to_who_asked_and_to_the_member(bureau: Bureau) -> None:
    await bureau.member(1, bound=900)
    elena, number = await bureau.somebody(), await bureau.ticket(1, chat_id=901)
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    await bureau.do(lambda w: w.tickets.answer(elena, number, "Hola"))
    assert sorted(await notes(bureau)) == [(900, "ticket_answer"), (901, "ticket_answer")]


async def test_an_unknown_document_is_answered_in_its_chat_only(bureau: Bureau) -> None:
    elena, number = await bureau.somebody(), await bureau.ticket(None, chat_id=901)
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    await bureau.do(lambda w: w.tickets.answer(elena, number, "Hola"))
    assert await notes(bureau) == [(901, "ticket_answer")]
    assert await bureau.rows(mail) == []


async def claims(bureau: Bureau, number: int, *visits: Visit) -> list[object]:
    acts = (bureau.do(lambda w, v=v: w.tickets.claim(v, number)) for v in visits)
    return list(await asyncio.gather(*acts, return_exceptions=True))


async def test_of_two_at_once_one_claims(bureau: Bureau) -> None:
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro", Role.ADMIN)
    for _ in range(ROUNDS if bureau.database.is_sqlite else ROUNDS // 4):
        number = await bureau.ticket()
        results = await claims(bureau, number, elena, pedro)
        assert sorted(map(repr, results)) == ["Beaten()", "None"]
        assert await steps(bureau, number) == ["filed", "claimed"]
    assert len(await bureau.rows(staff_act)) == len(await bureau.rows(ticket))


class Glancing(QueueRepository):
    """Looks whether it is free, and then takes it."""

    def __init__(self, connection: Any, meeting: Meeting) -> None:
        super().__init__(connection)
        self._meeting = meeting

    async def claim(self, ticket_id: int, staff_id: int, stale: datetime, at: datetime) -> bool:
        state = select(ticket.c.state).where(ticket.c.id == ticket_id)
        if await self._connection.scalar(state) != "open":
            return False
        await self._meeting.wait()
        mine = update(ticket).where(ticket.c.id == ticket_id)
        await self._connection.execute(mine.values(state="claimed", claimed_by=staff_id))
        return True


async def test_looking_before_claiming_is_not_enough(bureau: Bureau) -> None:
    """On SQLite units of work take turns anyway; PostgreSQL shows the difference."""
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro", Role.ADMIN)

    meeting, number = Meeting(), await bureau.ticket()

    async def glance(visit: Visit) -> None:
        async def act(work):
            queue = Glancing(work.unit.connection, meeting)
            await replace(work.tickets, queue=queue).claim(visit, number)

        await bureau.do(act)

    results = await asyncio.gather(glance(elena), glance(pedro), return_exceptions=True)
    assert (results == [None, None]) is not bureau.database.is_sqlite


async def test_only_the_holder_answers_closes_and_gives_back(bureau: Bureau) -> None:
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro")
    number = await bureau.ticket()
    for visit in (elena, pedro):
        with pytest.raises(Beaten):
            await bureau.do(lambda w, v=visit: w.tickets.answer(v, number, "Hola"))
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    for act in ("release", "close"):
        with pytest.raises((Beaten, NotAnswered)):
            await bureau.do(lambda w, a=act: getattr(w.tickets, a)(pedro, number))
    with pytest.raises(Beaten):
        await bureau.do(lambda w: w.tickets.answer(pedro, number, "Hola"))
    await bureau.do(lambda w: w.tickets.release(elena, number))
    await bureau.do(lambda w: w.tickets.claim(pedro, number))
    await bureau.do(lambda w: w.tickets.answer(pedro, number, "Hola"))
    with pytest.raises(Beaten):
        await bureau.do(lambda w: w.tickets.close(elena, number))
    await bureau.do(lambda w: w.tickets.close(pedro, number))
    with pytest.raises(Beaten):
        await bureau.do(lambda w: w.tickets.claim(elena, number))
    assert await steps(bureau, number) == [
        *("filed", "claimed", "released", "claimed", "answered", "closed"),
    ]


async def test_nobody_is_left_without_an_answer(bureau: Bureau) -> None:
    elena, number = await bureau.somebody(), await bureau.ticket()
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    with pytest.raises(NotAnswered):
        await bureau.do(lambda w: w.tickets.close(elena, number))
    await bureau.do(lambda w: w.tickets.answer(elena, number, "Hola"))
    await bureau.do(lambda w: w.tickets.close(elena, number))
