"""Takes out of the chats what must not stay: typed codes, balances of ended sessions."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from domain.clock import Clock
from storage.database import Database
from storage.unit import unit_of_work

log = structlog.get_logger()
LATER = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Broom:
    database: Database
    bot: Bot
    clock: Clock

    async def sweep(self, chat_id: int | None = None) -> int:
        """Delete what is due, of one chat or of all; the number of messages tried."""
        async with unit_of_work(self.database) as unit:
            due = await unit.dustbin.due(self.clock.now(), chat_id)
        for chat, message_ids in due.items():
            await self._delete(chat, message_ids)
        return sum(map(len, due.values()))

    async def _delete(self, chat_id: int, message_ids: list[int]) -> None:
        try:
            await self._ask_telegram(chat_id, message_ids)
        except TelegramError as error:
            log.info("messages will be deleted later", error=type(error).__name__)
            async with unit_of_work(self.database) as unit:
                later = self.clock.now() + LATER
                await unit.dustbin.postpone(chat_id, message_ids, later)
        else:
            async with unit_of_work(self.database) as unit:
                await unit.dustbin.emptied(chat_id, message_ids)

    async def _ask_telegram(self, chat_id: int, message_ids: list[int]) -> None:
        """What is gone, too old or in a chat closed to us cannot be deleted: done with it."""
        try:
            await self.bot.delete_messages(chat_id, message_ids)
        except (BadRequest, Forbidden) as error:
            log.info("messages cannot be deleted", count=len(message_ids), error=str(error))
