"""Killed -9 before each statement of filing, approving and withdrawing: all of it, or nothing."""

import asyncio
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.migrate import migrate
from storage.schema import (
    audit,
    contact_change,
    mail,
    outbox,
    outdated_value,
    profile_draft,
    profile_request,
    profile_section,
    profile_update,
    profile_value,
)
from tests.keys import CHAIN
from tests.profile.victims import ACTS, BEFORE, act, draft
from tests.profile.world import World, furnish

LEFT = (
    profile_draft,
    profile_request,
    profile_section,
    profile_value,
    profile_update,
    contact_change,
    outdated_value,
    audit,
    outbox,
    mail,
)
State = Mapping[str, object]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ACTS)
async def test_all_of_it_or_nothing(tmp_path: Path, name: str) -> None:
    template = tmp_path / "template.db"
    database = Database(f"sqlite:///{template}", CHAIN)
    await migrate(database)
    world = await furnish(database)
    await draft(world)
    for earlier in BEFORE[name]:
        await act(world, earlier)
    before = await state(database)
    await database.close()
    after = await finished(template, name)
    assert after != before
    deaths = await die_often(template, name)
    assert deaths > 10
    for number in range(1, deaths + 1):
        survivor = Database(f"sqlite:///{tmp_path / f'{name}-{number}.db'}", CHAIN)
        assert await state(survivor) == before, number
        await act(World(survivor), name)
        assert await state(survivor) == after, number
        await survivor.close()


async def die_often(template: Path, name: str) -> int:
    """How often a victim was killed before one finished."""
    command = (sys.executable, "-m", "tests.profile.victims", str(template), name)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe)
    said, _ = await process.communicate()
    return int(said.split()[-1])


async def finished(template: Path, name: str) -> State:
    """What it is when nobody dies."""
    copy = template.with_name("finished.db")
    shutil.copy(template, copy)
    database = Database(f"sqlite:///{copy}", CHAIN)
    await act(World(database), name)
    found = await state(database)
    await database.close()
    return found


async def state(database: Database) -> State:
    """How many rows each table has, and where the sections stand."""
    async with database.unit() as connection:
        counts = {
            table.name: await connection.scalar(select(func.count()).select_from(table))
            for table in LEFT
        }
        sections = select(profile_section.c.section, profile_section.c.state)
        rows = await connection.execute(sections.order_by(profile_section.c.section))
        return counts | {"sections": [tuple(row) for row in rows]}
