"""Uploads: streamed, the good rows accepted at once, the bad ones listed, nothing in between."""

import pytest
from sqlalchemy import func, select

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
