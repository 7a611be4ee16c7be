"""Photos and files: fetched between transactions, only where a step waits for one."""

from dataclasses import dataclass, replace

import pytest

from bot.sandbox import faults
from domain.conversation import Visit
from handlers.kit.flow import Data, Flow, Go, Input, Outcome, Step, Upload
from handlers.kit.screen import Screen
from storage.unit import Unit
from tests.kernel.beside import REPERTOIRE, literal
from tests.kernel.sample import screen
from tests.offices import open_office, sink

MOST = 1000


@dataclass(frozen=True, slots=True)
class Drawer:
    """Counts and measures what it is given."""

    unit: Unit
    visit: Visit

    def flow(self) -> Flow:
        return Flow("drawer", 1, "open", {"open": Step(self.show, self.answer, upload=MOST)})

    async def show(self, data: Data) -> Screen:
        return screen(f"{data.get('n', 0)} in the drawer")

    async def answer(self, data: Data, given: Input) -> Outcome:
        if not isinstance(given, Upload):
            return Go("open", data, literal("no file"))
        if given.content is None:
            return Go("open", data, literal("too large"))
        size = f"{len(given.content)} bytes of {given.name or 'a photo'}"
        return Go("open", {"n": data.get("n", 0) + 1}, literal(size))


@pytest.fixture
async def office(sandbox, database, database_url, clock):
    flows = {**REPERTOIRE.flows, "drawer": lambda u, v: Drawer(u, v).flow()}
    commands = {**REPERTOIRE.commands, "drawer": "drawer"}
    repertoire = replace(REPERTOIRE, flows=flows, commands=commands)
    async with open_office(sandbox, database_url, repertoire, clock) as opened:
        await sandbox.connect(sink(opened))
        yield opened


@pytest.fixture
def phone(sandbox, office):
    return sandbox.phone(7, "Ana")


def fetched(sandbox):
    return [call for call in sandbox.ledger.calls if call.method == "getFile"]


async def test_a_file_is_an_answer_where_it_is_waited_for(phone, office):
    await phone.say("/drawer")
    await phone.upload("paper.pdf", b"x" * MOST)
    assert phone.screen == "1000 bytes of paper.pdf\n\n1 in the drawer"


async def test_a_photo_comes_in_its_largest_size(phone, office):
    picture = b"\x89PNG\r\n\x1a\n" + bytes(20)
    await phone.say("/drawer")
    await phone.upload("p.png", picture, as_photo=True)
    assert phone.screen == f"{len(picture)} bytes of a photo\n\n1 in the drawer"


async def test_what_is_too_large_is_never_fetched(phone, office, sandbox):
    await phone.say("/drawer")
    await phone.upload("large.pdf", b"x" * (MOST + 1))
    assert phone.screen == "too large\n\n0 in the drawer"
    assert fetched(sandbox) == []
    await phone.upload("paper.pdf", b"x")
    assert phone.screen.endswith("1 in the drawer")


async def test_nothing_is_fetched_where_nothing_is_waited_for(phone, office, sandbox):
    await phone.say("/start")
    await phone.upload("paper.pdf", b"x")
    assert phone.screen.startswith("📎 Por aquí no recibo fotos")
    assert fetched(sandbox) == []


async def test_words_where_a_file_is_waited_for_are_the_steps_to_answer(phone, office):
    await phone.say("/drawer")
    await phone.say("here it is")
    assert phone.screen == "no file\n\n0 in the drawer"


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(phone, office, sandbox):
    await phone.say("/drawer")
    sandbox.faults.add(faults.server_error(500), method="getFile", times=1)
    await phone.upload("paper.pdf", b"x")
    assert phone.screen.startswith("No me llegó completo")
    assert phone.screen.endswith("0 in the drawer")
    await phone.upload("paper.pdf", b"x")
    assert phone.screen.endswith("1 in the drawer")


async def test_the_same_file_twice_counts_once(phone, office):
    await phone.say("/drawer")
    raw = await phone.upload("paper.pdf", b"x")
    await sink(office)(raw)
    assert phone.screen.endswith("1 in the drawer")
