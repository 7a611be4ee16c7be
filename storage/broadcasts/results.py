"""What became of each member's copy, and the file that went with it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts.reading import Fate, Sample
from storage.notifications.files import FileRepository
from storage.notifications.shown import shown_state
from storage.schema import member, notification, pushed_file
from storage.schema import notification_batch as batch


class ResultRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def fates(self, batch_id: int) -> Sequence[Fate]:
        """Of every member of a broadcast, by their numbers."""
        found = (
            select(
                member.c.number,
                shown_state().label("state"),
                notification.c.reason,
                notification.c.channel,
                notification.c.settled_at.label("at"),
            )
            .select_from(
                notification.join(member, member.c.id == notification.c.member_id).join(
                    batch, batch.c.id == notification.c.batch_id
                )
            )
            .where(notification.c.batch_id == batch_id)
            .order_by(member.c.number)
        )
        return [Fate(**row._asdict()) for row in await self._connection.execute(found)]

    async def sample(self, file_id: int | None) -> Sample | None:
        """The file of that number, if any."""
        file = await FileRepository(self._connection).sendable(file_id)
        if file is None:
            return None
        return Sample(file.name, file.is_picture, file.content or await self._content(file.id))

    async def _content(self, file_id: int) -> bytes:
        """Telegram has it already: its bytes are read all the same."""
        kept = select(pushed_file.c.content).where(pushed_file.c.id == file_id)
        content: bytes = await self._connection.scalar(kept) or b""
        return content
