"""Whom one can reach, and what goes with a message."""

import io

import pytest
from PIL import Image

from domain.notifications.categories import Category
from domain.notifications.preferences import Preferences
from storage.notifications.preferences import PreferenceRepository
from storage.notifications.reach import ReachRepository
from tests.notifications.test_api import errors


def picture(width=64, height=48, kind="PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(made, kind)
    return made.getvalue()


ENGINES = ("sqlite",)
PDF = b"%PDF-1.4\n%demo\n"


async def test_an_open_chat(core):
    body = (await core.get("/v1/members/A00001/reachability")).json()
    assert (body["telegram"], body["email"], body["active"]) == ("open", True, True)
    assert body["wants"]["commercial"] is False
    assert body["by_category"]["reminder"] == "telegram"
    assert body["by_category"]["commercial"] is None


async def test_by_document_as_well(core):
    by_document = await core.get("/v1/members/CC-50000002/reachability")
    assert by_document.json()["member_number"] == "A00002"


async def test_closed_and_never(core, books, world):
    async with world.database.unit() as connection:
        await ReachRepository(connection).close(101, world.clock.now())
        chosen = Preferences({Category.REMINDER: False}, sound=False)
        await PreferenceRepository(connection).keep(2, chosen, world.clock.now())
    closed = (await core.get("/v1/members/A00001/reachability")).json()
    assert closed["telegram"] == "closed"
    assert closed["by_category"]["contract"] == "mail"
    assert closed["by_category"]["community"] is None
    await books.bind(2, None)
    never = (await core.get("/v1/members/A00002/reachability")).json()
    assert (never["telegram"], never["sound"]) == ("never", False)
    assert never["by_category"]["reminder"] is None
    assert never["by_category"]["code"] is None


@pytest.mark.parametrize("name", ["A99999", "CC-1", "CC-99999999", "XX-1", "%00"])
async def test_nobody(core, name):
    assert (await core.get(f"/v1/members/{name}/reachability")).status_code in (404, 422)


@pytest.mark.parametrize(
    ("content", "name", "kind", "kept"),
    [
        (PDF, "Carta de aprobación", "document", "Carta de aprobación.pdf"),
        (picture(), "../../etc/passwd", "picture", "_.._etc_passwd.png"),
        (picture(kind="JPEG"), "foto.jpg", "picture", "foto.jpg"),
        (PDF, "\u202e\u0000 ", "document", "archivo.pdf"),
    ],
)
async def test_a_file_is_what_its_bytes_say(core, content, name, kind, kept):
    answer = await core.ask("POST", "/v1/files", params={"name": name}, content=content)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["kind"], answer.json()["name"]) == (kind, kept)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"MZ\x90", "unknown_type"),
        (b"<svg onload='x'/>", "unknown_type"),
        (b"\x89PNG\r\n\x1a\nxxxx", "broken"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "broken"),
        (picture()[:16] + (60_000).to_bytes(4, "big") * 2 + picture()[24:], "measures"),
        (picture(2100, 100), "measures"),
        (picture() + b"\x00" * (5 << 20), "too_large"),
    ],
)
async def test_files_that_are_refused(core, content, problem):
    answer = await core.ask("POST", "/v1/files", params={"name": "x"}, content=content)
    assert answer.status_code == 422
    assert errors(answer) == {"body": problem}


async def test_a_file_beyond_all_limits_is_not_even_read(core):
    answer = await core.ask("POST", "/v1/files?name=x", content=PDF + b"\x00" * (10 << 20))
    assert answer.status_code == 413


async def test_the_same_file_twice_is_kept_once_and_is_ones_own(core, world):
    kept = [
        (await core.ask("POST", "/v1/files?name=carta", content=PDF)).json()["id"] for _ in range(2)
    ]
    assert kept[0] == kept[1]
    portal = await world.program("portal")
    foreign = await portal.notify(attachment=kept[0])
    assert errors(foreign) == {"attachment": "unknown"}
    assert (await core.notify(attachment=kept[0])).status_code == 202


async def test_files_nobody_needs_are_forgotten(core, world):
    number = (await core.ask("POST", "/v1/files?name=carta", content=PDF)).json()["id"]
    await core.notify(attachment=number, not_before="2027-01-15T08:00:00-05:00")
    world.clock.forward(days=31)
    await world.pushing.chores.clear_out()
    assert (await core.notify(attachment=number, external_id="n-2")).status_code == 202
    world.clock.forward(days=31)
    for name in ("n-1", "n-2"):
        found = await core.get("/v1/notifications", params={"external_id": name})
        await core.delete(f"/v1/notifications/{found.json()['id']}")
    await world.pushing.chores.clear_out()
    late = await core.notify(attachment=number, external_id="n-3")
    assert errors(late) == {"attachment": "unknown"}
