"""`coopbot certificates`: a year's in bulk, voiding, and telling the genuine from the altered."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from storage.schema import audit, certificate
from tests.audit.trail import flaws
from tests.certificates.bulk import (
    certified,
    enrol,
    environment,
    mixed_up,
    owners_by_file,
    write_all,
)
from tests.certificates.rows import correct_withholding
from tests.documents.reading import text

MEMBERS = 12
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


async def run(database_url: str, *arguments: str) -> tuple[int, str]:
    """The exit status and what was said, on one line."""
    given, variables = ["certificates", *arguments], environment(database_url)
    result = await asyncio.to_thread(CliRunner().invoke, app, given, env=variables)
    assert "Traceback" not in result.output
    return result.exit_code, " ".join(result.output.split())


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite; what differs between the engines is the register's, and tested there."""
    return sqlite_url


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting processes takes longer than the papers do: `test_bulk.py` has them."""
    monkeypatch.setattr("bot.bulk._pool", lambda: ThreadPoolExecutor(1))


def papers_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


@pytest.fixture
async def owners(database):
    return await enrol(database, MEMBERS)


async def test_exchanged_papers_are_noticed(database, owners, tmp_path):
    papers = tmp_path / "papers"
    await write_all(database, papers)
    one, other = sorted(papers.glob("*.pdf"))[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert len(mixed_up(papers, owners)) == 2


async def test_again_it_writes_nothing_and_repairs_what_is_broken(database, owners, tmp_path):
    papers = tmp_path / "papers"
    await write_all(database, papers)
    before = {file.name: file.read_bytes() for file in papers.iterdir()}
    again = await write_all(database, papers)
    assert (again.count.written, again.count.kept) == (0, MEMBERS)
    torn, gone = sorted(papers.glob("*.pdf"))[:2]
    torn.write_bytes(torn.read_bytes()[:1000])
    gone.unlink()
    repaired = await write_all(database, papers)
    assert (repaired.count.written, repaired.count.kept) == (2, MEMBERS - 2)
    assert {file.name: file.read_bytes() for file in papers.iterdir()} == before
    assert await certified(database) == MEMBERS


async def test_a_correction_is_written_beside_what_it_replaces(database, owners, tmp_path):
    papers = tmp_path / "papers"
    await write_all(database, papers)
    async with database.unit() as connection:
        await correct_withholding(connection, 3, 5_00)
    work = await write_all(database, papers)
    assert (work.count.written, work.count.kept) == (1, MEMBERS - 1)
    newest = sorted(papers.glob("*.pdf"))[-1]
    assert "Reemplaza al folio 2026-000003" in text(newest.read_bytes())
    assert owners_by_file(papers)[newest.name] == owners[2].number


async def test_one_members(database, database_url, owners, tmp_path):
    papers = str(tmp_path / "papers")
    of_year = ("issue", "--year", "2025", papers, "--member")
    status, said = await run(database_url, *of_year, owners[4].number)
    assert status == 0, said
    (paper,) = papers_in(Path(papers))
    assert owners[4].is_in(text(paper.read_bytes()))
    async with database.unit() as connection:
        (details,) = await connection.scalars(select(audit.c.details))
    assert f"withholding 2025 {owners[4].number} " in details
    status, said = await run(database_url, *of_year, "nobody")
    assert status == 1
    assert "No hay ningún asociado" in said


@pytest.mark.parametrize("year", ["2024", "2026", "2027"])
async def test_a_year_that_is_not_closed(database, database_url, owners, tmp_path, year):
    papers = str(tmp_path / "papers")
    status, said = await run(database_url, "issue", "--year", year, "--all", papers)
    assert status == 2
    assert f"De {year} no hay cifras" in said
    status, _ = await run(database_url, "issue", "--year", "2025", "--all", papers)
    assert status == 0


@pytest.mark.parametrize("arguments", [(), ("--all", "--member", "A000001")])
async def test_everybodys_or_one_members(database_url, tmp_path, arguments):
    papers = str(tmp_path / "papers")
    status, said = await run(database_url, "issue", "--year", "2025", *arguments, papers)
    assert status == 2
    assert "--member" in said


async def test_voiding_and_checking(database, database_url, owners, tmp_path):
    papers = tmp_path / "papers"
    await write_all(database, papers)
    paper = papers_in(papers)[0]
    (code,) = set(CODE.findall(text(paper.read_bytes())))
    for given in (code, str(paper)):
        status, said = await run(database_url, "check", given)
        assert status == 0, said
        assert "Folio: 2026-000001" in said
        assert "está vigente" in said
    status, said = await run(database_url, "void", code, "--reason", "cifras de otro año")
    assert status == 0
    assert "folio 2026-000001 quedó anulado" in said
    for again in (code, "hola"):
        status, _ = await run(database_url, "void", again, "--reason", "otra vez")
        assert status == 1
    status, said = await run(database_url, "check", str(paper))
    assert status == 1
    assert "está anulado" in said
    async with database.unit() as connection:
        row = (await connection.execute(select(certificate).order_by(certificate.c.id))).first()
        acts = (await connection.execute(select(audit.c.action, audit.c.details))).all()
    assert row.void_reason == "cifras de otro año"
    assert row.voided_by
    assert [act.action for act in acts] == ["certificate_void"]
    assert row.voided_by in acts[0].details
    assert await flaws(database) == []


async def test_an_altered_file_and_a_made_up_code_are_found(
    database, database_url, owners, tmp_path
):
    papers = tmp_path / "papers"
    await write_all(database, papers)
    content, altered = papers_in(papers)[0].read_bytes(), tmp_path / "altered.pdf"
    for place in range(0, len(content), len(content) // 7):
        altered.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        status, said = await run(database_url, "check", str(altered))
        assert (status, "fue alterado" in said) == (1, True)
    status, said = await run(database_url, "check", "6G00-3VC5-PA5K-BKMN")
    assert (status, "no es de ningún certificado" in said) == (1, True)


async def test_without_the_key_there_is_a_sentence(database_url):
    env = environment(database_url) | {"COOPBOT_SECRET_KEY": ""}
    result = CliRunner().invoke(app, ["certificates", "check", "x"], env=env)
    assert result.exit_code == 2
    assert "COOPBOT_SECRET_KEY" in result.stderr
