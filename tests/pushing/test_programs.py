"""The real program: what it accepts while it is killed, and how fast it may send."""

import pytest

from tests.pushing.accepting import open_accepting
from tests.pushing.bulk import ALLOWED, bulk

KILLS, SEED = 3, 7


@pytest.mark.timeout(300)
async def test_what_was_answered_202_is_on_disk_once_whatever_is_killed(
    database, database_url, tmp_path
):
    async with open_accepting(tmp_path, database_url, SEED) as accepting:
        assert await accepting.rage(KILLS) == []
    assert sum(len(pusher.accepted) for pusher in accepting.pushers) > KILLS


@pytest.mark.timeout(200)
async def test_a_bulk_keeps_to_telegrams_limits_by_itself(tmp_path):
    pace = await bulk(tmp_path, 150)
    assert pace.refused == 0
    assert pace.rate <= ALLOWED * 1.1
    assert pace.waits
