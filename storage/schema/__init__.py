"""The tables. Alembic's migrations create them; these definitions serve the queries."""

from storage.schema.access import (
    allowance,
    consent,
    credential,
    document_tried,
    entry_attempt,
    failure_minute,
)
from storage.schema.audit import alarm, audit, audit_head
from storage.schema.conversation import chat_message, conversation, mail, note, outbox, session
from storage.schema.core import import_run, member, movement, product, withholding
from storage.schema.metadata import metadata
from storage.schema.staff import staff

__all__ = [
    "alarm",
    "allowance",
    "audit",
    "audit_head",
    "chat_message",
    "consent",
    "conversation",
    "credential",
    "document_tried",
    "entry_attempt",
    "failure_minute",
    "import_run",
    "mail",
    "member",
    "metadata",
    "movement",
    "note",
    "outbox",
    "product",
    "session",
    "staff",
    "withholding",
]
