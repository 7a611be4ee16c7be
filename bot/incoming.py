"""What a Telegram update says, reduced to what the conversation needs."""

from dataclasses import dataclass
from html import escape

from telegram import CallbackQuery, Message, Update

from handlers.kit.flow import Contact, Upload

FILES = ("animation", "audio", "document", "photo", "video", "video_note", "voice")


@dataclass(frozen=True, slots=True)
class Tap:
    query_id: str
    data: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or document that lies at Telegram; `size` in bytes, as far as the message says."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or tap; `text` is None for a tap and for anything that is not text.

    `html`: the text with what was set bold and the like, where anything was.
    `contact`: a shared one; Telegram says whose account it is, or nobody's. `brings_file`: a
    photo, a recording or a document comes with it; of `file`, the ones that may be fetched,
    `upload` is what was fetched where the chat waits for one.
    """

    update_id: int
    chat_id: int
    telegram_id: int
    private: bool
    message_id: int | None
    text: str | None = None
    html: str | None = None
    tap: Tap | None = None
    contact: Contact | None = None
    brings_file: bool = False
    file: SentFile | None = None
    upload: Upload | None = None

    @property
    def command(self) -> str | None:
        """`menu` for `/menu`, `/MENU@bot` or `/menu now`; None for anything else."""
        if self.text is None or not self.text.startswith("/"):
            return None
        word = self.text[1:].split(maxsplit=1)[0] if len(self.text) > 1 else ""
        return word.partition("@")[0].lower()

    @property
    def argument(self) -> str:
        """What was typed behind the command."""
        words = (self.text or "").split(maxsplit=1)
        return words[1].strip() if len(words) > 1 else ""


def read(update: Update) -> Incoming | None:
    """The message or tap of an update; None for all other kinds."""
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query)
    return _message(update.update_id, update.message) if update.message else None


def _tap(update_id: int, query: CallbackQuery) -> Incoming:
    chat = query.message.chat if query.message else None
    return Incoming(
        update_id=update_id,
        chat_id=chat.id if chat else query.from_user.id,
        telegram_id=query.from_user.id,
        private=chat is None or chat.id == query.from_user.id,
        message_id=query.message.message_id if query.message else None,
        tap=Tap(query.id, query.data or ""),
    )


def _message(update_id: int, message: Message) -> Incoming | None:
    if message.from_user is None or message.sender_chat is not None:
        return None
    return Incoming(
        update_id=update_id,
        chat_id=message.chat.id,
        telegram_id=message.from_user.id,
        private=message.chat.type == "private" and message.chat.id == message.from_user.id,
        message_id=message.message_id,
        text=message.text,
        html=_html(message),
        contact=_contact(message),
        brings_file=any(getattr(message, kind) for kind in FILES),
        file=_file(message),
    )


def _html(message: Message) -> str | None:
    """As tags of Telegram's HTML; None where nothing was set."""
    if message.text is None or not message.entities:
        return None
    html = message.text_html
    return html if html != escape(message.text) else None


def _contact(message: Message) -> Contact | None:
    shared = message.contact
    return Contact(shared.user_id, shared.phone_number) if shared else None


def _file(message: Message) -> SentFile | None:
    """The document, or the photo in its largest size."""
    if message.document is not None:
        sent = message.document
        return SentFile(sent.file_id, sent.file_name or "", sent.file_size or 0)
    if message.photo:
        largest = message.photo[-1]
        return SentFile(largest.file_id, "", largest.file_size or 0)
    return None
