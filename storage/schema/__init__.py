"""The tables. Alembic's migrations create them; these definitions serve the queries."""

from storage.schema.access import (
    allowance,
    authenticator,
    binding,
    consent,
    credential,
    document_tried,
    entry_attempt,
    failure_minute,
    recovery_code,
)
from storage.schema.audit import alarm, audit, audit_head
from storage.schema.certificates import (
    certificate,
    certificate_copy,
    closed_year,
    folio_series,
    step_up,
    year_end,
)
from storage.schema.changes import contact_change
from storage.schema.conversation import chat_message, conversation, mail, note, outbox, session
from storage.schema.core import import_run, member, movement, product, withholding
from storage.schema.leads import lead, lead_event
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
from storage.schema.staff import staff, staff_act, staff_invitation
from storage.schema.tickets import ticket, ticket_event

__all__ = [
    "alarm",
    "allowance",
    "audit",
    "audit_head",
    "authenticator",
    "binding",
    "certificate",
    "certificate_copy",
    "chat_message",
    "closed_year",
    "consent",
    "contact_change",
    "conversation",
    "credential",
    "document_tried",
    "entry_attempt",
    "failure_minute",
    "folio_series",
    "import_run",
    "lead",
    "lead_event",
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
    "recovery_code",
    "session",
    "staff",
    "staff_act",
    "staff_invitation",
    "step_up",
    "ticket",
    "ticket_event",
    "withholding",
    "year_end",
]
