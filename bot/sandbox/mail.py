"""An e-mail as the mailbox keeps it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage

from bot.sandbox.json_types import Json


@dataclass(frozen=True)
class Attachment:
    """A file inside an e-mail."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A received e-mail, parsed."""

    id: int
    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str | None
    attachments: tuple[Attachment, ...]
    date: float
    raw: bytes

    def as_json(self) -> Json:
        """As the chat page's contract says."""
        attachments = [
            {
                "name": each.name,
                "mime_type": each.mime_type,
                "size": len(each.content),
                "url": f"/api/mail/{self.id}/attachments/{number}",
            }
            for number, each in enumerate(self.attachments)
        ]
        return {
            "id": self.id,
            "from": self.sender,
            "to": list(self.to),
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "date": self.date,
            "attachments": attachments,
        }


def parse_mail(number: int, sender: str, to: list[str], raw: bytes, date: float) -> Mail:
    """The parts of an e-mail that a person sees."""
    message = email.message_from_bytes(raw, EmailMessage, policy=email.policy.default)
    return Mail(
        id=number,
        sender=sender,
        to=tuple(to),
        subject=str(message["subject"] or ""),
        text=_body(message, "plain") or "",
        html=_body(message, "html"),
        attachments=tuple(_attachment(part) for part in message.iter_attachments()),
        date=date,
        raw=raw,
    )


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return None if part is None else str(part.get_content())


def _attachment(part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    return Attachment(
        name=part.get_filename() or "attachment",
        mime_type=part.get_content_type(),
        content=content if isinstance(content, bytes) else b"",
    )
