"""A few rounds of `python -m tests.kills`, on each engine."""

import pytest

from tests.kills.storm import open_storm

ROUNDS, SEED, MEMBERS = 4, 7, 3


@pytest.mark.timeout(240)
async def test_nothing_is_lost_or_done_twice_when_the_bot_is_killed(
    database, database_url, tmp_path
):
    async with open_storm(tmp_path, database_url, SEED, MEMBERS) as storm:
        report = await storm.rage(ROUNDS)
    assert report.problems == [], str(report)
    assert report.rounds == ROUNDS
    assert report.visits >= MEMBERS
