"""A notification into its chat, and what Telegram says about it."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.pauses import stated_pause
from bot.render import keyboard
from bot.transport import NotSent
from domain.notifications.outcomes import Result
from handlers.kit.callbacks import STANDING
from handlers.kit.screen import Screen
from handlers.kit.texts import html
from storage.notifications.files import Sendable

log = structlog.get_logger()
_CLOSED = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")
MENDING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """`pause`: how long to wait. `file_id`: by which Telegram knows the file from now on."""

    result: Result
    message_id: int | None = None
    pause: timedelta = timedelta(0)
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class TelegramChannel:
    bot: Bot

    async def send(
        self, chat_id: int, screen: Screen, file: Sendable | None, silent: bool
    ) -> Answer:
        """Send it; never raises for what Telegram or the network does."""
        text, markup = html(screen.text, screen.params), keyboard(screen, STANDING)
        try:
            if file is None:
                sent = await self.bot.send_message(
                    chat_id,
                    text,
                    ParseMode.HTML,
                    disable_notification=silent,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    reply_markup=markup,
                )
            else:
                sent = await self._send_file(chat_id, file, text, markup, silent)
        except TelegramError as error:
            return understood(error)
        return Answer(Result.DELIVERED, sent.message_id, file_id=_file_id(sent))

    async def _send_file(
        self,
        chat_id: int,
        file: Sendable,
        caption: str,
        markup: InlineKeyboardMarkup | None,
        silent: bool,
    ) -> Message:
        """A file that Telegram has already is named, not sent again."""
        content = file.telegram_file_id or file.content
        if file.is_picture:
            return await self.bot.send_photo(
                chat_id,
                content,
                caption,
                parse_mode=ParseMode.HTML,
                filename=file.name,
                disable_notification=silent,
                reply_markup=markup,
            )
        return await self.bot.send_document(
            chat_id,
            content,
            caption,
            parse_mode=ParseMode.HTML,
            filename=file.name,
            disable_notification=silent,
            reply_markup=markup,
        )


def understood(error: TelegramError) -> Answer:
    """What an error says of the message's fate (docs/notifications.md 5)."""
    match error:
        case RetryAfter():
            return Answer(Result.THROTTLED, pause=stated_pause(error))
        case Forbidden():
            return Answer(Result.CLOSED)
        case InvalidToken():
            log.error("telegram refuses the token: nothing is sent", error=str(error))
            return Answer(Result.MISCONFIGURED, pause=MENDING)
        case ChatMigrated():
            return Answer(Result.REFUSED)
        case BadRequest():
            closed = any(words in error.message.lower() for words in _CLOSED)
            log.error("telegram refused a notification", error=error.message)
            return Answer(Result.CLOSED if closed else Result.REFUSED)
        case NotSent():
            return Answer(Result.NOT_SENT)
    return Answer(Result.UNKNOWN)


def _file_id(sent: Message) -> str | None:
    if sent.document is not None:
        return sent.document.file_id
    return sent.photo[-1].file_id if sent.photo else None
