"""Nobody learns from the chat whether a document is a member's."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event

from domain.access.attempts import Attempt
from domain.access.check_pin import CheckPin
from domain.access.request_code import RequestCode
from domain.conversation import Visit
from domain.staff.tickets import NewTicket
from storage.pins import ArgonPins
from storage.secrets import Secrets
from storage.staff.tickets import TicketRepository
from tests.access import broken
from tests.access.plain_pins import PlainPins
from tests.access.world import FIRST_KEY, PIN, World

PAIRS = 200
# A member's tries are counted in one table, an unknown document's in another.
_UPSERT = re.compile(r"INSERT INTO (allowance|credential) .* ON CONFLICT .*", re.DOTALL)
_GIVE_BACK = re.compile(r"UPDATE (allowance|credential) SET \w+=\(\w+\.\w+ - .*", re.DOTALL)
WRONG = "9046"
LOCKED = {"access": {"failures_unbound": 5}}
APP: dict[str, Any] = {"mobile": "3100000000"}


@pytest.fixture(autouse=True)
def same_nonces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same keypads and pictures for everybody: what differs then is betrayal."""
    for module in ("handlers.kit.keypad", "handlers.entry.robot"):
        monkeypatch.setattr(f"{module}.fresh_nonce", lambda: "nonce-of-tests")


def listen(world: World) -> list[str]:
    """Every SQL statement from now on."""
    statements: list[str] = []

    def heard(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        counted = _UPSERT.sub("count one try", statement)
        statements.append(_GIVE_BACK.sub("give it back", counted))

    event.listen(world.database.engine.sync_engine, "before_cursor_execute", heard)
    return statements


async def enrol(world: World, number: str, state: dict[str, Any]) -> None:
    """A member in that state; one of them with an authenticator."""
    member_id = await world.enrol(number=number, **state)
    if state is APP:
        await world.give_app(member_id)


async def walk(world: World, account: int, number: str, pin: str) -> list[str]:
    """All that a stranger can do with a document, and every screen of it."""
    person = world.person(account)
    await person.ask_code(number, pin)
    for typed in ("hola", "0000 0000", *["000000"] * 3):
        await person.say(typed)
    await person.tap("¿No le llega")
    await person.tap("Enviar otro código")
    await person.say("000000")
    return person.shown


@pytest.mark.timeout(400)
async def test_transcripts_are_identical(world: World) -> None:
    """Right and wrong PINs, first keys, inactive, blocked and unreachable members, and nobody."""
    world.pins = PlainPins()
    world.with_policies(usual_failures=1_000_000)
    states: list[dict[str, Any]] = [
        {},
        {"pin": None},
        {"status": "inactive"},
        {"email": None},
        {"bound": 1},
        {"access": {"locked_at": world.clock.now()}},
        LOCKED,
        APP,
    ]
    heard, account = listen(world), count(1000)
    first: dict[int, tuple[list[str], list[str]]] = {}
    for n in range(PAIRS if world.database.is_sqlite else PAIRS // 5):
        await enrol(world, f"30{n:06}", states[n % len(states)])
        pin = (PIN, WRONG, FIRST_KEY)[n % 3]
        for number in (f"30{n:06}", f"50{n:06}"):
            heard.clear()
            shown = await walk(world, next(account), number, pin)
            screens, statements = first.setdefault(len(pin), (shown, list(heard)))
            assert shown == screens
            # A member locked by others has its owner told: two statements more.
            assert states[n % len(states)] is LOCKED or heard == statements


async def forgot(world: World, account: int, number: str) -> list[str]:
    """All that a stranger can do about somebody's forgotten PIN."""
    person = world.person(account)
    await person.say("/start")
    await person.tap("Olvidé mi PIN")
    await person.tap("Sí, autorizo")
    await person.tap("Cédula de ciudadanía")
    await person.say(number)
    await person.be_human()
    for typed in ("hola", *["000000"] * 4):
        await person.say(typed)
    await person.tap("Enviar otro código")
    await person.say("000000")
    return person.shown


async def ask_for_help(world: World, account: int, number: str) -> list[str]:
    """A whole request in somebody's name."""
    person = world.person(account)
    await person.say("/start")
    await person.tap("Pedir ayuda")
    await person.tap("Sí, autorizo")
    await person.tap("Cédula de ciudadanía")
    for typed in (number, "12", "Ana María Peña", "no puedo entrar"):
        await person.say(typed)
    return person.shown


async def report(world: World, account: int, number: str) -> list[str]:
    """A robbery reported with a birth date that is not the member's."""
    person = world.person(account)
    await person.say("/robo")
    await person.tap("con mi documento")
    await person.tap("Cédula de ciudadanía")
    for typed in (number, "ayer", "1 de enero de 1950"):
        await person.say(typed)
    return person.shown


Walk = Callable[[World, int, str], Awaitable[list[str]]]
TICKET = re.compile(r"T-2026-\d{6}")


@pytest.mark.parametrize("outside", [forgot, ask_for_help, report])
async def test_other_ways_with_a_document_tell_nothing_either(world: World, outside: Walk) -> None:
    """The same screens, and the same statements, for members in any state and for nobody."""
    world.with_policies(documents_per_day=100, tickets_per_day=100)
    states: list[dict[str, Any]] = [
        {},
        {"pin": None},
        {"status": "inactive"},
        {"email": None},
        {"mobile": None},
        {"bound": 1},
        {"access": {"locked_at": world.clock.now()}},
        APP,
    ]
    heard, account = listen(world), count(1000)
    seen: list[tuple[list[str], list[str]]] = []
    for n, state in enumerate(states):
        await enrol(world, f"30{n:06}", state)
        for number in (f"30{n:06}", f"50{n:06}"):
            heard.clear()
            shown = await outside(world, next(account), number)
            seen.append(([TICKET.sub("T", each) for each in shown], list(heard)))
    assert all(each == seen[0] for each in seen)


async def test_a_report_that_looks_first_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hasty(TicketRepository):
        async def file(self, ticket: NewTicket) -> str:
            return "T-2026-000000" if ticket.member_id is None else await super().file(ticket)

    monkeypatch.setattr("storage.access.outside.TicketRepository", Hasty)
    with pytest.raises(AssertionError):
        await test_other_ways_with_a_document_tell_nothing_either(world, report)


def told(door: Any, connection: Any) -> Any:
    """A doorway that says when a document is unknown."""

    class Telling(RequestCode):
        async def request(self, visit: Visit, attempt_id: str) -> bool:
            attempt = await self.attempts.current(attempt_id, visit, self.policies.attempt_life)
            known = attempt.member_id is not None
            return known and await RequestCode.request(self, visit, attempt_id)

    codes = door.codes
    parts = (codes.applicants, codes.attempts, codes.allowances, codes.mail, codes.journal)
    return replace(door, codes=Telling(*parts, codes.policies, codes.correspondence))


async def test_a_doorway_that_tells_is_noticed(world: World) -> None:
    world.open_doorway = broken.with_change(told)
    with pytest.raises(AssertionError):
        await test_transcripts_are_identical(world)


def uncounted(door: Any, connection: Any) -> Any:
    """A doorway that does less work for an unknown document."""

    class Hasty(CheckPin):
        async def _take_try(self, visit: Visit, attempt: Attempt) -> int | None:
            return (
                1 if attempt.member_id is None else await CheckPin._take_try(self, visit, attempt)
            )

    pins = door.pins
    parts = {f.name: getattr(pins, f.name) for f in fields(pins)}
    return replace(door, pins=Hasty(**parts))


async def test_a_doorway_that_does_less_for_nobody_is_noticed(world: World) -> None:
    world.open_doorway = broken.with_change(uncounted)
    with pytest.raises(AssertionError):
        await test_transcripts_are_identical(world)


async def test_every_judgement_costs_one_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    pins = ArgonPins(Secrets(b"k" * 32))
    stored = await pins.hash(1, PIN)
    verified: list[str] = []
    verify = pins._verify
    monkeypatch.setattr(pins, "_verify", lambda h, k: verified.append(h) or verify(h, k))
    assert await pins.matches(1, PIN, stored)
    assert not await pins.matches(1, WRONG, stored)
    assert not await pins.matches(2, PIN, stored)
    assert not await pins.matches(1, PIN, None)
    assert len(verified) == 4
    assert len({h.rpartition("$")[0].rpartition("$")[0] for h in verified}) == 1
    pins.close()
