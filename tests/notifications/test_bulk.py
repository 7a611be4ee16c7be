"""Uploads: streamed, the good rows accepted at once, the bad ones listed, nothing in between."""

import asyncio
import json
import tracemalloc

import pytest
from sqlalchemy import func, insert, select, update
from starlette.requests import ClientDisconnect

from bot.api.lines import LONGEST_LINE
from storage.notifications.claims import ClaimRepository
from storage.schema import idempotency, notification, notification_batch, rejected_row
from tests.notifications.test_api import code, count, errors
from tests.notifications.world import lines, row


async def claimable(world):
    async with world.database.unit() as connection:
        return len(await ClaimRepository(connection).claim(world.clock.now(), 100))


async def test_the_good_go_and_the_bad_are_listed(core, world):
    answer = await core.upload(
        [
            row(1),
            row(2, text="<h1>no</h1>", priority="now"),
            row(3, member_number="A99999"),
            row(4),
            row(1, text="repetida"),
            row(5, surprise=1),
        ]
    )
    assert answer.status_code == 202
    body = answer.json()
    assert (body["accepted"], body["rejected"], body["repeated"]) == (2, 4, 0)
    listed = [(p["line"], p["external_id"], p["field"], p["code"]) for p in body["problems"]]
    assert sorted(listed) == [
        (2, "r-2", "priority", "unknown"),
        (3, "r-3", "member_number", "unknown"),
        (5, "r-1", "external_id", "repeated"),
        (6, "r-5", "surprise", "unknown"),
    ]
    all_of_them = (await core.get(body["problems_at"])).json()
    assert len(all_of_them["problems"]) == 4
    status = (await core.get(f"/v1/notifications/bulk/{body['id']}")).json()
    assert (status["state"], status["total"], status["rejected"]) == ("open", 2, 4)
    assert status["states"] == {"queued": 2}
    assert await claimable(world) == 2


async def test_members_of_a_bulk_by_state_page_by_page(core, world):
    number = (await core.upload([row(n) for n in range(5)])).json()["id"]
    path = f"/v1/notifications/bulk/{number}/members"
    first = (await core.get(path, params={"limit": 3})).json()
    rest = (await core.get(path, params={"limit": 3, "after": first["next_after"]})).json()
    ids = [each["external_id"] for page in (first, rest) for each in page["notifications"]]
    assert ids == [f"r-{n}" for n in range(5)]
    assert rest["next_after"] is None
    sent = (await core.get(path, params={"state": "sent"})).json()
    assert sent["notifications"] == []
    assert errors(await core.get(path, params={"state": "lost"})) == {"state": "unknown"}


async def test_csv_with_either_separator_a_mark_and_quotes(core):
    table = (
        "\ufeffexternal_id;member_number;category;text;buttons;silent\r\n"
        'c-1;A00001;operation;"dos\nlíneas; y ""comillas""";credits, help;true\r\n'
        "\r\n"
        "c-2;A00002;operation;simple;;\r\n"
    )
    answer = await core.upload(table.encode(), kind="text/csv; charset=utf-8")
    assert answer.json()["accepted"] == 2
    commas = "external_id,member_number,template,params.codigo\nc-3,A00003,codigo,48 21 39\n"
    assert (await core.upload(commas, kind="text/csv")).json()["accepted"] == 1


async def test_a_csv_row_that_is_none(core):
    table = (
        b"external_id,member_number,category,text,attachment\n"
        b"c-1,A00001,operation\n"
        b"c-2,A00001,operation,bien,\n"
        b"c-3,A00001,operation,mal,x\n"
    ) + b"c-4,A00001,operation,\xe1rbol,\n"
    body = (await core.upload(table, kind="text/csv")).json()
    assert body["accepted"] == 1
    assert [(p["line"], p["code"]) for p in body["problems"]] == [
        (2, "malformed"),
        (4, "malformed"),
        (5, "encoding"),
    ]


async def test_columns_that_do_not_exist(core, world):
    answer = await core.upload("external_id,numero,text,text\n1,2,3,4\n", kind="text/csv")
    assert answer.status_code == 422
    assert errors(answer) == {"numero": "unknown", "text": "repeated"}
    assert await count(world) == 0


@pytest.mark.parametrize("content", ["", "\n\n", '{"external_id": 1}', "nonsense\n[]\n5"])
async def test_nothing_good_in_it_is_no_upload_and_frees_the_key(core, world, content):
    answer = await core.upload(content, key="k")
    assert (answer.status_code, code(answer)) == (422, "invalid")
    async with world.database.unit() as connection:
        for table in (notification, notification_batch, rejected_row, idempotency):
            assert await connection.scalar(select(func.count()).select_from(table)) == 0
    assert (await core.upload([row(1)], key="k")).status_code == 202


async def test_a_line_that_is_too_long_is_one_bad_line(core):
    content = lines(row(1)) + b"\n" + b"x" * (3 * LONGEST_LINE) + b"\n" + lines(row(2))
    body = (await core.upload(content)).json()
    assert body["accepted"] == 2
    assert [(p["line"], p["code"]) for p in body["problems"]] == [(2, "too_long")]


async def test_another_kind_of_body_is_not_taken(core):
    answer = await core.upload(b"<x/>", kind="application/xml")
    assert (answer.status_code, code(answer)) == (415, "media-type")


async def test_the_same_upload_again_is_the_same_answer(core, world):
    first = await core.upload([row(1), row(2)], key="k")
    again = await core.upload([row(1), row(2)], key="k")
    assert (again.status_code, again.text) == (202, first.text)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = await core.upload([row(1), row(3)], key="k")
    assert (other.status_code, code(other)) == (422, "key-reused")
    assert await count(world) == 2


async def test_rows_that_were_accepted_before_are_repeated_not_sent_twice(core, world):
    await core.upload([row(1), row(2)])
    body = (await core.upload([row(1), row(2), row(3)])).json()
    assert (body["accepted"], body["repeated"], body["rejected"]) == (1, 2, 0)
    single = await core.notify(**row(3))
    assert (single.status_code, single.json()["repeated"]) == (200, True)
    assert await count(world) == 3


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
