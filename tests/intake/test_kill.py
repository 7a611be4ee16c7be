"""kill -9 at any moment of a load leaves the database as it was before."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from storage.database import Database
from tests.benchmarks.intake_files import write_files
from tests.intake.world import load_files, state

MEMBERS = 300
PRODUCTS = 4 * MEMBERS
MOVEMENTS = 20 * MEMBERS


async def main(address: str, folder: str) -> None:
    """The process that is killed: says when it begins and when all is loaded."""
    database = Database(address)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await load_files(database, Path(folder))
    sys.stdout.write("done\n")


@pytest.mark.parametrize("moment", [0.1, 0.35, 0.6, 0.8])
async def test_a_killed_load_is_no_load(database, database_url, tmp_path, moment):
    folder = tmp_path / "files"
    folder.mkdir()
    write_files(folder, MEMBERS)
    command = (sys.executable, "-m", __name__, database_url, str(folder))
    victim = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    assert victim.stdout
    assert await victim.stdout.readline() == b"ready\n"
    await asyncio.sleep(moment)
    if victim.returncode is None:
        victim.kill()
    finished = b"done" in await victim.stdout.read()
    await victim.wait()
    found = await state(database)
    counts = tuple(len(found[name]) for name in ("member", "product", "movement"))
    assert counts in ((0, 0, 0), (MEMBERS, PRODUCTS, MOVEMENTS))
    assert counts[0] or not finished
    assert (await load_files(database, folder)).outcome.exit_code == 0
    assert len((await state(database))["movement"]) == MOVEMENTS


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
