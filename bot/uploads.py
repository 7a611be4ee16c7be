"""Fetching what somebody sent, never more of it than is allowed."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.incoming import SentFile
from handlers.kit.flow import Upload

log = structlog.get_logger()
LONGEST_SECONDS = 20.0


async def fetch(bot: Bot, sent: SentFile, most: int) -> Upload | None:
    """The file, without its content when it has more than `most` bytes; None when it failed."""
    if sent.size > most:
        return Upload(sent.name)
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            return Upload(sent.name, await _content(bot, sent, most))
    except (TelegramError, TimeoutError) as error:
        log.warning("a file could not be fetched", error=type(error).__name__)
        return None


async def _content(bot: Bot, sent: SentFile, most: int) -> bytes | None:
    """Telegram knows the size before anything is transferred; without one nothing is."""
    described = await bot.get_file(sent.id)
    if described.file_path is None or not 0 < (described.file_size or 0) <= most:
        return None
    content = bytes(await bot.request.retrieve(described.file_path))
    return content if len(content) <= most else None
