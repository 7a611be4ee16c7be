"""The figures of the weekly picture."""

from datetime import date

from tests.profile.test_requests import MOVED
from tests.profile.world import HEIR


async def test_sections_are_counted_in_their_weeks(world):
    request = await world.filed(personal=MOVED, beneficiaries=[HEIR])
    async with world.as_staff(hours=6) as office:
        await office.verifying.approve(office.visit, request.id, ["personal"])
    async with world.as_staff(days=8) as office:
        await office.verifying.reject(office.visit, request.id, ["beneficiaries"], "no")
        newest, before, *rest = await office.verifying.weeks(office.visit)
    assert (newest.since, newest.received, newest.decided) == (date(2026, 11, 9), 0, 1)
    assert newest.median_hours == 192
    assert (before.since, before.received, before.decided) == (date(2026, 11, 2), 2, 1)
    assert before.median_hours == 6
    assert [week.received for week in rest] == [0] * 4
