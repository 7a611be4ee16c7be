"""What the buttons of a notification are for, and whose it is."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications.buttons import Opens
from domain.notifications.categories import Category
from storage.notifications.content import Envelopes
from storage.schema import credential, notification, notification_batch


class ButtonRepository:
    def __init__(self, connection: AsyncConnection, envelopes: Envelopes) -> None:
        self._connection = connection
        self._envelopes = envelopes

    async def opener(self, notification_id: int, place: int) -> Opens | None:
        """What the button at that place of a notification opens."""
        kept = func.coalesce(notification.c.content, notification_batch.c.message)
        found = (
            select(kept)
            .select_from(
                notification.outerjoin(
                    notification_batch, notification_batch.c.id == notification.c.batch_id
                )
            )
            .where(notification.c.id == notification_id)
        )
        content = await self._connection.scalar(found)
        buttons = self._envelopes.unpack(content).buttons if content else ()
        return buttons[place].opens if place < len(buttons) else None

    async def owner(self, notification_id: int, telegram_id: int) -> tuple[int, Category] | None:
        """The member of a notification and its category, if that account is theirs."""
        found = (
            select(notification.c.member_id, notification.c.category)
            .join(credential, credential.c.member_id == notification.c.member_id)
            .where(notification.c.id == notification_id, credential.c.telegram_id == telegram_id)
        )
        row = (await self._connection.execute(found)).first()
        return (row.member_id, Category(row.category)) if row else None
