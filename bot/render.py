"""Screen to Telegram: edit the live message on a tap, send a new one otherwise."""

import asyncio
from dataclasses import dataclass

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from bot.view import View
from handlers.kit.callbacks import STANDING, Callback, Standing
from handlers.kit.screen import Attachment, Phrase, Screen
from handlers.kit.texts import html, plain

_TOO_OLD = ("query is too old", "query id is invalid")
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class Renderer:
    bot: Bot

    async def show(self, view: View, query_id: str | None = None) -> int:
        """Show it; the id of the message that is now live. Telegram's errors pass through."""
        if query_id is None:
            return await self._place(view)
        answered, message_id = await asyncio.gather(
            self.answer_tap(query_id, view.toast), self._place(view), return_exceptions=True
        )
        for result in (message_id, answered):
            if isinstance(result, BaseException):
                raise result
        return int(message_id)  # type: ignore[arg-type]

    async def say(self, chat_id: int, phrase: Phrase) -> None:
        """A plain message outside any conversation."""
        await self.bot.send_message(chat_id, html(phrase.key, phrase.params), ParseMode.HTML)

    async def announce(self, chat_id: int, attachment: Attachment) -> None:
        """Tell the chat that a file is on its way."""
        picture = attachment.picture
        action = ChatAction.UPLOAD_PHOTO if picture else ChatAction.UPLOAD_DOCUMENT
        await self.bot.send_chat_action(chat_id, action)

    async def send_file(self, chat_id: int, attachment: Attachment, content: bytes) -> int:
        """Send the made file; the id of its message."""
        caption = html(attachment.caption.key, attachment.caption.params)
        if attachment.picture:
            sent = await self.bot.send_photo(
                chat_id, content, caption, parse_mode=ParseMode.HTML, filename=attachment.filename
            )
        else:
            sent = await self.bot.send_document(
                chat_id, content, caption, parse_mode=ParseMode.HTML, filename=attachment.filename
            )
        return sent.message_id

    async def tell(self, chat_id: int, note: Screen) -> int:
        """Send a note; the id of its message."""
        text = html(note.text, note.params)
        markup = keyboard(note, STANDING)
        sent = await self.bot.send_message(chat_id, text, ParseMode.HTML, reply_markup=markup)
        return sent.message_id

    async def rewrite(self, chat_id: int, message_id: int, note: Screen) -> None:
        """Write a note anew where it lies; one that is gone stays gone."""
        await self._edited(View(chat_id, note, STANDING), message_id)

    async def answer_tap(self, query_id: str, toast: Phrase | None = None) -> None:
        """Release the pressed button, with a word over it if there is one."""
        text = plain(toast.key, toast.params) if toast else None
        try:
            await self.bot.answer_callback_query(query_id, text)
        except BadRequest as error:
            if not error.message.lower().startswith(_TOO_OLD):
                raise

    async def _place(self, view: View) -> int:
        if view.edit is not None and await self._edited(view, view.edit):
            return view.edit
        sent = await self.bot.send_message(
            view.chat_id, body(view), ParseMode.HTML, reply_markup=markup(view.screen, view.run)
        )
        return sent.message_id

    async def _edited(self, view: View, message_id: int) -> bool:
        try:
            await self.bot.edit_message_text(
                body(view),
                view.chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(view.screen, view.run),
            )
        except BadRequest as error:
            reason = error.message.lower()
            if reason.startswith(_GONE):
                return False
            if "message is not modified" not in reason:
                raise
        return True


def body(view: View) -> str:
    """The message's HTML: the notice, if any, above the screen's text."""
    text = html(view.screen.text, view.screen.params)
    if view.notice is None:
        return text
    return f"{html(view.notice.key, view.notice.params)}\n\n{text}"


def markup(screen: Screen, run: str) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """The screen's buttons: under the message, or as keys where a contact may be shared."""
    return keyboard(screen, run) if screen.share is None else keys(screen, screen.share)


def keys(screen: Screen, share: str) -> ReplyKeyboardMarkup:
    """The key that shares one's own contact, and the other buttons as keys."""
    rows = [[KeyboardButton(plain(share), request_contact=True)]]
    rows += [[KeyboardButton(plain(b.label, b.params)) for b in row] for row in screen.rows]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def keyboard(screen: Screen, run: str) -> InlineKeyboardMarkup | None:
    """The screen's buttons as Telegram's inline keyboard."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(plain(b.label, b.params), callback_data=pack(b.tap, run))
                for b in row
            ]
            for row in screen.rows
        ]
    )


def pack(tap: Callback, run: str) -> str:
    """A button's callback data: of this run, or standing."""
    return tap.pack(STANDING if isinstance(tap, Standing) else run)
