"""A year's certificates, written by processes of their own that may be killed at any moment.

`python -m tests.certificates` does the same with thousands of members.
"""

import re

import pytest

from bot.bulk import INDEX
from tests.certificates.bulk import (
    certified,
    enrol,
    finished,
    killed_after,
    mixed_up,
    owners_by_file,
    write_all,
)

MEMBERS = 16


@pytest.fixture
async def owners(database):
    return await enrol(database, MEMBERS)


async def test_everybody_gets_exactly_their_own(database, owners, tmp_path):
    papers = tmp_path / "papers"
    work = await write_all(database, papers)
    assert (work.count.written, work.count.kept) == (MEMBERS, 0)
    assert mixed_up(papers, owners) == []
    assert sorted(owners_by_file(papers).values()) == [each.number for each in owners]
    assert all(
        re.fullmatch(r"certificado-retencion-2025-2026-\d{6}\.pdf", name)
        for name in owners_by_file(papers)
    )


@pytest.mark.timeout(240)
async def test_killed_it_goes_on_where_it_was(database, database_url, owners, tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    assert await killed_after(database_url, papers, 3)
    assert await killed_after(database_url, papers, MEMBERS // 2)
    assert not (papers / INDEX).exists()
    there = len(list(papers.glob("*.pdf")))
    assert there >= MEMBERS // 2
    said = await finished(database_url, papers)
    assert f"{MEMBERS}/{MEMBERS}" in said
    assert mixed_up(papers, owners) == []
    assert await certified(database) == MEMBERS
    assert list(papers.glob("*.part")) == []
