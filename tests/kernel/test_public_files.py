"""Files outside a session: only what is public goes out, and a member's never."""

from dataclasses import dataclass

import pytest
from sqlalchemy import insert, select

from bot.courier import Courier
from bot.repertoire import Repertoire
from domain.conversation import Parcel, Visit
from handlers.kit.flow import Access, Data, Delivery, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.screen import Attachment, Phrase, Screen
from storage.schema import chat_message, conversation, member, outbox
from storage.unit import Unit, unit_of_work
from tests.kernel.conftest import MEMBER
from tests.kernel.sample import FLOWS, Counter, Press, screen
from tests.offices import open_office, sink


@dataclass(frozen=True, slots=True)
class LeafletDesk:
    """A desk that hands out leaflets, to whoever asks or to members only."""

    unit: Unit
    visit: Visit
    access: Access

    def flow(self) -> Flow:
        step = Step(self.show, self.answer)
        name = "desk" if self.access is Access.ANYONE else "members_desk"
        return Flow(name, 1, "desk", {"desk": step}, self.access, {"leaflet": self.leaflet})

    async def show(self, data: Data) -> Screen:
        return screen("take one", "public", "private", "home")

    async def answer(self, data: Data, given: Input) -> Outcome:
        match given:
            case Press("public"):
                return Go("desk", deliver=Delivery("leaflet", {"title": "open"}, public=True))
            case Press("private"):
                return Go("desk", deliver=Delivery("leaflet", {"title": "closed"}))
        return Leave("menu")

    async def leaflet(self, params: Data) -> Attachment:
        whose = self.visit.session.member_id if self.visit.session else 0
        caption = Phrase("test.literal", {"value": "a leaflet"})
        values = (params["title"], whose)
        return Attachment("tests.kernel.sample:make_paper", values, "leaflet.txt", caption)


@dataclass(frozen=True, slots=True)
class Hall:
    """The welcome of the sample, with a way to either desk."""

    unit: Unit
    visit: Visit

    def flow(self) -> Flow:
        return Flow("welcome", 1, "count", {"count": Step(self.show, self.answer)})

    async def show(self, data: Data) -> Screen:
        return screen("hall", "desk", "members_desk", "enter")

    async def answer(self, data: Data, given: Input) -> Outcome:
        match given:
            case Press("desk" | "members_desk"):
                return Leave(given.what)
        return await Counter(self.unit, self.visit).answer(data, given)


def desk(access: Access):
    return lambda unit, visit: LeafletDesk(unit, visit, access).flow()


HOUSE = Repertoire(
    {
        **FLOWS,
        "welcome": lambda unit, visit: Hall(unit, visit).flow(),
        "desk": desk(Access.ANYONE),
        "members_desk": desk(Access.MEMBER),
    },
    commands={"desk": "desk"},
)


@pytest.fixture
async def offices(sandbox, database, database_url, clock):
    async with database.unit() as connection:
        await connection.execute(insert(member).values(MEMBER | {"first_loaded_at": clock.now()}))
    async with open_office(sandbox, database_url, HOUSE, clock) as office:
        await sandbox.connect(sink(office))
        yield [office]


async def deliver(offices):
    while await Courier(offices[0].desk, offices[0].workshop).deliver_next():
        pass


async def states(database):
    async with database.unit() as connection:
        files = select(outbox.c.state).where(outbox.c.kind == "file").order_by(outbox.c.id)
        return list(await connection.scalars(files))


async def test_a_visitor_gets_a_public_file_and_keeps_it(phone, offices, database):
    await phone.say("/start")
    await phone.tap("desk")
    await phone.tap("public")
    await deliver(offices)
    assert [(f.name, f.content) for f in phone.documents] == [("leaflet.txt", b"open for 0")]
    assert phone.screen == "take one"
    async with database.unit() as connection:
        known = (await connection.execute(select(chat_message))).all()
    assert (None, None) in [(m.session_id, m.due_at) for m in known]
    await phone.tap("home")
    await phone.tap("enter")
    await phone.tap("out")
    assert len(phone.documents) == 1


async def test_a_public_file_comes_though_its_flow_was_left(phone, offices):
    await phone.say("/start")
    await phone.tap("desk")
    await phone.tap("public")
    await phone.tap("home")
    await deliver(offices)
    assert len(phone.documents) == 1
    assert phone.screen == "hall"


async def test_what_is_not_public_leaves_a_visitors_chat_with_its_flow(phone, offices):
    await phone.say("/start")
    await phone.tap("desk")
    await phone.tap("public")
    await deliver(offices)
    await phone.tap("private")
    await deliver(offices)
    assert sorted(f.content for f in phone.documents) == [b"closed for 0", b"open for 0"]
    await phone.tap("home")
    assert [f.content for f in phone.documents] == [b"open for 0"]


async def test_a_public_file_of_a_session_is_that_sessions_and_goes_with_it(phone, offices):
    await phone.say("/start")
    await phone.tap("enter")
    await phone.say("/desk")
    await phone.tap("public")
    await deliver(offices)
    assert [f.content for f in phone.documents] == [b"open for 1"]
    await phone.tap("home")
    await phone.tap("out")
    assert phone.documents == []


async def members_file(offices, phone, session_id, public=True):
    """A parcel of the members' desk, as if it had been asked for in that session."""
    payload = {"flow": "members_desk", "name": "leaflet", "params": {"title": "mine"}}
    parcel = Parcel(phone.id, "file", payload | {"public": public, "after": None}, session_id)
    async with unit_of_work(offices[0].desk.database) as unit:
        await unit.outbox.put(parcel, offices[0].desk.clock.now())


async def run_of(database):
    """The run of the chat's flow, which owns what is not public outside a session."""
    async with database.unit() as connection:
        return await connection.scalar(select(conversation.c.run))


@pytest.mark.parametrize("public", [True, False])
async def test_a_members_paper_never_goes_out_as_if_a_visitor_had_asked(
    phone, offices, database, public
):
    await phone.say("/start")
    await members_file(offices, phone, await run_of(database), public)
    await members_file(offices, phone, None, public)
    await deliver(offices)
    assert phone.documents == []
    assert await states(database) == ["dropped", "dropped"]


@pytest.mark.parametrize("session_id", [None, "another"])
async def test_a_members_paper_never_goes_out_without_its_session(
    phone, offices, database, session_id
):
    await phone.say("/start")
    await members_file(offices, phone, session_id)
    await deliver(offices)
    assert phone.documents == []
    assert await states(database) == ["dropped"]


async def test_nor_when_its_session_ended_before_it_was_made(phone, offices, database):
    await phone.say("/start")
    await phone.tap("enter")
    await phone.tap("paper")
    await phone.tap("out")
    await deliver(offices)
    assert phone.documents == []
    assert await states(database) == ["dropped"]


async def test_without_the_control_it_would_go_out(phone, offices, monkeypatch):
    monkeypatch.setattr("bot.courier._may_leave", lambda parcel, flow, visit: True)
    await phone.say("/start")
    await members_file(offices, phone, None)
    await deliver(offices)
    assert len(phone.documents) == 1
