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
from storage.schema.profile import (
    profile_confirmation,
    profile_counter,
    profile_draft,
    profile_hold,
    profile_paper,
    profile_question,
    profile_reminder,
    profile_request,
    profile_section,
    profile_update,
    profile_value,
)
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
    "profile_confirmation",
    "profile_counter",
    "profile_draft",
    "profile_hold",
    "profile_paper",
    "profile_question",
    "profile_reminder",
    "profile_request",
    "profile_section",
    "profile_update",
    "profile_value",
    "session",
    "staff",
    "step_up",
    "withholding",
    "year_end",
]
