"""Files that are shown before anybody has entered, and entering as somebody else."""

import pytest
from sqlalchemy import insert, select

from bot.courier import LEFT_ALONE, Courier
from bot.warden import Warden
from storage.schema import member, outbox, session, staff
from tests.kernel.beside import REPERTOIRE
from tests.kernel.conftest import MEMBER
from tests.offices import open_office, sink


@pytest.fixture(autouse=True)
def words(catalog_with_literals: None) -> None:
    """The sample flows' text."""


@pytest.fixture
async def offices(sandbox, database, database_url, clock):
    clara = {"name": "Clara", "role": "support", "created_at": clock.now()}
    async with database.unit() as connection:
        await connection.execute(insert(staff).values(clara))
        row = MEMBER | {"first_loaded_at": clock.now()}
        await connection.execute(insert(member).values(row))
    async with (
        open_office(sandbox, database_url, REPERTOIRE, clock) as one,
        open_office(sandbox, database_url, REPERTOIRE, clock) as two,
    ):
        await sandbox.connect(sink(one), sink(two))
        yield [one, two]


async def deliver(offices):
    while await Courier(offices[1].desk, offices[1].workshop).deliver_next():
        pass


async def with_badge(phone, offices):
    await phone.say("/badge")
    await phone.tap("picture")
    await deliver(offices)
    assert [d.content for d in phone.documents] == [b"badge for 7"]
    assert phone.screen == "your badge?"


async def test_a_file_shown_outside_a_session_leaves_with_its_flow(phone, offices):
    await with_badge(phone, offices)
    await phone.say("/start")
    assert phone.documents == []
    assert phone.screen == "count 0"


async def test_it_leaves_when_its_reader_enters(phone, offices):
    await with_badge(phone, offices)
    await phone.tap("here")
    assert phone.documents == []
    assert phone.screen == "staff of Clara"


async def test_it_leaves_by_itself_when_the_chat_is_left_alone(phone, offices, clock):
    await with_badge(phone, offices)
    await offices[0].desk.broom.sweep()
    assert len(phone.documents) == 1
    clock.forward(seconds=LEFT_ALONE.total_seconds() + 1)
    await offices[0].desk.broom.sweep()
    assert phone.documents == []
    await phone.tap("here")
    assert phone.screen == "staff of Clara"


async def test_it_is_not_sent_to_a_chat_that_has_moved_on(phone, offices, database):
    await phone.say("/badge")
    await phone.tap("picture")
    await phone.say("/start")
    await deliver(offices)
    assert phone.documents == []
    async with database.unit() as connection:
        assert list(await connection.scalars(select(outbox.c.state))) == ["dropped"]


async def test_entering_as_another_takes_the_first_ones_balances_away(phone, offices, database):
    await phone.say("/start")
    await phone.tap("enter")
    assert "$" in phone.screen
    await phone.say("/badge")
    await phone.tap("here")
    assert phone.screen == "staff of Clara"
    assert not [m for m in phone.messages if "$" in m.get("text", "")]
    async with database.unit() as connection:
        live = session.c.ended_at.is_(None)
        assert len((await connection.execute(select(session).where(live))).all()) == 1
    await Warden(offices[0].desk).look_round()
    await phone.tap("queue")
    assert phone.screen == "queue of Clara"
