"""The push API, one notification at a time: accepted, repeated, refused, read, cancelled."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from storage.notifications.api_keys import ApiKeyRepository
from storage.schema import idempotency, notification
from tests.notifications.world import lines, row


def errors(response):
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    return {each["field"]: each["code"] for each in body["errors"]}


def code(response):
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()["type"].removeprefix("urn:coopbot:problem:")


async def count(world):
    async with world.database.unit() as connection:
        return await connection.scalar(select(func.count()).select_from(notification))


async def test_202_means_on_disk_and_says_when(core, world):
    answer = await core.notify()
    assert answer.status_code == 202
    body = answer.json()
    assert body == {
        "id": body["id"],
        "external_id": "n-1",
        "state": "queued",
        "scheduled_for": "2026-11-04T15:00:00Z",
        "reference": body["reference"],
        "repeated": False,
    }
    shown = (await core.get(f"/v1/notifications/{body['id']}")).json()
    assert shown["state"] == "queued"
    assert shown["member_number"] == "A00001"
    assert "Su pago" not in str(shown)
    named = await core.get("/v1/notifications", params={"external_id": "n-1"})
    assert named.json() == shown


async def test_outside_the_hours_the_answer_says_the_opening(core, world):
    world.clock.forward(hours=10)
    answer = await core.notify(category="arrears", text="Tiene una cuota pendiente")
    assert answer.json()["scheduled_for"] == "2026-11-05T12:00:00Z"
    second = await core.notify(category="arrears", text="Otra", external_id="n-2")
    assert second.json()["scheduled_for"] == "2026-11-06T12:00:00Z"


async def test_the_same_key_and_body_get_the_same_answer(core, world):
    first = await core.notify(key="k")
    again = await core.notify(key="k")
    assert (again.status_code, again.json()) == (202, first.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert await count(world) == 1


async def test_the_same_key_with_another_body_is_refused(core, world):
    await core.notify(key="k")
    other = await core.notify(key="k", text="Otra cosa")
    assert (other.status_code, code(other)) == (422, "key-reused")
    assert await count(world) == 1


async def test_many_at_once_with_one_key_are_one(core, world):
    answers = await asyncio.gather(*(core.notify(key="k") for _ in range(12)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1
    assert await count(world) == 1


async def test_a_new_key_with_the_same_name_and_content_is_no_second_message(core, world):
    first = await core.notify()
    second = await core.notify()
    assert second.status_code == 200
    assert second.json() == first.json() | {"repeated": True}
    assert await count(world) == 1


async def test_the_same_name_with_another_content_is_a_conflict(core, world):
    await core.notify()
    other = await core.notify(text="Otra cosa")
    assert (other.status_code, code(other)) == (409, "external-id-taken")
    assert await count(world) == 1


async def test_what_failed_validation_did_not_use_up_the_key(core, world):
    wrong = await core.notify(key="k", text="<h1>no</h1>")
    assert (wrong.status_code, errors(wrong)) == (422, {"text": "markup"})
    assert (await core.notify(key="k")).status_code == 202


async def test_answers_are_kept_for_seven_days_and_names_for_ever(core, world):
    await core.notify(key="k")
    world.clock.forward(days=6, hours=23)
    await world.pushing.chores.clear_out()
    assert (await core.notify(key="k")).headers["Idempotent-Replayed"] == "true"
    world.clock.forward(hours=2)
    await world.pushing.chores.clear_out()
    async with world.database.unit() as connection:
        assert await connection.scalar(select(func.count()).select_from(idempotency)) == 0
    late = await core.notify(key="k")
    assert (late.status_code, late.json()["repeated"]) == (200, True)


async def test_a_document_names_the_member_as_well(core):
    answer = await core.notify(member_number=None, document_type="CC", document_number="50.000.002")
    assert answer.status_code == 202
    shown = await core.get(f"/v1/notifications/{answer.json()['id']}")
    assert shown.json()["member_number"] == "A00002"


async def test_a_revoked_key_is_as_good_as_none(core, world):
    unknown = await world.http.get("/v1/notifications/1", headers={"Authorization": "Bearer x"})
    async with world.database.unit() as connection:
        public = core.key.split("_")[1]
        assert await ApiKeyRepository(connection).revoke(public, world.clock.now())
    revoked = await core.get("/v1/notifications/1")
    assert (revoked.status_code, revoked.text) == (401, unknown.text)


async def test_during_rotation_both_keys_are_the_same_program(core, world):
    newer = await world.program()
    accepted = (await core.notify(key="k")).json()
    assert (await newer.notify(key="k")).json() == accepted
    assert (await newer.get(f"/v1/notifications/{accepted['id']}")).status_code == 200


async def test_another_program_sees_and_cancels_nothing_of_ours(core, world):
    accepted = (await core.notify()).json()
    portal = await world.program("portal")
    for answer in (
        await portal.get(f"/v1/notifications/{accepted['id']}"),
        await portal.delete(f"/v1/notifications/{accepted['id']}"),
        await portal.get("/v1/notifications", params={"external_id": "n-1"}),
    ):
        nothing = await portal.get("/v1/notifications/424242")
        assert (answer.status_code, answer.text) == (404, nothing.text)
    assert (await portal.notify()).status_code == 202
    assert (await core.get(f"/v1/notifications/{accepted['id']}")).json()["state"] == "queued"


async def test_what_waits_is_cancelled_and_stays_so(core, world):
    number = (await core.notify()).json()["id"]
    for _ in range(2):
        answer = await core.delete(f"/v1/notifications/{number}")
        assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")


@pytest.mark.parametrize("state", ["leased", "sending", "sent", "dead"])
async def test_it_is_too_late_to_cancel(core, world, state):
    number = (await core.notify()).json()["id"]
    async with world.database.unit() as connection:
        mine = update(notification).where(notification.c.id == number)
        await connection.execute(mine.values(state=state))
    answer = await core.delete(f"/v1/notifications/{number}")
    assert (answer.status_code, code(answer)) == (409, "too-late")
    shown = await core.get(f"/v1/notifications/{number}")
    assert shown.json()["state"] == state


async def test_a_one_time_code_leaves_no_trace_in_the_database(core, world):
    await core.notify(text="Código 730194", category="code", key="k")
    again = await core.notify(text="Código 730194", category="code", key="k")
    assert again.headers["Idempotent-Replayed"] == "true"
    async with world.database.unit() as connection:
        for table in (notification, idempotency):
            assert "730194" not in str((await connection.execute(select(table))).all())


async def test_of_a_cancelled_code_nothing_is_left(core, world):
    single = (await core.notify(text="Código 730194", category="code")).json()["id"]
    await core.delete(f"/v1/notifications/{single}")
    rows = [row(1, text="Código 730195", category="code"), row(2, text="Su pago llegó")]
    batch = (await core.upload(lines(*rows))).json()["id"]
    await core.delete(f"/v1/notifications/bulk/{batch}")
    await world.pushing.chores.tidy()
    async with world.database.unit() as connection:
        kept = (await connection.execute(select(notification).order_by(notification.c.id))).all()
    assert [each.state for each in kept] == ["cancelled"] * 3
    envelopes = world.pushing.sender.carrier.envelopes
    assert [envelopes.unpack(each.content).html for each in kept] == ["", "", "Su pago llegó"]


async def test_what_is_being_uploaded_is_not_there_to_be_cancelled(core, world, books):
    await books.batch(1, state="receiving")
    (kept,) = await books.rows()
    assert (await core.delete(f"/v1/notifications/{kept.id}")).status_code == 404
    assert (await books.row(kept.id)).state == "queued"
