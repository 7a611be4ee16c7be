"""Background work besides serving chats, each repeated after its own time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import product

import structlog

from bot.secretary import Secretary
from domain.alarms import ALARM_NOTE
from domain.clock import Clock
from domain.notes import Note
from domain.staff.duties import ROLES, Duty
from storage.alarms import AlarmRepository
from storage.audit.chain import Chain
from storage.audit.reading import AuditReading
from storage.database import Database
from storage.staff.people import EmployeeRepository
from storage.sweeping import Sweeper
from storage.unit import unit_of_work

log = structlog.get_logger()
HOUR = 3600.0
MINUTE = 60.0
SOON = 5.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that is repeated at once while it says that it has more to do, else after `seconds`."""

    work: Callable[[], Awaitable[object]]
    seconds: float


@dataclass(frozen=True, slots=True)
class AuditWatch:
    """Notes the head of the audit trail in the log, which is shipped elsewhere."""

    database: Database
    chain: Chain

    async def note_head(self) -> None:
        """One line, for `coopbot audit verify --expect`."""
        found = await AuditReading(self.database.unit).head()
        if found is None:
            log.error("the head of the audit trail is missing")
        elif self.chain.is_sealed(found[0]):
            log.info("audit head", head=f"{found[0].last_id}:{found[0].seal}")
        elif not self.chain.has_not_begun(found[0]):
            log.error("the head of the audit trail is not as it was left", last_id=found[0].last_id)


@dataclass(frozen=True, slots=True)
class Herald:
    """Says alarms aloud, in the log and to the employees."""

    database: Database
    clock: Clock

    async def announce(self) -> None:
        """Tell every alarm that nobody has told yet."""
        async with unit_of_work(self.database) as unit:
            now = self.clock.now()
            untold = await AlarmRepository(unit.connection).take_untold(now)
            notes = [Note(ALARM_NOTE, {"kind": kind} | params) for kind, params in untold]
            people = EmployeeRepository(unit.connection)
            chats = await people.chats_of(ROLES[Duty.TICKETS]) if notes else []
            for note, chat in product(notes, chats):
                await unit.notes.tell(chat, note, now)
        for kind, params in untold:
            log.error("alarm", kind=kind, **params)


def chores(
    database: Database, chain: Chain, sweeper: Sweeper, secretary: Secretary, clock: Clock
) -> list[Chore]:
    """All of them."""
    return [
        Chore(AuditWatch(database, chain).note_head, HOUR),
        Chore(Herald(database, clock).announce, SOON),
        Chore(secretary.look_round, SOON),
        Chore(sweeper.sweep, HOUR),
    ]
