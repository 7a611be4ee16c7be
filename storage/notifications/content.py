"""How a message is kept: as JSON; a one-time code only under a key, and only until it is sent."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import choice, token_bytes

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.notifications.buttons import Opener, Opens
from domain.notifications.categories import Category
from domain.notifications.messages import Content, Message, Priority

# Without letters and digits that are taken for one another on the telephone.
NOTHING = json.dumps({"html": ""})
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_REFERENCE_LENGTH = 5
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Envelopes:
    """Packs contents for the database; `key`: 32 bytes that are not in it."""

    key: bytes = field(repr=False)

    def pack(self, message: Message) -> str:
        """The message's content as it is kept."""
        if message.category is Category.CODE:
            return json.dumps({"sealed": self._seal(message.html)})
        return pack(Content(message.html, message.buttons))

    def unpack(self, kept: str) -> Content:
        """The content; of a code that was sent, nothing is left."""
        row = json.loads(kept)
        if "sealed" in row:
            return Content(self._open(row["sealed"]))
        return Content(row["html"], _buttons(row.get("buttons", ())))

    def _seal(self, text: str) -> str:
        nonce = token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self.key).encrypt(nonce, text.encode(), None)
        return base64.b64encode(nonce + sealed).decode()

    def _open(self, sealed: str) -> str:
        raw = base64.b64decode(sealed)
        return AESGCM(self.key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()


@dataclass(frozen=True, slots=True)
class SharedMessage:
    """A message as a broadcast keeps it, once for all: its content, and the rest as JSON."""

    content: str
    terms: str

    @classmethod
    def of(cls, message: Message) -> "SharedMessage":
        terms = {
            "category": message.category.value,
            "template": message.template,
            "attachment": message.attachment,
            "not_before": _instant(message.not_before),
            "expires_at": _instant(message.expires_at),
            "priority": int(message.priority),
            "silent": message.silent,
        }
        return cls(pack(Content(message.html, message.buttons)), json.dumps(terms))

    def message(self) -> Message:
        """The message; its content need not be read for that."""
        terms = json.loads(self.terms)
        return Message(
            category=Category(terms["category"]),
            html="",
            template=terms["template"],
            attachment=terms["attachment"],
            not_before=_read_instant(terms["not_before"]),
            expires_at=_read_instant(terms["expires_at"]),
            priority=Priority(terms["priority"]),
            silent=terms["silent"],
        )


def pack(content: Content) -> str:
    """A content that is no secret, as JSON."""
    row: dict[str, object] = {"html": content.html}
    if content.buttons:
        row["buttons"] = [[button.opens.value, button.label] for button in content.buttons]
    return json.dumps(row, ensure_ascii=False)


def new_reference() -> str:
    """What a member reads on a notification and can name on the telephone."""
    return "".join(choice(_LETTERS) for _ in range(_REFERENCE_LENGTH))


def _buttons(rows: Sequence[Sequence[str]]) -> tuple[Opener, ...]:
    return tuple(Opener(Opens(opens), label) for opens, label in rows)


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _read_instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
