"""What a message or a tap means on the screen that the chat is at."""

from dataclasses import dataclass

from bot.incoming import Incoming, Tap
from domain.conversation import Conversation
from handlers.kit.callbacks import Callback, unpack
from handlers.kit.flow import Input, Step
from handlers.kit.screen import Phrase
from handlers.kit.texts import plain


@dataclass(frozen=True, slots=True)
class Misheard:
    """Nothing the step can answer; what the chat is told instead."""

    notice: Phrase | None = None
    toast: Phrase | None = None


async def hear(conversation: Conversation, incoming: Incoming, step: Step) -> Input | Misheard:
    """The input for the step."""
    if incoming.tap is not None:
        return _tapped(conversation, incoming.tap, incoming.message_id)
    if step.contact and incoming.contact is not None:
        return incoming.contact
    if step.upload and incoming.file is not None:
        return incoming.upload or Misheard(notice=Phrase("kernel.upload_failed"))
    if incoming.text is None:
        return Misheard(notice=Phrase(_unexpected(incoming, step)))
    written = incoming.html if step.formatted else None
    return await _key(conversation, step, incoming.text) or written or incoming.text


def _unexpected(incoming: Incoming, step: Step) -> str:
    if step.upload:
        return "kernel.only_file"
    return "kernel.no_files" if incoming.brings_file else "kernel.only_text"


def _tapped(conversation: Conversation, tap: Tap, message_id: int | None) -> Input | Misheard:
    live = conversation.live_message_id
    given = unpack(tap.data, conversation.run) if live in (message_id, None) else None
    return given or Misheard(toast=Phrase("kernel.stale"))


async def _key(conversation: Conversation, step: Step, text: str) -> Callback | None:
    """The key beside the one that shares a contact: Telegram sends only its label."""
    if not step.contact:
        return None
    screen = await step.show(conversation.data)
    keys = (key for row in screen.rows for key in row if screen.share)
    return next((key.tap for key in keys if plain(key.label, key.params) == text), None)
