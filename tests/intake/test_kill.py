"""kill -9 at any moment of a load leaves the database as it was before."""

import asyncio
import subprocess
import sys

import pytest

from storage.database import Database
from tests.benchmarks.intake_files import write_files
from tests.intake.world import load_files, state

PROGRAM = """
import asyncio, sys
from pathlib import Path
from storage.database import Database
from tests.intake.world import load_files

async def main():
    database = Database(sys.argv[1])
    print("ready", flush=True)
    await load_files(database, Path(sys.argv[2]))
    print("done", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("moment", [0.05, 0.35, 0.6, 0.75, 0.9])
async def test_a_killed_load_is_no_load(database, database_url, tmp_path, moment):
    folder = tmp_path / "files"
    folder.mkdir()
    write_files(folder, 300)
    whole = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, database_url, str(folder)], stdout=subprocess.PIPE
    )
    assert whole.stdout
    whole.stdout.readline()
    await asyncio.sleep(moment)
    whole.kill()
    finished = b"done" in whole.stdout.read()
    whole.wait()
    reopened = Database(database_url)
    found = await state(reopened)
    assert {len(found["member"]), len(found["product"]) // 4} in ({0}, {300})
    assert len(found["movement"]) in (0, 6000)
    assert not finished or found["member"]
    assert (await load_files(reopened, folder)).outcome.exit_code == 0
    assert len((await state(reopened))["movement"]) == 6000
    await reopened.close()
