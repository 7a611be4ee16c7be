"""Tickets that nobody attends come back to everybody."""

import asyncio

import pytest
from sqlalchemy import update

from domain.staff.attend import NoTicket
from domain.staff.conduct import Beaten
from domain.staff.duties import NotAllowed
from domain.staff.people import Role
from storage.schema import staff
from tests.staff.test_tickets import notes, steps, the_ticket
from tests.staff.world import Bureau


async def test_a_ticket_does_not_rest_with_somebody_absent(bureau: Bureau) -> None:
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro")
    number = await bureau.ticket()
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    bureau.clock.forward(hours=1, minutes=59)
    with pytest.raises(Beaten):
        await bureau.do(lambda w: w.tickets.claim(bureau.now(pedro), number))
    bureau.clock.forward(minutes=2)
    await bureau.do(lambda w: w.tickets.claim(bureau.now(pedro), number))
    assert (await the_ticket(bureau, number)).claimed_by == pedro.session.employee.id


async def test_an_answer_holds_it_longer(bureau: Bureau) -> None:
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro")
    number = await bureau.ticket()
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    bureau.clock.forward(hours=1)
    await bureau.do(lambda w: w.tickets.answer(bureau.now(elena), number, "Hola"))
    bureau.clock.forward(hours=1, minutes=30)
    with pytest.raises(Beaten):
        await bureau.do(lambda w: w.tickets.claim(bureau.now(pedro), number))


async def look(bureau: Bureau) -> int:
    return await bureau.do(lambda w: w.ticket_rounds.look(bureau.clock.now()))


async def test_every_colleague_hears_of_a_new_ticket_once(bureau: Bureau) -> None:
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro", Role.ADMIN)
    await bureau.employee("Luz", Role.VERIFIER)
    await bureau.ticket()
    both = await asyncio.gather(look(bureau), look(bureau))
    assert sorted(both) == [0, 1]
    told = [(elena.chat_id, "ticket"), (pedro.chat_id, "ticket")]
    assert sorted(await notes(bureau)) == sorted(told)
    assert await look(bureau) == 0


async def test_an_old_ticket_is_recalled_again_and_again(bureau: Bureau) -> None:
    await bureau.somebody()
    number = await bureau.ticket()
    await look(bureau)
    bureau.clock.forward(hours=3, minutes=59)
    assert await look(bureau) == 0
    bureau.clock.forward(minutes=2)
    assert await look(bureau) == 1
    assert await look(bureau) == 0
    bureau.clock.forward(hours=4, minutes=1)
    assert await look(bureau) == 1
    assert await steps(bureau, number) == ["filed", "reminded", "reminded"]
    assert len(await notes(bureau)) == 3


async def test_an_abandoned_ticket_goes_back_and_is_told_of(bureau: Bureau) -> None:
    elena, number = await bureau.somebody(), await bureau.ticket()
    await look(bureau)
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    bureau.clock.forward(hours=2)
    assert await look(bureau) == 1
    assert (await the_ticket(bureau, number)).state == "open"
    assert await steps(bureau, number) == ["filed", "claimed", "released"]


@pytest.mark.parametrize("change", ["revoked", "another role"])
async def test_what_one_who_left_had_claimed_goes_back_at_once(bureau: Bureau, change: str) -> None:
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro")
    number, other = await bureau.ticket(), await bureau.ticket()
    await look(bureau)
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    await bureau.do(lambda w: w.tickets.claim(pedro, other))
    gone = {"revoked_at": bureau.clock.now()} if change == "revoked" else {"role": "auditor"}
    async with bureau.database.unit() as connection:
        hers = staff.c.id == elena.session.employee.id
        await connection.execute(update(staff).where(hers).values(gone))
    assert await look(bureau) == 1
    assert await steps(bureau, number) == ["filed", "claimed", "released"]
    assert (await the_ticket(bureau, other)).state == "claimed"


async def test_who_attends_is_not_recalled(bureau: Bureau) -> None:
    elena, number = await bureau.somebody(), await bureau.ticket()
    await bureau.do(lambda w: w.tickets.claim(elena, number))
    for _ in range(5):
        bureau.clock.forward(hours=1)
        await bureau.do(lambda w: w.tickets.answer(bureau.now(elena), number, "Sigo en eso"))
        assert await look(bureau) == 0


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.AUDITOR, Role.BROADCASTER])
async def test_other_roles_have_no_say(bureau: Bureau, role: Role) -> None:
    number, pedro = await bureau.ticket(), await bureau.employee("Pedro", role)
    with pytest.raises(NotAllowed):
        await bureau.do(lambda w: w.tickets.page(pedro, 0))
    for act in ("claim", "release", "close"):
        with pytest.raises(NotAllowed):
            await bureau.do(lambda w, a=act: getattr(w.tickets, a)(pedro, number))
    assert await steps(bureau, number) == ["filed"]


async def test_there_is_no_such_ticket(bureau: Bureau) -> None:
    elena = await bureau.somebody()
    with pytest.raises(NoTicket):
        await bureau.do(lambda w: w.tickets.claim(elena, 77))


async def test_the_queue_shows_what_waits_first_and_the_oldest_first(bureau: Bureau) -> None:
    elena = await bureau.somebody()
    numbers = []
    for _ in range(8):
        numbers.append(await bureau.ticket())
        bureau.clock.forward(minutes=1)
    await bureau.do(lambda w: w.tickets.claim(bureau.now(elena), numbers[0]))
    first = await bureau.do(lambda w: w.tickets.page(elena, 0))
    second = await bureau.do(lambda w: w.tickets.page(elena, 1))
    assert [t.id for t in first.tickets] == numbers[1:7]
    assert (first.more, second.more) == (True, False)
    assert [t.id for t in second.tickets] == [numbers[7], numbers[0]]
