"""Background work besides serving chats, each repeated after its own time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from domain.clock import Clock
from storage.alarms import AlarmRepository
from storage.audit.chain import Chain
from storage.audit.reading import AuditReading
from storage.database import Database
from storage.sweeping import Sweeper

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
    """Says alarms aloud."""

    database: Database
    clock: Clock

    async def announce(self) -> None:
        """Log every alarm that nobody has told yet."""
        async with self.database.unit() as connection:
            untold = await AlarmRepository(connection).take_untold(self.clock.now())
        for kind, params in untold:
            log.error("alarm", kind=kind, **params)


def chores(database: Database, chain: Chain, sweeper: Sweeper, clock: Clock) -> list[Chore]:
    """All of them."""
    return [
        Chore(AuditWatch(database, chain).note_head, HOUR),
        Chore(Herald(database, clock).announce, SOON),
        Chore(sweeper.sweep, HOUR),
    ]
