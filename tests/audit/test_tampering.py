"""Whatever is done to the trail by hand shows: a thousand ways, five hundred on each engine."""

from collections import Counter
from contextlib import nullcontext
from dataclasses import replace

import pytest

from storage.audit.chain import Chain, Head
from storage.audit.findings import Flaw, Verdict
from storage.audit.reading import AuditReading
from storage.audit.verifying import Verification
from storage.database import Database
from storage.secrets import Secrets
from tests.audit.tampering import Tamperer, drop_triggers, tamper
from tests.audit.trail import flaws, noted, verdict, write
from tests.keys import CHAIN

ENTRIES = 40
WAYS = 16
COPY_OF_LAST = (
    "INSERT INTO audit (id, at, action, result, details, chain) "
    "SELECT 41, at, action, result, details, chain FROM audit WHERE id = 40"
)
SEEDS = {"sqlite": range(500), "postgresql": range(500, 1000)}


@pytest.fixture
async def trail(database: Database) -> Database:
    """Forty entries, some of which share a unit of work."""
    for first in range(0, ENTRIES, 4):
        await write(database, range(first, first + 4))
    return database


async def one_tampering(connection, seed: int) -> tuple[str, Verdict]:
    """What was done and what was found; nothing of it stays."""
    async with connection.begin_nested() as savepoint:
        way = await Tamperer(connection, seed).act()
        reading = AuditReading(lambda: nullcontext(connection))
        found = await Verification(reading, CHAIN).verify()
        await savepoint.rollback()
    return way, found


async def test_every_tampering_is_found(trail: Database) -> None:
    done: Counter[str] = Counter()
    async with trail.unit() as connection:
        await drop_triggers(connection)
        for seed in SEEDS["sqlite" if trail.is_sqlite else "postgresql"]:
            way, found = await one_tampering(connection, seed)
            assert found.findings, (seed, way)
            done[way] += 1
    assert len(done) == WAYS
    assert min(done.values()) >= 10
    assert await flaws(trail) == []


async def test_edited_entries_are_named(trail: Database) -> None:
    await tamper(trail, "UPDATE audit SET member_id = 9 WHERE id IN (7, 8, 9, 30)")
    assert await flaws(trail) == [(Flaw.ALTERED, 7, 9), (Flaw.ALTERED, 30, 30)]


async def test_removed_entries_are_named(trail: Database) -> None:
    await tamper(trail, "DELETE FROM audit WHERE id IN (1, 12, 13)")
    assert await flaws(trail) == [(Flaw.MISSING, 1, 1), (Flaw.MISSING, 12, 13)]


async def test_swapped_entries_are_named_with_their_right_places(trail: Database) -> None:
    await tamper(
        trail,
        "UPDATE audit SET id = 1000 WHERE id = 5",
        "UPDATE audit SET id = 5 WHERE id = 20",
        "UPDATE audit SET id = 20 WHERE id = 1000",
    )
    found = (await verdict(trail)).findings
    assert [(each.flaw, each.first, each.place) for each in found] == [
        (Flaw.MOVED, 5, 20),
        (Flaw.MOVED, 20, 5),
    ]


async def test_the_cut_off_end_is_named(trail: Database) -> None:
    await tamper(trail, "DELETE FROM audit WHERE id > 35")
    assert await flaws(trail) == [(Flaw.CUT_OFF, 36, 40), (Flaw.HEAD_ALTERED, 40, 40)]


async def test_what_was_added_after_the_head_is_named(trail: Database) -> None:
    await tamper(trail, COPY_OF_LAST)
    assert await flaws(trail) == [(Flaw.ADDED, 41, 41)]


async def test_another_key_finds_everything_wrong(trail: Database) -> None:
    other = Chain.of(Secrets(b"o" * 32))
    found = (await Verification(AuditReading(trail.unit), other).verify()).findings
    assert (Flaw.ALTERED, 1, ENTRIES) in [(each.flaw, each.first, each.last) for each in found]


MEND_HEAD = "UPDATE audit_head SET (last_id, last) = (SELECT id, chain FROM audit WHERE id = 35)"
OLD_HEAD = (
    "UPDATE audit_head SET last_id = 40, last = (SELECT chain FROM audit WHERE id = 40), "
    "seal = '{seal}'"
)


async def test_writing_on_does_not_heal_a_mended_head(trail: Database) -> None:
    await tamper(trail, "DELETE FROM audit WHERE id > 35", MEND_HEAD)
    await write(trail, range(3))
    assert await flaws(trail) == [(Flaw.HEAD_ALTERED, 38, 38)]


async def test_an_older_copy_is_known_by_the_head_noted_since(trail: Database) -> None:
    """Entries and head of an earlier hour fit each other: only what is elsewhere tells."""
    old = await verdict(trail)
    await write(trail, range(5))
    later = noted(await verdict(trail))
    before = OLD_HEAD.format(seal=noted(old).seal)
    await tamper(trail, "DELETE FROM audit WHERE id > 40", before)
    assert await flaws(trail) == []
    assert await flaws(trail, later) == [(Flaw.SHORTER_THAN_NOTED, 40, 45)]
    await write(trail, range(100, 110))
    assert await flaws(trail) == []
    assert await flaws(trail, later) == [(Flaw.OTHER_THAN_NOTED, 45, 45)]


async def test_an_honest_trail_agrees_with_every_head_ever_noted(trail: Database) -> None:
    heads = []
    for number in range(5):
        heads.append(noted(await verdict(trail)))
        await write(trail, range(number))
    for head in heads:
        assert await flaws(trail, head) == []


async def test_only_the_key_can_write_history(trail: Database) -> None:
    """Who has it as well rewrites the whole trail unseen, except by a head noted elsewhere."""
    seen = noted(await verdict(trail))
    await tamper(trail, "UPDATE audit SET member_id = 9 WHERE id = 7")
    last = None
    async for each in AuditReading(trail.unit).entries(ENTRIES):
        last = CHAIN.link(last or (await head(trail)).before, each.values)
        await tamper(trail, f"UPDATE audit SET chain = '{last}' WHERE id = {each.id}")  # noqa: S608
    forged = replace(await head(trail), last=str(last))
    seal = CHAIN.seal(forged)
    await tamper(trail, f"UPDATE audit_head SET last = '{last}', seal = '{seal}'")  # noqa: S608
    assert await flaws(trail) == []
    assert await flaws(trail, seen) == [(Flaw.OTHER_THAN_NOTED, ENTRIES, ENTRIES)]


async def head(trail: Database) -> Head:
    found = await AuditReading(trail.unit).head()
    assert found
    return found[0]
