"""Uploads that break off, are cancelled, are too large or hostile."""

import asyncio
import json
import tracemalloc

from sqlalchemy import insert, update
from starlette.requests import ClientDisconnect

from storage.schema import notification, notification_batch
from tests.notifications.test_api import code, count
from tests.notifications.test_bulk import claimable
from tests.notifications.world import lines, row


class Slow:
    """An upload that waits where it is told."""

    def __init__(self, *parts: bytes) -> None:
        self.parts = parts
        self.go_on = asyncio.Event()
        self.waiting = asyncio.Event()

    async def __aiter__(self):
        for part in self.parts[:-1]:
            yield part
        self.waiting.set()
        await self.go_on.wait()
        yield self.parts[-1]


def slow_rows() -> Slow:
    return Slow(lines(*(row(n) for n in range(400))) + b"\n", lines(row(400)))


async def test_while_it_streams_in_nothing_of_it_counts(core, world):
    body = slow_rows()
    upload = asyncio.ensure_future(core.upload_stream(body, key="k"))
    await body.waiting.wait()
    await asyncio.sleep(0.2)
    assert await count(world) >= 300
    assert await claimable(world) == 0
    assert (await core.get("/v1/notifications", params={"external_id": "r-1"})).status_code == 404
    same = await core.notify(**row(1))
    assert (same.status_code, code(same)) == (409, "external-id-under-way")
    second = await core.upload([row(1)], key="k")
    assert (second.status_code, code(second)) == (409, "still-running")
    assert second.headers["Retry-After"] == "5"
    body.go_on.set()
    answer = await upload
    assert (answer.status_code, answer.json()["accepted"]) == (202, 401)
    assert await claimable(world) > 0


async def test_an_upload_that_breaks_off_leaves_nothing(core, world):
    class Broken(Slow):
        async def __aiter__(self):
            yield self.parts[0]
            raise ClientDisconnect

    answer = await core.upload_stream(Broken(lines(*(row(n) for n in range(700))), b""), key="k")
    assert answer.status_code == 400
    assert await count(world) == 0
    assert (await core.upload([row(1)], key="k")).status_code == 202


async def test_an_upload_whose_process_died_is_taken_over_by_the_next_try(core, world):
    """What a kill leaves: rows of a batch that receives, and a key that is held."""
    body = slow_rows()
    upload = asyncio.ensure_future(core.upload_stream(body, key="k"))
    await body.waiting.wait()
    await asyncio.sleep(0.2)
    world.clock.forward(seconds=61)
    again = await core.upload([row(n) for n in range(401)], key="k")
    assert (again.status_code, again.json()["accepted"]) == (202, 401)
    body.go_on.set()
    assert (await upload).status_code == 409
    assert await count(world) == 401
    assert await claimable(world) > 0


async def test_what_a_kill_left_is_cleared_out(core, world):
    async with world.database.unit() as connection:
        lost = {"client": "core", "kind": "bulk", "state": "receiving"}
        made = insert(notification_batch).values(lost | {"created_at": world.clock.now()})
        number = (await connection.execute(made)).inserted_primary_key[0]
    await core.upload([row(n) for n in range(5)])
    async with world.database.unit() as connection:
        await connection.execute(update(notification).values(batch_id=number))
    world.clock.forward(hours=5)
    await world.pushing.chores.clear_out()
    assert await count(world) == 5
    world.clock.forward(hours=2)
    await world.pushing.chores.clear_out()
    assert await count(world) == 0


async def test_cancelling_stops_what_is_not_sent_yet_at_once(core, world):
    number = (await core.upload([row(n) for n in range(5)])).json()["id"]
    async with world.database.unit() as connection:
        some = update(notification).where(notification.c.external_id == "r-0")
        await connection.execute(some.values(state="sent"))
    path = f"/v1/notifications/bulk/{number}"
    answer = await core.delete(path)
    assert answer.json()["state"] == "cancelled"
    assert answer.json()["states"] == {"sent": 1, "cancelled": 4}
    assert await claimable(world) == 0
    one = await core.get("/v1/notifications", params={"external_id": "r-1"})
    assert one.json()["state"] == "cancelled"
    assert await world.pushing.chores.tidy()
    assert (await core.delete(path)).json()["states"] == {"sent": 1, "cancelled": 4}


async def test_a_batch_that_is_done_says_so_and_cannot_be_cancelled(core, world):
    number = (await core.upload([row(1)])).json()["id"]
    async with world.database.unit() as connection:
        await connection.execute(update(notification).values(state="sent"))
    await world.pushing.chores.tidy()
    path = f"/v1/notifications/bulk/{number}"
    assert (await core.get(path)).json()["state"] == "done"
    answer = await core.delete(path)
    assert (answer.status_code, code(answer)) == (409, "too-late")


async def test_foreign_and_wrong_kinds_of_batches_are_not_there(core, world):
    number = (await core.upload([row(1)])).json()["id"]
    portal = await world.program("portal")
    for program, path in (
        (portal, f"/v1/notifications/bulk/{number}"),
        (portal, f"/v1/notifications/bulk/{number}/members"),
        (portal, f"/v1/notifications/bulk/{number}/rejected"),
        (core, f"/v1/broadcasts/{number}"),
        (core, f"/v1/broadcasts/{number}/members"),
    ):
        assert (await program.get(path)).status_code == 404
    assert (await portal.delete(f"/v1/notifications/bulk/{number}")).status_code == 404
    assert (await core.delete(f"/v1/broadcasts/{number}")).status_code == 404
    assert (await core.get(f"/v1/notifications/bulk/{number}")).json()["state"] == "open"


async def test_more_rows_than_allowed_leave_nothing(core, world, monkeypatch):
    monkeypatch.setattr("bot.api.bulk.MOST_ROWS", 1000)
    answer = await core.upload([row(n) for n in range(1001)])
    assert (answer.status_code, code(answer)) == (413, "too-many")
    assert await count(world) == 0


async def test_memory_does_not_grow_with_the_upload(core, world):
    if not world.database.is_sqlite:
        return

    async def many(total):
        for first in range(0, total, 100):
            yield lines(*(row(n) for n in range(first, first + 100))) + b"\n"

    await core.upload_stream(many(600))
    tracemalloc.start()
    await core.upload_stream(many(1200))
    small = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    answer = await core.upload_stream(many(4800))
    large = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.json()["repeated"] + answer.json()["accepted"] == 4800
    assert large < small * 1.5, (small, large)


async def test_hostile_rows_are_bad_rows(core):
    rows = [
        {"external_id": "\u0000", "x\u0000\ud800": 1},
        {"external_id": "x" * 5000},
        {"external_id": "h-1", "member_number": "A1\u0000"},
        row(1, params={"a\ud800": {"deep": [[[[]]]]}}),
        row(2, text="=1+1 \u202e"),
        json.loads('{"external_id": "h-2", "not_before": 1e999}'),
    ]
    body = (await core.upload("\n".join(json.dumps(each) for each in rows))).json()
    assert (body["accepted"], body["rejected"]) == (1, 5)
    page = await core.get(body["problems_at"])
    assert page.status_code == 200
    assert "\\u0000" not in page.text
