"""The tables. Alembic's migrations create them; these definitions serve the queries."""

from storage.schema.access import allowance, consent, credential, document_tried, entry_attempt
from storage.schema.certificates import (
    certificate,
    certificate_copy,
    closed_year,
    folio_series,
    step_up,
    year_end,
)
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
from storage.schema.staff import staff

__all__ = [
    "allowance",
    "audit",
    "certificate",
    "certificate_copy",
    "chat_message",
    "closed_year",
    "consent",
    "conversation",
    "credential",
    "document_tried",
    "entry_attempt",
    "folio_series",
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
    "step_up",
    "withholding",
    "year_end",
]
