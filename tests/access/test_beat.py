"""Whatever judges a document answers on the beat: its time tells nothing either."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from handlers.entry.document import DocumentSteps
from handlers.kit.flow import Step
from tests.access.plain_pins import PlainPins
from tests.access.test_enumeration import ask_for_help, forgot, listen, report, walk
from tests.access.world import PIN, Person, World

ATTEMPT = re.compile(r"\bentry_attempt\b")
NOBODY = "50000001"
MEMBER = "40123123"


async def enter(world: World, account: int, number: str) -> list[str]:
    return await walk(world, account, number, PIN)


Walk = Callable[[World, int, str], Awaitable[list[str]]]
WALKS = pytest.mark.parametrize("outside", [enter, forgot, ask_for_help, report])


@WALKS
async def test_every_turn_that_looks_at_an_attempt_is_even(
    world: World, outside: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pins = PlainPins()
    await world.enrol()
    heard, looked, persons = listen(world), [], []
    turn = Person._turn

    async def watched(self: Person, *given: Any, **more: Any) -> None:
        heard.clear()
        await turn(self, *given, **more)
        persons.append(self)
        looked.append((any(map(ATTEMPT.search, heard)), self.even[-1], self.shown[-1]))

    monkeypatch.setattr(Person, "_turn", watched)
    for account, number in ((1, MEMBER), (2, NOBODY)):
        await outside(world, account, number)
    assert [shown for at_attempt, even, shown in looked if at_attempt and not even] == []
    assert len([shown for at_attempt, _, shown in looked if at_attempt]) > 1
    assert persons[0].even == persons[-1].even


@WALKS
async def test_an_answer_off_the_beat_is_noticed(
    world: World, outside: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = DocumentSteps.steps

    def hasty(self: DocumentSteps) -> dict[str, Step]:
        return {name: replace(step, even=()) for name, step in steps(self).items()}

    monkeypatch.setattr(DocumentSteps, "steps", hasty)
    with pytest.raises(AssertionError):
        await test_every_turn_that_looks_at_an_attempt_is_even(world, outside, monkeypatch)


async def test_keys_of_the_keypad_are_answered_at_once(world: World) -> None:
    await world.enrol()
    person = world.person(1)
    await person.give_document(MEMBER)
    for digit in PIN:
        await person.tap(digit)
        assert not person.even[-1]
    await person.tap("Entrar")
    assert person.even[-1]
