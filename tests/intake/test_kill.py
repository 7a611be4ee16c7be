"""kill -9 at any moment of a load leaves the database as it was before."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from storage.database import Database
from storage.intake.load import load
from storage.intake.outcome import Options
from tests.benchmarks.intake_files import write_files
from tests.intake.world import CUT_OFF, Silent, Still, load_files, state

MEMBERS = 300
NOTHING = (0, 0, 0)
EVERYTHING = (MEMBERS, 4 * MEMBERS, 20 * MEMBERS)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


class Announcing(Silent):
    def reading(self, file: str, size: int) -> None:
        say("reading")

    def merging(self) -> None:
        say("merging")


async def main(address: str, folder: str) -> None:
    """The process that is killed."""
    options = Options(Still(), cut_off=CUT_OFF)
    await load(Database(address), Path(folder), options, Announcing(), lambda _: None)
    say("done")


@pytest.mark.parametrize(
    ("phase", "later"),
    [(b"reading", 0.1), (b"merging", 0), (b"merging", 0.03), (b"merging", 0.1), (b"merging", 0.2)],
)
async def test_a_killed_load_is_no_load(database, database_url, tmp_path, phase, later):
    folder = tmp_path / "files"
    folder.mkdir()
    write_files(folder, MEMBERS)
    command = (sys.executable, "-m", __name__, database_url, str(folder))
    victim = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    assert victim.stdout
    while (word := (await victim.stdout.readline()).strip()) != phase:
        assert word
    await asyncio.sleep(later)
    if victim.returncode is None:
        victim.kill()
    finished = b"done" in await victim.stdout.read()
    await victim.wait()
    found = await state(database)
    counts = tuple(len(found[name]) for name in ("member", "product", "movement"))
    assert counts in (NOTHING, EVERYTHING)
    assert counts == EVERYTHING or not finished
    assert (await load_files(database, folder)).outcome.exit_code == 0
    assert len((await state(database))["movement"]) == EVERYTHING[2]


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
