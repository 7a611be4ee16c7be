"""A little of `python -m tests.certificates.storm`, on each engine."""

import pytest

from tests.certificates.askers import misdirected
from tests.certificates.storm import open_storm

REQUESTS, MEMBERS, KILLS, SEED = 24, 6, 2, 7


@pytest.mark.timeout(240)
async def test_nobody_gets_the_paper_of_another_when_the_bot_is_killed(
    database, database_url, tmp_path
):
    async with open_storm(tmp_path, database_url, SEED, MEMBERS) as storm:
        problems = await storm.rage(REQUESTS, KILLS)
    assert problems == []
    assert storm.kills == KILLS
    assert storm.arrived >= REQUESTS
    one, other = storm.askers[:2]
    one.owner, other.owner = other.owner, one.owner
    assert await misdirected(database, storm.sandbox, storm.askers)
