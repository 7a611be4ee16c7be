"""The storyboard: every screen as it is read, kept in docs/storyboard.txt to be reviewed.

`make storyboard` writes the file anew; read what changed before keeping it.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest

from domain.conversation import Visit
from handlers.kit.texts import catalog
from storage.unit import unit_of_work
from tests.storyboard import (
    account,
    arriving,
    broadcasts,
    certificates,
    interruptions,
    notices,
    outside,
    profile,
    returning,
    security,
    simulating,
    staff,
    staff_work,
)
from tests.storyboard.frames import Frame, has_pad
from tests.storyboard.studio import Studio, open_studio

# All flows are walked through once, which takes a busy machine some minutes.
pytestmark = pytest.mark.timeout(400)

FILE = Path(__file__).parents[1] / "docs" / "storyboard.txt"
HEAD = "Cada pantalla tal como la lee un asociado. Se escribe con `make storyboard`."
CHAPTERS = (
    ("Llegar", (interruptions.commands, *arriving.SCENES)),
    ("Volver a entrar", returning.SCENES),
    ("Sin poder entrar", outside.SCENES),
    ("Adentro", account.SCENES),
    ("Certificados", certificates.SCENES),
    ("Mis datos", profile.SCENES),
    ("Seguridad", security.SCENES),
    ("Simuladores", simulating.SCENES),
    ("Los empleados", (*staff.SCENES, *staff_work.SCENES, *broadcasts.SCENES)),
    ("Avisos", notices.SCENES),
    ("Lo que puede pasar en cualquier momento", interruptions.SCENES),
)
ENGLISH = re.compile(
    r"\b(the|and|you|your|please|welcome|password|login|account|statement|next|previous|page|"
    r"back|home|cancel|submit|save|error|loading|send|code|expired|None|True|False|null|undefined)\b"
)
# Not said in the chat: papers, commands, the words that members type.
ELSEWHERE = (
    "documents",
    "demo",
    "intake",
    "access_command",
    "staff_command",
    "profile_command",
    "amounts",
    "lengths",
    "profile.zero",
    "understand.words",
    "audit_command",
    "certificates_command",
    "understand.words",
    "amounts",
    "cooperative_file",
    "simulate_command",
    "settings_problem",
    "doctor",
    "key_command",
    "notifications_command",
    "verification.page",
    "verification.fault",
)
# Said in so many forms that some are enough; and what is shown for an instant.
ONE_OF_A_KIND = (
    "notification.about",
    "entry.picture",
    "statement.period",
    "statement.rate",
    "security.log",
    "security.tip",
    "keypad.digit",
    "simulation.every",
    "simulation.rate",
    "kernel.moment",
    "kernel.needs.staff",
)
UNSEEN = tuple(f"{name}." for name in ELSEWHERE + ONE_OF_A_KIND)

Shot = dict[str, list[Frame]]


async def shoot(folder: Path) -> tuple[Shot, dict[str, set[str]]]:
    """All frames by chapter, and the steps of every flow."""
    async with open_studio(folder) as studio:
        shot: Shot = {}
        for title, scenes in CHAPTERS:
            studio.frames = []
            for scene in scenes:
                await studio.play(scene)
            shot[title] = studio.frames
        return shot, await steps_of(studio)


async def steps_of(studio: Studio) -> dict[str, set[str]]:
    """The names of the steps of every flow that the office has."""
    flows: Mapping = studio.world.replicas[0].office.desk.repertoire.flows
    visit = Visit(1, 1, studio.world.clock.now())
    async with unit_of_work(studio.world.database) as unit:
        return {name: set(build(unit, visit).steps) for name, build in flows.items()}


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shot, dict[str, set[str]]]:
    return asyncio.run(shoot(tmp_path_factory.mktemp("storyboard")))


@pytest.fixture(scope="module")
def frames(taken) -> list[Frame]:
    return [frame for chapter in taken[0].values() for frame in chapter]


def written(shot: Shot) -> str:
    chapters = (
        "\n\n\n".join([f"#### {title}", *(frame.written() for frame in frames)])
        for title, frames in shot.items()
    )
    return "\n\n\n".join([HEAD, *chapters]) + "\n"


def test_the_storyboard_is_what_members_read(taken, request: pytest.FixtureRequest) -> None:
    now = written(taken[0])
    if request.config.getoption("--write-storyboard"):
        FILE.write_text(now, encoding="utf-8")
    assert now.splitlines() == FILE.read_text(encoding="utf-8").splitlines(), "make storyboard"


def test_every_step_of_every_flow_is_shown(taken, frames) -> None:
    known = {f"{flow}.{step}" for flow, steps in taken[1].items() for step in steps}
    assert known - {frame.step for frame in frames} == set()


def test_every_text_is_shown(frames) -> None:
    read = [frame.written() for frame in frames]
    unseen = {key for key, text in said() if not any(says(page, text) for page in read)}
    assert unseen == set()


def said() -> Iterator[tuple[str, str]]:
    every = sorted(catalog().items())
    return ((key, text) for key, text in every if not f"{key}.".startswith(UNSEEN))


def says(page: str, text: str) -> bool:
    """Whether the text is on the page, whatever its parameters are."""
    read = unescape(re.sub(r"</?\w+>", "", text)).replace("\N{NO-BREAK SPACE}", " ")
    at = 0
    for piece in re.split(r"\{[^}]+\}", read):
        found = page.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def test_every_screen_fits(frames) -> None:
    for frame in filter(lambda f: f.is_screen, frames):
        assert 0 < len(frame.text) <= 4096, frame.step
        data = [b["callback_data"] for row in frame.rows for b in row]
        assert all(len(each.encode()) <= 64 for each in data), frame.step
        assert all(len(label) <= 40 for label in frame.labels), (frame.step, frame.labels)
        longest = 3 if has_pad(frame.rows) else 2
        assert all(len(row) <= longest for row in frame.rows), frame.step


def test_every_screen_offers_a_way_on(frames) -> None:
    for frame in filter(lambda f: f.is_screen, frames):
        assert frame.rows or re.search(r"scriba", frame.text), frame.step


def test_nothing_is_english(taken) -> None:
    spoken = [line for line in written(taken[0]).splitlines() if not line.startswith("== ")]
    assert [line for line in spoken if ENGLISH.search(line)] == []
