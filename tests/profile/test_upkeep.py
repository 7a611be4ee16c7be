"""What time does: late requests are recalled, old data are asked for, each once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.clock import local_date
from domain.notifications.occasions import Occasion, events_of
from domain.notifications.settings import Occasions
from storage.notifications.facts import FactRepository
from storage.profile.office import upkeep
from storage.schema import mail, member, outbox, profile_confirmation, profile_paper, staff
from tests.profile.test_requests import MOVED
from tests.profile.world import HEIR, MEMBER, NOW, OTHER, SECRETS, VERIFIER, Proves, World

LONG_AGO = NOW - timedelta(days=800)


async def look_after(world: World, **later: float) -> None:
    async with world.database.unit() as connection:
        await upkeep(connection, SECRETS).round(NOW + timedelta(**later))


async def told(world: World, name: str) -> list[int]:
    """Chats that were told that note, in order."""
    async with world.database.unit() as connection:
        mine = outbox.c.payload.contains(f'"name": "{name}"')
        found = select(outbox.c.chat_id).where(mine).order_by(outbox.c.id)
        return list(await connection.scalars(found))


async def columns(world: World, **values: object) -> None:
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(values))


async def test_a_late_request_is_recalled_once_and_then_goes_to_the_admin(world):
    async with world.database.unit() as connection:
        mine = staff.c.id == OTHER
        await connection.execute(update(staff).where(mine).values(role="admin"))
    await world.filed(personal=MOVED)
    await look_after(world, hours=23)
    assert await told(world, "profile_late") == []
    for hours in (25, 26):
        await look_after(world, hours=hours)
        assert await told(world, "profile_late") == [VERIFIER, OTHER]
    assert await told(world, "profile_very_late") == []
    for days in (4, 5):
        await look_after(world, days=days)
        assert await told(world, "profile_very_late") == [OTHER]


async def test_what_was_decided_is_not_recalled(world):
    request = await world.filed(personal=MOVED)
    async with world.as_staff() as office:
        await office.verifying.approve(office.visit, request.id, ["personal"])
    await look_after(world, days=4)
    assert await told(world, "profile_late") == await told(world, "profile_very_late") == []


async def reminders(world: World, **later: float) -> set[tuple[int, str]]:
    """Whom the automatic notices would ask to look their data through, and under which key."""
    now = NOW + timedelta(**later)
    async with world.database.unit() as connection:
        found = await FactRepository(connection).next(0, 100, now)
    return {
        (known.member_id, event.key)
        for known in found
        for event in events_of(known.facts, local_date(now), Occasions())
        if event.occasion is Occasion.STALE_DATA
    }


async def test_members_with_old_data_are_asked_once_a_year(world):
    """Whatever has the same key is told once: `tests/notifications/test_planning.py`."""
    await columns(world, first_loaded_at=NOW)
    days = {day: await reminders(world, days=day) for day in (0, 364, 366, 400, 729, 731)}
    assert days[0] == days[364] == set()
    assert {member_id for member_id, _ in days[366]} == {MEMBER, MEMBER + 1}
    assert days[366] == days[400] == days[729]
    assert len(days[731]) == 2
    assert days[731].isdisjoint(days[366])


async def test_nothing_else_asks_for_old_data(world):
    await columns(world, first_loaded_at=LONG_AGO)
    for days in range(0, 400, 40):
        await look_after(world, days=days)
    async with world.database.unit() as connection:
        assert list(await connection.scalars(select(outbox.c.id))) == []
        assert list(await connection.scalars(select(mail.c.id))) == []


@pytest.mark.parametrize("reason", ["new", "confirmed", "waiting", "inactive"])
async def test_who_need_not_be_asked_is_not(world, reason):
    await columns(world, first_loaded_at=NOW if reason == "new" else LONG_AGO)
    if reason == "confirmed":
        await confirmed(world, NOW - timedelta(days=100))
    if reason == "waiting":
        await world.filed(personal=MOVED)
    if reason == "inactive":
        await columns(world, status="inactive")
    assert MEMBER not in {member_id for member_id, _ in await reminders(world, days=1)}


async def test_what_was_confirmed_more_than_a_year_ago_is_asked_for(world):
    await columns(world, first_loaded_at=LONG_AGO)
    await confirmed(world, NOW - timedelta(days=500))
    assert MEMBER in {member_id for member_id, _ in await reminders(world, days=1)}


async def confirmed(world: World, at: datetime) -> None:
    async with world.database.unit() as connection:
        said = {"member_id": MEMBER, "section": "personal", "at": at}
        await connection.execute(profile_confirmation.insert().values(said))


async def test_papers_of_a_draft_go_with_it(world):
    async with world.as_member() as office:
        await office.draft(beneficiaries=[HEIR])
        await office.paper(Proves.INCOME)
    await look_after(world, days=29)
    assert await told(world, "profile_draft_expired") == []
    for days in (31, 32):
        await look_after(world, days=days)
        assert await told(world, "profile_draft_expired") == [101]
    async with world.database.unit() as connection:
        assert (await connection.execute(select(profile_paper))).all() == []
