"""/v1/profile-updates: what was approved reaches the core system, all of it, once."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
import pytest
from sqlalchemy import select

from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from domain.clock import SystemClock
from domain.notifications.api_keys import USUAL, Scope, new_key
from domain.profile.feed import TakeUpdates
from storage.notifications.api_keys import ApiKeyRepository
from storage.profile.office import updates
from storage.schema import audit, profile_update
from tests.kills.process import BotProcess
from tests.notifications.test_api import code, errors
from tests.notifications.world import ApiWorld, Program, open_api
from tests.profile.test_feed import approve
from tests.profile.world import HEIR, OTHER, PERSONAL, VERIFIER, World, furnish

PATH = "/v1/profile-updates"
DONE = f"{PATH}/acknowledgement"


@dataclass(slots=True)
class CoreSystem:
    """Takes page by page; `stored` is on its own disk and outlives it."""

    program: Program
    stored: list[int] = field(default_factory=list)
    limit: int = 3

    async def take(self) -> bool:
        """A page: read, stored, acknowledged; whether there is more."""
        since = {"since": self.stored[-1]} if self.stored else {}
        page = (await self.program.get(PATH, params=since | {"limit": self.limit})).json()
        self.stored += [update["position"] for update in page["updates"]]
        answer = await self.program.post(DONE, {"position": page["since"]})
        assert answer.status_code == 200, answer.text
        return bool(page["more"])


@pytest.fixture
async def members(database) -> World:
    return await furnish(database)


@pytest.fixture
async def api(members, database, clock) -> AsyncIterator[ApiWorld]:
    async with open_api(database, clock) as opened:
        yield opened


@pytest.fixture
async def core(api) -> CoreSystem:
    return CoreSystem(await api.program("core", Scope.PROFILE))


async def taken(world: World) -> list[int]:
    """The positions that are marked as taken."""
    async with world.database.unit() as connection:
        marked = profile_update.c.taken_at.is_not(None)
        found = select(profile_update.c.position).where(marked)
        return list(await connection.scalars(found.order_by(profile_update.c.position)))


async def everything(world: World) -> list[int]:
    async with world.database.unit() as connection:
        return list(await connection.scalars(select(profile_update.c.position)))


async def test_what_is_approved_is_read_as_the_export_writes_it(core, members, api):
    moved = PERSONAL | {"municipality": "15759", "phone": "6017654321"}
    await approve(members, personal=moved, beneficiaries=[HEIR])
    body = (await core.program.get(PATH)).json()
    by_field = {update["field"]: update for update in body["updates"]}
    assert by_field["personal.municipality"]["value"] == "15759"
    assert '"share": "100.00"' in by_field["beneficiaries"]["value"]
    assert by_field["beneficiaries"]["member_number"] == "A00001"
    assert by_field["beneficiaries"]["request_number"].startswith("ACT-2026-")
    positions = [update["position"] for update in body["updates"]]
    assert positions == list(range(1, len(positions) + 1))
    assert (body["since"], body["more"]) == (positions[-1], False)
    await approve(members, OTHER, personal=PERSONAL)
    removed = (await core.program.get(PATH, params={"since": positions[-1]})).json()["updates"]
    assert [update["value"] for update in removed if update["field"] == "personal.phone"] == [None]


async def test_reading_takes_nothing_and_acknowledging_twice_changes_nothing(core, members, api):
    await approve(members, beneficiaries=[HEIR])
    first = await core.program.get(PATH)
    assert (await core.program.get(PATH)).json() == first.json()
    for fresh in (1, 0):
        answer = await core.program.post(DONE, {"position": 1})
        assert answer.json() == {"position": 1, "taken": fresh}
    empty = (await core.program.get(PATH)).json()
    assert empty == {"updates": [], "since": 1, "more": False}
    assert (await core.program.get(PATH, params={"since": 0})).json() == first.json()
    async with api.database.unit() as connection:
        noted = await connection.scalars(
            select(audit.c.details).where(audit.c.action == "profile_taken")
        )
        assert list(noted) == ['{"why": "core:1"}']


async def test_nothing_is_missed_and_nothing_comes_twice_while_more_is_approved(core, members):
    async def go_on_approving() -> None:
        for number in range(4):
            moved = PERSONAL | {"address": f"Carrera {number} # 1-2"}
            await approve(members, OTHER, personal=moved)

    await approve(members, personal=PERSONAL, beneficiaries=[HEIR])
    approving = asyncio.create_task(go_on_approving())
    while not approving.done():
        await core.take()
    await approving
    while await core.take():
        pass
    assert core.stored == list(range(1, len(core.stored) + 1)) == await taken(members)
    assert len(core.stored) == len(await everything(members)) > 4


async def test_a_program_that_dies_before_it_acknowledges_gets_the_same_again(core, members):
    await approve(members, personal=PERSONAL)
    lost = (await core.program.get(PATH, params={"limit": 3})).json()
    again = CoreSystem(core.program)
    while await again.take():
        pass
    assert again.stored[:3] == [update["position"] for update in lost["updates"]]
    assert again.stored == await taken(members)


@pytest.mark.parametrize("held", [True, False])
async def test_reading_is_no_taking(core, members, monkeypatch, held):
    """Without the acknowledgement, an answer that got lost would be lost for good."""
    if not held:
        ours = TakeUpdates.read

        async def read(self, since=None, most=500):
            batch = await ours(self, since, most)
            await self.feed.take(batch.since, SystemClock().now())
            return batch

        monkeypatch.setattr(TakeUpdates, "read", read)
    await approve(members, beneficiaries=[HEIR])
    await core.program.get(PATH)
    assert bool((await core.program.get(PATH)).json()["updates"]) is held


async def test_the_scope_is_its_own_and_never_given_unasked(api, members):
    await approve(members, beneficiaries=[HEIR])
    assert Scope.PROFILE not in USUAL
    usual = await api.program("portal", *USUAL)
    for answer in (await usual.get(PATH), await usual.post(DONE, {"position": 1})):
        assert (answer.status_code, code(answer)) == (403, "forbidden")
        assert "A00001" not in answer.text
    stranger = Program(api.http, new_key().shown)
    nothing = await stranger.get("/v1/notifications/1")
    for answer in (await stranger.get(PATH), await stranger.post(DONE, {"position": 1})):
        assert (answer.status_code, answer.text) == (401, nothing.text)
    assert await taken(members) == []


@pytest.mark.parametrize(
    ("given", "field_", "problem"),
    [
        ({"position": 2}, "position", "unknown"),
        ({"position": -1}, "position", "malformed"),
        ({"position": "1"}, "position", "malformed"),
        ({"position": 1 << 63}, "position", "malformed"),
        ({}, "position", "missing"),
        ({"position": 1, "force": True}, "force", "unknown"),
    ],
)
async def test_what_cannot_be_acknowledged(core, members, given, field_, problem):
    await approve(members, beneficiaries=[HEIR])
    answer = await core.program.post(DONE, given)
    assert answer.status_code == 422
    assert errors(answer) == {field_: problem}
    assert await taken(members) == []


@pytest.mark.parametrize("query", [{"since": -1}, {"since": "x"}, {"limit": 0}, {"limit": 501}])
async def test_queries_that_are_none(core, query):
    answer = await core.program.get(PATH, params=query)
    assert answer.status_code == 422
    assert set(errors(answer)) == set(query)


async def test_the_commands_and_the_route_share_one_mark(core, members):
    await approve(members, VERIFIER, personal=PERSONAL)
    async with members.database.unit() as connection:
        await updates(connection).acknowledge(2, SystemClock().now())
    assert (await core.program.get(PATH)).json()["updates"][0]["position"] == 3


# --- killed between ---

KILLS, SEED = 4, 11


@pytest.mark.timeout(200)
async def test_none_is_missed_or_comes_twice_whatever_is_killed(database_url, database, tmp_path):
    world, key = await furnish(database), new_key()
    await approve(world, personal=PERSONAL, beneficiaries=[HEIR])
    for number in range(6):
        await approve(world, OTHER, personal=PERSONAL | {"address": f"Calle {number} # 1-2"})
    async with database.unit() as connection:
        keys = ApiKeyRepository(connection)
        await keys.create("core", frozenset({Scope.PROFILE}), key, SystemClock().now())
    async with Sandbox(limits=Limits.none()) as sandbox:
        bot = BotProcess(sandbox, database_url, tmp_path)
        async with httpx.AsyncClient(base_url=bot.address, timeout=5) as http:
            core = CoreSystem(Program(http, key.shown), limit=1)
            await take_while_killed(core, bot)
    assert core.stored == list(range(1, len(core.stored) + 1)) == await taken(world)
    assert len(core.stored) > KILLS


async def take_while_killed(core: CoreSystem, bot: BotProcess) -> None:
    """Until all is taken; the first lives of the bot end at any moment."""
    chance, deaths, more = random.Random(SEED), 0, True
    await bot.start()
    try:
        while more:
            with suppress(httpx.HTTPError):
                more = await core.take()
                if deaths < KILLS and chance.random() < 0.5:
                    asyncio.get_running_loop().call_later(chance.uniform(0, 0.01), _strike, bot)
                    deaths += 1
                continue
            await asyncio.sleep(0.2)
            if bot._process is not None and bot._process.returncode is not None:
                await bot.kill()
                await bot.start()
    finally:
        await bot.kill()
    assert deaths == KILLS


def _strike(bot: BotProcess) -> None:
    if bot._process is not None and bot._process.returncode is None:
        bot._process.kill()
