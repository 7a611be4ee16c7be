"""`python -m tests.profile.victims TEMPLATE ACT`: does an act again and again, killed -9 before
each of its statements in turn, each time on a fresh copy of the database; prints how many."""

import asyncio
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from sqlalchemy import event

from storage.database import Database
from tests.keys import CHAIN
from tests.profile.world import HEIR, PERSONAL, World

BEFORE = {"file": (), "approve": ("file",), "withdraw": ("file",), "serve": ("file", "approve")}
ACTS = tuple(BEFORE)
CHANGED = PERSONAL | {"address": "Carrera 9 # 1-2", "email": "nueva@correo.example"}


async def draft(world: World) -> None:
    """Before `file`."""
    async with world.as_member() as office:
        await office.draft(personal=CHANGED, beneficiaries=[HEIR])


async def act(world: World, name: str) -> None:
    if name == "file":
        async with world.as_member() as office:
            await office.file()
    elif name == "approve":
        async with world.as_staff() as office:
            await office.verifying.approve(office.visit, 1, ["personal", "beneficiaries"])
    elif name == "serve":
        await world.serve()
    else:
        async with world.as_member() as office:
            await office.following.withdraw(office.visit, 1)


def victim(copy: Path, name: str, deadly: int) -> None:
    """Do it; the process dies before its statement number `deadly`, or before the commit."""
    database, done = Database(f"sqlite:///{copy}", CHAIN), count(1)

    def strike(*_: object) -> None:
        if next(done) == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine.sync_engine, "before_cursor_execute", strike)
    event.listen(database.engine.sync_engine, "commit", strike)

    async def work() -> None:
        await act(World(database), name)
        await database.close()

    asyncio.run(work())


def main(template: Path, name: str) -> None:
    for deadly in count(1):
        copy = template.with_name(f"{name}-{deadly}.db")
        shutil.copy(template, copy)
        child = os.fork()
        if child == 0:
            try:
                victim(copy, name, deadly)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(deadly - 1)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
