"""What is tidied up behind pushed notifications, some rows at a time."""

from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from storage.database import Database
from storage.notifications.batches import BatchRepository
from storage.notifications.files import FileRepository
from storage.notifications.idempotency import IdempotencyRepository

FILES_KEPT = timedelta(days=30)
# No upload takes that long: whoever began it is gone.
UPLOADS_KEPT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Chores:
    database: Database
    clock: Clock

    async def tidy(self) -> bool:
        """Write down cancellations and close batches that are done; whether more is left."""
        now = self.clock.now()
        async with self.database.unit() as connection:
            batches = BatchRepository(connection)
            cancelled = await batches.settle_cancelled(now)
            await batches.finish(now)
        return bool(cancelled)

    async def clear_out(self) -> bool:
        """Forget old answers, files that nobody needs, and uploads whose sender vanished."""
        now = self.clock.now()
        async with self.database.unit() as connection:
            await IdempotencyRepository(connection).clear(now)
            await FileRepository(connection).clear(now - FILES_KEPT)
            lost = await BatchRepository(connection).orphans(now - UPLOADS_KEPT)
        for batch_id in lost:
            await self._discard(batch_id)
        return False

    async def _discard(self, batch_id: int) -> None:
        more = True
        while more:
            async with self.database.unit() as connection:
                more = await BatchRepository(connection).discard(batch_id)
