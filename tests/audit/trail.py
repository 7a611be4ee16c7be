"""An audit trail to look through, and to tamper with."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from storage.audit import aside
from storage.audit.aside import Entry
from storage.audit.findings import Flaw, Noted, Verdict
from storage.audit.reading import AuditReading
from storage.audit.verifying import Verification
from storage.database import Database
from tests.keys import CHAIN

START = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)


def entry(number: int) -> Entry:
    """Like the office's own: some about members, some by employees, some about nobody."""
    return Entry(
        at=START + timedelta(seconds=number),
        action=("document", "pin", "code", "entry")[number % 4],
        result=("done", "refused")[number % 3 == 0],
        telegram_id=1000 + number % 7,
        member_id=number % 5 or None,
        staff_id=None if number % 6 else 1,
        object=None if number % 6 else f"ticket:{number}",
        details=("{}", '{"why": "bound"}')[number % 2],
    )


async def write(database: Database, numbers: Sequence[int]) -> None:
    """These entries in one unit of work."""
    async with database.unit() as connection:
        for number in numbers:
            aside.put(connection, entry(number))


async def verdict(database: Database, noted: Noted | None = None) -> Verdict:
    return await Verification(AuditReading(database.unit), CHAIN).verify(noted)


async def flaws(database: Database, noted: Noted | None = None) -> list[tuple[Flaw, int, int]]:
    """What is found, as (flaw, first, last)."""
    found = (await verdict(database, noted)).findings
    return [(each.flaw, each.first, each.last) for each in found]


def noted(found: Verdict) -> Noted:
    """The head of that verdict, as an operator writes it down."""
    number, _, seal = (found.head or "").partition(":")
    return Noted(int(number), seal)
