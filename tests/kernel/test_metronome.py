"""Answers that might tell something by their time leave on a beat."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from bot.metronome import Metronome
from domain.conversation import Visit
from handlers.kit.flow import Flow
from storage.unit import Unit
from tests.kernel.sample import FLOWS, Counter
from tests.offices import open_office, sink

BEAT = 0.05


@dataclass(frozen=True, slots=True)
class Gate(Metronome):
    """Holds answers until it is opened."""

    open: asyncio.Event = field(default_factory=asyncio.Event)
    held: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, since: float) -> None:
        self.held.set()
        await self.open.wait()


def even_counter(unit: Unit, visit: Visit) -> Flow:
    flow = Counter(unit, visit).flow()
    return replace(flow, steps=flow.steps | {"secret": replace(flow.steps["secret"], even=(str,))})


@pytest.fixture
async def gate(sandbox, database_url, clock):
    gate, flows = Gate(), {**FLOWS, "welcome": even_counter}
    async with open_office(sandbox, database_url, flows, clock, metronome=gate) as office:
        await sandbox.connect(sink(office))
        yield gate


@pytest.fixture
def phone(sandbox, gate):
    return sandbox.phone(7, "Ana")


async def test_an_even_answer_waits_for_its_beat_and_others_do_not(phone, gate):
    await phone.say("/start")
    await phone.tap("more")
    await phone.tap("secret")
    assert not gate.held.is_set()
    asked, saying = phone.screen, asyncio.create_task(phone.say("anything"))
    await gate.held.wait()
    await asyncio.sleep(BEAT)
    assert phone.screen == asked
    gate.open.set()
    await saying
    assert phone.screen.startswith("count 1")


async def test_what_a_waiting_answer_did_is_committed_already(phone, gate, database, sandbox):
    """Nobody else waits for the beat: the unit of work is over."""
    await phone.say("/start")
    await phone.tap("secret")
    saying = asyncio.create_task(phone.say("anything"))
    await gate.held.wait()
    other = sandbox.phone(8, "Luis")
    await other.say("/start")
    assert other.screen.startswith("count 0")
    gate.open.set()
    await saying


@pytest.mark.parametrize(("work", "beats"), [(0.0, 1), (0.4, 1), (1.3, 2), (2.0, 3)])
async def test_no_answer_leaves_between_two_beats(work: float, beats: int) -> None:
    loop = asyncio.get_running_loop()
    since = loop.time()
    await asyncio.sleep(work * BEAT)
    await Metronome(BEAT).wait(since)
    assert loop.time() >= since + beats * BEAT
