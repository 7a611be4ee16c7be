"""All members' certificates of a year, written by several processes; killed, it goes on.

The register comes first: a certificate that was numbered and not yet written is written by the
next run under the same number, and a file that is there as it was made is left alone.
"""

import asyncio
import csv
import multiprocessing
import os
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bot.paper_file import UNFINISHED, digest_of_file, write_paper
from bot.workshop import leave_with_parent
from domain.certificates.certificate import Certificate, Channel, Draft
from domain.certificates.facts import CertificateKind
from domain.certificates.issue import Issuing
from domain.clock import Clock
from handlers.certificates.press import Press, file_name
from storage.certificates.records import Entitled, RecordsRepository
from storage.certificates.register import RegisterRepository
from storage.database import Database

BATCH = 100
WORKERS = os.cpu_count() or 1
INDEX = "indice.csv"
Advance = Callable[[int], None]


@dataclass(slots=True)
class BulkCount:
    """How many files were written, and how many were there already."""

    written: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class BulkIssue:
    database: Database
    press: Press
    clock: Clock
    directory: Path
    count: BulkCount = field(default_factory=BulkCount)

    async def expected(self, kind: CertificateKind, year: int) -> int:
        """How many members have figures of that year."""
        async with self.database.unit() as connection:
            return await RecordsRepository(connection).count(kind, year)

    async def all_of(self, kind: CertificateKind, year: int, advance: Advance) -> None:
        """Write everybody's, and an index that tells whose each file is."""
        with _pool() as pool, _Index(self.directory / INDEX) as index:
            async for batch in self._batches(kind, year):
                index.add([(each, self._path(each)) for each in batch])
                await self._write(pool, batch, advance)
        for left in self.directory.glob(f"*{UNFINISHED}"):
            left.unlink()

    async def one(self, kind: CertificateKind, year: int, number: str) -> Path | None:
        """Write one member's, by the member's number; None without such a member."""
        async with self.database.unit() as connection:
            who = await RecordsRepository(connection).entitled_one(kind, year, number)
        if who is None:
            return None
        (certificate,) = await self._issue([who])
        with _pool() as pool:
            await self._write(pool, [certificate], lambda _: None)
        return self._path(certificate)

    async def _batches(self, kind: CertificateKind, year: int) -> AsyncIterator[list[Certificate]]:
        last = 0
        while True:
            async with self.database.unit() as connection:
                records = RecordsRepository(connection)
                entitled = await records.entitled(kind, year, last, BATCH)
            if not entitled:
                return
            last = entitled[-1].member_id
            yield await self._issue(entitled)

    async def _issue(self, entitled: Sequence[Entitled]) -> list[Certificate]:
        now = self.clock.now()
        drafts = [Draft(e.member_id, e.holder, e.facts, now, Channel.OFFICE) for e in entitled]
        async with self.database.unit() as connection:
            issuing = Issuing(RegisterRepository(connection))
            return await issuing.issue(drafts, any_day=True)

    async def _write(
        self, pool: ProcessPoolExecutor, batch: Sequence[Certificate], advance: Advance
    ) -> None:
        async with self.database.unit() as connection:
            known = await RegisterRepository(connection).copies([each.id for each in batch])
        missing = [each for each in batch if not self._is_there(each, known)]
        advance(len(batch) - len(missing))
        digests = await asyncio.gather(*(self._make(pool, each, advance) for each in missing))
        async with self.database.unit() as connection:
            register, now = RegisterRepository(connection), self.clock.now()
            for certificate, digest in zip(missing, digests, strict=True):
                await register.remember_copy(certificate.id, digest, now)
        self.count.written += len(missing)
        self.count.kept += len(batch) - len(missing)

    async def _make(
        self, pool: ProcessPoolExecutor, certificate: Certificate, advance: Advance
    ) -> str:
        file, path = self.press.attachment(certificate), self._path(certificate)
        loop = asyncio.get_running_loop()
        digest = await loop.run_in_executor(pool, write_paper, file.maker, file.values, path)
        advance(1)
        return digest

    def _is_there(self, certificate: Certificate, known: set[tuple[int, str]]) -> bool:
        digest = digest_of_file(self._path(certificate))
        return digest is not None and (certificate.id, digest) in known

    def _path(self, certificate: Certificate) -> Path:
        """By folio: a name that says nothing of the member."""
        name = Path(file_name(certificate))
        return self.directory / f"{name.stem}-{certificate.folio}{name.suffix}"


class _Index:
    """Whose each file is; complete, or as it was before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unfinished = path.with_name(path.name + UNFINISHED)

    def __enter__(self) -> "_Index":
        self._file = self._unfinished.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";")
        self._writer.writerow(("folio", "numero_asociado", "archivo"))
        return self

    def add(self, rows: Sequence[tuple[Certificate, Path]]) -> None:
        for certificate, path in rows:
            holder = certificate.holder
            self._writer.writerow((certificate.folio, holder.number, path.name))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.close()
        if kind is None:
            self._unfinished.replace(self._path)


def _pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(WORKERS, context, initializer=leave_with_parent)
