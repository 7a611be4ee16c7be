"""A short storm of `python -m tests.pushing`, on each engine."""

import pytest

from tests.pushing.storm import open_storm

KILLS, MEMBERS, TURNS, SEED = 5, 40, 8, 7


@pytest.mark.timeout(300)
async def test_nothing_pushed_is_lost_doubled_or_out_of_order_when_the_sender_is_killed(
    database, database_url, tmp_path
):
    async with open_storm(tmp_path, database_url, SEED, MEMBERS) as storm:
        report = await storm.rage(KILLS, TURNS)
    assert report.problems == [], str(report)
    assert report.kills == KILLS
    assert report.sent == report.accepted == MEMBERS * TURNS
    assert report.of_kills <= 16 * KILLS
