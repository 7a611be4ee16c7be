"""The tables. Alembic's migrations create them; these definitions serve the queries."""

from storage.schema.access import allowance, consent, credential, document_tried, entry_attempt
from storage.schema.conversation import (
    audit,
    chat_message,
    conversation,
    mail,
    note,
    outbox,
    session,
)
from storage.schema.core import import_run, member, movement, product, withholding
from storage.schema.metadata import metadata
from storage.schema.notifications import (
    api_key,
    closed_chat,
    contact_day,
    contact_week,
    idempotency,
    notification,
    notification_batch,
    notification_counter,
    notification_preference,
    pushed_file,
    rejected_row,
)
from storage.schema.staff import staff

__all__ = [
    "allowance",
    "api_key",
    "audit",
    "chat_message",
    "closed_chat",
    "consent",
    "contact_day",
    "contact_week",
    "conversation",
    "credential",
    "document_tried",
    "entry_attempt",
    "idempotency",
    "import_run",
    "mail",
    "member",
    "metadata",
    "movement",
    "note",
    "notification",
    "notification_batch",
    "notification_counter",
    "notification_preference",
    "outbox",
    "product",
    "pushed_file",
    "rejected_row",
    "session",
    "staff",
    "withholding",
]
