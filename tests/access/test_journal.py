"""What the audit trail says of who did what, and what a member may read of it."""

from itertools import product

from domain.access.journal import DOOR, Action, Result
from domain.conversation import Session, Visit
from domain.staff.people import Employee, Role
from handlers.kit.texts import html
from handlers.security.log import log_screen
from storage.access.journal import AccessLogRepository, JournalRepository
from storage.schema import audit
from tests.access.world import PIN, World

ME = 77


async def test_a_member_reads_their_last_entries_newest_first(world: World) -> None:
    member_id = await world.enrol(bound=ME)
    await world.enrol(number="40999999", email="otra@correo.example")
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press("9046")
    world.clock.forward(minutes=1)
    await rosa.press(PIN)
    await rosa.be_human()
    await world.deliver()
    world.clock.forward(minutes=1)
    await rosa.say(world.mailbox.codes[0])
    await world.person(88).enter("40999999")
    async with world.database.unit() as connection:
        records = await AccessLogRepository(connection).newest(member_id, 3)
    assert [(r.action, r.result) for r in records] == [
        (Action.ENTRY, Result.DONE),
        (Action.PIN, Result.DONE),
        (Action.PIN, Result.REFUSED),
    ]
    assert [r.at for r in records] == sorted((r.at for r in records), reverse=True)


async def test_only_what_there_are_words_for_is_shown(world: World) -> None:
    """Whatever is written about a member: their log has words for what it shows of it."""
    now = world.clock.now()
    async with world.database.unit() as connection:
        journal = JournalRepository(connection)
        for action, result in product(Action, Result):
            await journal.write(Visit(9, 9, now), action, result, 3)
    async with world.database.unit() as connection:
        records = await AccessLogRepository(connection).newest(3, 1_000)
    assert {record.action for record in records} == DOOR
    assert len(records) == len(DOOR) * len(Result)
    read = html(log_screen(records).text, log_screen(records).params)
    assert read.count("2026") == len(records)


async def test_an_employee_is_named_in_the_entry(world: World) -> None:
    now = world.clock.now()
    luz = Employee(5, "Luz", Role.SUPPORT)
    visit = Visit(9, 9, now, Session("s", None, 9, 9, now, luz))
    async with world.database.unit() as connection:
        journal = JournalRepository(connection)
        await journal.write(visit, Action.UNLOCK, Result.DONE, 3, about="ticket:12")
        await journal.write(Visit(9, 9, now), Action.UNLOCK, Result.DONE, 3)
    by_luz, by_nobody = await world.rows(audit)
    assert (by_luz.staff_id, by_luz.member_id, by_luz.object) == (5, 3, "ticket:12")
    assert (by_nobody.staff_id, by_nobody.object) == (None, None)
