"""Broadcasts: who is in a segment, and that everybody in it gets one, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from storage.notifications.claims import ClaimRepository
from storage.schema import credential, member, notification
from tests.notifications.test_api import code, count, errors
from tests.statement_rows import add_member, add_product


@pytest.fixture
async def people(world, books):
    """1 has a credit 40 days late in Tunja, 2 one up to date in Duitama, 3 a CDAT, 4 is gone."""
    async with world.database.unit() as connection:
        for who, town in ((1, "Tunja"), (2, "DUITAMA"), (3, "Tunja")):
            mine = update(member).where(member.c.id == who)
            await connection.execute(mine.values(municipality=town))
        gone = update(member).where(member.c.id == 4).values(status="inactive")
        await connection.execute(gone)
        await add_product(connection, 1, 10, "credit", days_past_due=40)
        await add_product(connection, 2, 20, "credit", days_past_due=0)
        await add_product(connection, 3, 30, "cdat")
        await add_product(connection, 5, 50, "cdat", closed_on=date(2026, 1, 1))
        for who, days in ((1, 2), (2, 50)):
            mine = update(credential).where(credential.c.member_id == who)
            entered = world.clock.now() - timedelta(days=days)
            await connection.execute(mine.values(last_entry_at=entered))
    return world


async def announce(program, segment, key="", **body):
    whole = {
        "external_id": "b-1",
        "category": "community",
        "text": "Asamblea el sábado",
        "segment": segment,
    } | body
    return await program.post("/v1/broadcasts", whole, key)


async def spread(world):
    while await world.pushing.broadcasting.run_once():
        pass


async def reached(world, broadcast):
    async with world.database.unit() as connection:
        mine = notification.c.batch_id == broadcast
        found = select(notification.c.member_id).where(mine).order_by(notification.c.member_id)
        return list(await connection.scalars(found))


SEGMENTS = (
    ({"all": True}, [1, 2, 3, 5]),
    ({"products": ["credit"]}, [1, 2]),
    ({"products": ["cdat"]}, [3]),
    ({"products": ["cdat", "credit"]}, [1, 2, 3]),
    ({"past_due": {}}, [1]),
    ({"past_due": {"min_days": 41}}, []),
    ({"past_due": {"min_days": 0, "max_days": 0}}, [2]),
    ({"municipalities": ["tunja"]}, [1, 3]),
    ({"municipalities": ["Tunja", "duitama"], "products": ["credit"]}, [1, 2]),
    ({"entered_within_days": 30}, [1]),
    ({"away_for_days": 30}, [2, 3, 5]),
)


async def test_a_segment_is_who_it_says(people, core):
    for number, (segment, who) in enumerate(SEGMENTS):
        answer = await announce(core, segment, external_id=f"s-{number}")
        assert answer.status_code == 202, answer.text
        assert answer.json()["audience"] == len(who), segment
        await spread(people)
        broadcast = answer.json()["id"]
        assert await reached(people, broadcast) == who, segment
        status = (await core.get(f"/v1/broadcasts/{broadcast}")).json()
        assert (status["state"], status["total"]) == ("open", len(who))


NO_SEGMENTS = (
    ({}, "segment", "one_of"),
    ({"all": True, "products": ["credit"]}, "segment", "one_of"),
    ({"past_due": {"min_days": 9, "max_days": 3}}, "segment.past_due", "order"),
    ({"municipalities": ["Bogotá"]}, "segment.municipalities", "unknown"),
    ({"entered_within_days": 3, "away_for_days": 3}, "segment", "contradiction"),
    ({"products": ["gold"]}, "segment.products.0", "unknown"),
    ({"everybody": True}, "segment.everybody", "unknown"),
    ({"entered_within_days": -1}, "segment.entered_within_days", "malformed"),
)


async def test_a_segment_that_is_none(people, core):
    for segment, field, problem in NO_SEGMENTS:
        answer = await announce(core, segment)
        assert answer.status_code == 422
        assert errors(answer)[field] == problem
    assert not await people.pushing.broadcasting.run_once()


async def test_a_one_time_code_is_for_one_member(people, core):
    answer = await announce(core, {"all": True}, category="code")
    assert errors(answer) == {"category": "not_here"}


async def test_the_answer_says_when_and_refuses_what_expires_before(people, core):
    people.clock.forward(hours=12)
    answer = await announce(core, {"all": True})
    assert answer.json()["scheduled_for"] == "2026-11-05T12:00:00Z"
    late = await announce(core, {"all": True}, external_id="b-2", expires_at="2026-11-05T03:30:00Z")
    assert errors(late) == {"expires_at": "before_opening"}


async def test_same_key_same_name_other_content(people, core):
    first = await announce(core, {"all": True}, key="k")
    again = await announce(core, {"all": True}, key="k")
    assert (again.status_code, again.text) == (202, first.text)
    named = await announce(core, {"all": True})
    assert (named.status_code, named.json()["repeated"]) == (200, True)
    assert named.json()["id"] == first.json()["id"]
    other = await announce(core, {"all": True}, text="Otra")
    assert (other.status_code, code(other)) == (409, "external-id-taken")
    await spread(people)
    assert await count(people) == 4


async def test_it_is_made_in_pieces_and_goes_on_where_it_was(people, core, monkeypatch):
    monkeypatch.setattr("storage.notifications.broadcasts.AT_ONCE", 2)
    number = (await announce(core, {"all": True})).json()["id"]
    assert await people.pushing.broadcasting.run_once()
    assert await reached(people, number) == [1, 2]
    status = (await core.get(f"/v1/broadcasts/{number}")).json()
    assert (status["state"], status["total"]) == ("expanding", 2)
    async with people.database.unit() as connection:
        await add_member(connection, 6)
    await spread(people)
    assert await reached(people, number) == [1, 2, 3, 5, 6]


async def test_its_words_are_kept_once_and_reach_everybody(people, core):
    await announce(core, {"all": True}, text="<b>Asamblea</b>", buttons=[{"opens": "help"}])
    await spread(people)
    async with people.database.unit() as connection:
        assert set(await connection.scalars(select(notification.c.content))) == {None}
        claims = await ClaimRepository(connection).claim(people.clock.now(), 10)
    contents = {people.pushing.sender.carrier.envelopes.unpack(c.content).html for c in claims}
    assert contents == {"<b>Asamblea</b>"}
    assert len(claims) == 4


async def test_cancelled_before_it_is_made_nothing_is_made(people, core):
    number = (await announce(core, {"all": True})).json()["id"]
    answer = await core.delete(f"/v1/broadcasts/{number}")
    assert answer.json()["state"] == "cancelled"
    await spread(people)
    assert await count(people) == 0


async def test_a_member_of_a_broadcast_is_found_by_name(people, core):
    await announce(core, {"all": True})
    await spread(people)
    shown = await core.get("/v1/notifications", params={"external_id": "b-1:A00003"})
    assert shown.json()["member_number"] == "A00003"
