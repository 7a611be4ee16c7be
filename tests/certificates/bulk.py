"""Many members with figures of their own, their certificates in bulk, and whose each one is."""

import asyncio
import base64
import os
import re
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, insert, select

from bot.bulk import INDEX, BulkIssue
from domain.access.seals import Seal
from domain.certificates.facts import CertificateKind
from domain.money import Centavos, Percent
from handlers.certificates.press import Press
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.schema import certificate, closed_year, member, withholding
from storage.secrets import Secrets
from tests.documents.reading import pesos, text
from tests.offices import HandClock
from tests.statement_rows import CUT_OFF

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
YEAR = 2025
SECRETS = Secrets(b"k" * 32)
KIND = CertificateKind.WITHHOLDING
NUMBERS = re.compile(r"ciudadanía n\.º ([\d.]+)")
FOLIO = re.compile(r"Folio (\d{4}-\d{6})")


@dataclass(frozen=True, slots=True)
class Owner:
    """What nobody else's certificate says."""

    number: str
    name: str
    document: str
    amount: int

    def is_in(self, said: str) -> bool:
        plain = said.replace(".", "")
        amount = pesos(self.amount).replace(".", "")
        return self.name in said and self.document in plain and amount in plain


def owner(member_id: int) -> Owner:
    number = f"A{member_id:06}"
    return Owner(
        number, f"Ana {member_id} Pizarra Tiza", str(50_000_000 + member_id), 1_000_00 + member_id
    )


async def enrol(database: Database, count: int) -> list[Owner]:
    """So many members, each with another name, document and amount."""
    owners = [owner(member_id) for member_id in range(1, count + 1)]
    async with database.unit() as connection:
        await connection.execute(insert(member), [_member(n, o) for n, o in enumerate(owners, 1)])
        rows = [_withholding(n, o) for n, o in enumerate(owners, 1)]
        await connection.execute(insert(withholding), rows)
        await connection.execute(insert(closed_year).values(year=YEAR))
    return owners


def _member(member_id: int, who: Owner) -> dict[str, object]:
    names, _, surnames = who.name.partition(" Pizarra")
    return {
        "id": member_id,
        "number": who.number,
        "document_type": "CC",
        "document_number": who.document,
        "first_names": names,
        "surnames": f"Pizarra{surnames}",
        "birth_date": CUT_OFF.replace(year=1958),
        "status": "active",
        "as_of": CUT_OFF,
        "first_loaded_at": HandClock().now(),
    }


def _withholding(member_id: int, who: Owner) -> dict[str, object]:
    return {
        "member_id": member_id,
        "year": YEAR,
        "concept": "Rendimientos de ahorros",
        "base": Centavos(who.amount * 10),
        "rate": Percent("7"),
        "amount": Centavos(who.amount),
    }


def bulk(database: Database, directory: Path) -> BulkIssue:
    directory.mkdir(parents=True, exist_ok=True)
    press = Press(read_cooperative(DEMO), Seal(SECRETS.certificates), None)
    return BulkIssue(database, press, HandClock(), directory)


def owners_by_file(directory: Path) -> dict[str, str]:
    """Whose each file is, as the index tells."""
    lines = (directory / INDEX).read_text("utf-8-sig").splitlines()[1:]
    return {name: number for _, number, name in (line.split(";") for line in lines)}


def mixed_up(directory: Path, owners: Iterable[Owner]) -> list[str]:
    """Files that do not say exactly what they should of exactly whom they should."""
    by_number = {each.number: each for each in owners}
    index = owners_by_file(directory)
    files = sorted(directory.glob("*.pdf"))
    problems = [name for name in index if not (directory / name).is_file()]
    problems += [file.name for file in files if file.name not in index]
    for file in files:
        said = text(file.read_bytes())
        folio = FOLIO.search(said)
        own = by_number[index[file.name]].is_in(said)
        documents = NUMBERS.findall(said)
        if not own or len(set(documents)) != 1 or not folio or folio[1] not in file.name:
            problems.append(f"{file.name}: {documents}")
    return problems


async def certified(database: Database) -> int:
    """How many certificates there are."""
    async with database.unit() as connection:
        return await connection.scalar(select(func.count()).select_from(certificate)) or 0


async def write_all(database: Database, directory: Path) -> BulkIssue:
    """Everybody's, in this process and its pool."""
    work = bulk(database, directory)
    await work.all_of(KIND, YEAR, lambda _: None)
    return work


def command(database_url: str, directory: Path) -> tuple[list[str], dict[str, str]]:
    """`coopbot certificates issue` for that database, and its environment."""
    program = str(Path(sys.executable).with_name("coopbot"))
    year = str(YEAR)
    arguments = [program, "certificates", "issue", "--year", year, "--all", str(directory)]
    return arguments, environment(database_url)


def environment(database_url: str) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("COOPBOT_")}
    return inherited | {
        "COOPBOT_DATABASE_URL": database_url,
        "COOPBOT_SECRET_KEY": base64.b64encode(SECRETS.master).decode(),
        "COOPBOT_COOPERATIVE_FILE": str(DEMO),
        "COLUMNS": "200",
    }


async def killed_after(database_url: str, directory: Path, files: int) -> bool:
    """Run the command and kill it once there are so many files; False when it was done before."""
    arguments, variables = command(database_url, directory)
    process = await asyncio.create_subprocess_exec(*arguments, env=variables, stdout=DEVNULL)
    await asyncio.wait(
        [
            asyncio.create_task(process.wait()),
            asyncio.create_task(asyncio.to_thread(_wait_for, directory, files)),
        ],
        return_when=asyncio.FIRST_COMPLETED,
    )
    if process.returncode is None:
        process.kill()
    return await process.wait() != 0


def _wait_for(directory: Path, files: int) -> None:
    while len(list(directory.glob("*.pdf"))) < files:
        time.sleep(0.01)


async def finished(database_url: str, directory: Path) -> str:
    """Run the command to its end; what it said."""
    arguments, variables = command(database_url, directory)
    process = await asyncio.create_subprocess_exec(*arguments, env=variables, stdout=PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0, said
    return said.decode()
