"""What a member is told of their own access: by e-mail, and in their own chat with a button."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.access.letters import MailKind, MailQueue
from domain.notes import Note, Notes

ACCESS_NOTE = "access"


class News(StrEnum):
    """What happened; each has a note `access_note.<value>`."""

    NEW_ACCOUNT = "new_account"
    PIN_CHANGED = "pin_changed"
    PIN_READY = "pin_ready"
    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Notices:
    mail: MailQueue
    notes: Notes

    async def tell(
        self, news: News, member_id: int, binding_id: int, chat_id: int, at: datetime
    ) -> None:
        """Tell a chat, from that instant on; the chat's account may say that it was not them."""
        params = {"news": news.value, "binding": binding_id, "at": at.isoformat()}
        await self.notes.tell(chat_id, Note(ACCESS_NOTE, params, subject_of(member_id)), at)

    async def write(self, kind: MailKind, member_id: int, at: datetime) -> None:
        """Tell the mailbox on file."""
        await self.mail.notify(kind, member_id, at)

    async def refresh(self, member_id: int, at: datetime) -> None:
        """Write the member's notes anew: their buttons go when the access is blocked."""
        await self.notes.refresh(subject_of(member_id), at)


def subject_of(member_id: int) -> str:
    """The subject of all notes about a member's access."""
    return f"access:{member_id}"
