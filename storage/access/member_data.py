"""All that the office keeps about a member, to be handed to them: only the columns named here.

A table or column that is about a member and is neither here nor left out on purpose fails
tests/access/test_privacy.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.letters import MailKind
from storage import schema

# In the order of the copy. Secrets, keyed hashes and what only the program needs are not named.
COPIED: Mapping[Table, Sequence[str]] = {
    schema.member: (
        *("number", "document_type", "document_number", "first_names", "surnames", "birth_date"),
        *("email", "mobile", "status", "joined_on", "municipality", "salary"),
        *("as_of", "first_loaded_at"),
    ),
    schema.product: (
        *("kind", "number", "name", "balance", "rate", "instalment", "accrued_interest"),
        *("opened_on", "matures_on", "closed_on", "disbursed", "next_due_on"),
        *("instalments_paid", "instalments_total", "days_past_due", "arrears"),
    ),
    schema.withholding: ("year", "concept", "base", "rate", "amount"),
    schema.year_end: (
        *("year", "kind", "number", "name", "balance", "yields", "tax_on_movements"),
        *("revaluation", "interest", "default_interest", "housing_interest"),
    ),
    schema.certificate: ("kind", "year", "issued_at", "channel", "voided_at", "void_reason"),
    schema.consent: ("version", "text_sha256", "given_at", "withdrawn_at"),
    schema.credential: (
        *("pin_set_at", "last_entry_at", "failures_bound", "failures_unbound", "locked_at"),
        *("lock_reason", "locked_by", "reset_required_at"),
    ),
    schema.authenticator: ("created_at", "confirmed_at"),
    schema.binding: ("telegram_id", "bound_at", "last_entry_at", "unbound_at"),
    schema.session: ("telegram_id", "started_at", "ended_at"),
    schema.entry_attempt: ("telegram_id", "purpose", "created_at", "proven_at"),
    schema.step_up: ("purpose", "proven_at"),
    schema.profile_value: ("field", "value", "since", "source"),
    schema.profile_confirmation: ("section", "at"),
    schema.profile_draft: ("content", "started_at", "expires_at"),
    schema.profile_request: ("number", "filed_at", "closed_at"),
    schema.profile_section: ("section", "state", "before", "after", "reason", "decided_at"),
    schema.profile_paper: ("reason", "media", "size", "sent_at", "delete_at"),
    schema.profile_update: ("request_number", "field", "value", "approved_at", "taken_at"),
    schema.lead: (
        *("product", "line", "amount", "term", "figure", "simulated_on", "state"),
        *("created_at", "outcome", "closed_at"),
    ),
    schema.contact_change: (
        *("field", "old_value", "new_value", "reason", "requested_at", "confirmed_at"),
        *("serves_at", "outcome", "closed_at"),
    ),
    schema.ticket: ("kind", "state", "name", "text", "created_at", "closed_at"),
    schema.mail: ("kind", "created_at"),
    schema.staff_act: ("at", "action", "reason"),
    schema.notification: (
        *("client", "category", "template", "reference", "state", "channel", "created_at"),
        *("sending_at", "settled_at"),
    ),
    schema.notification_preference: ("choices", "hours", "sound", "changed_at"),
    schema.contact_day: ("day",),
    schema.contact_week: ("week", "channel"),
    schema.staff: ("name", "role", "created_at", "revoked_at"),
    schema.audit: ("at", "action", "result", "telegram_id"),
}
# An invitation to work at the cooperative says no more than the row of the employee, and the values
# that a late load may bring no more than the change that made them outdated.
LEFT_OUT: Sequence[Table] = (schema.staff_invitation, schema.outdated_value)
# What the program needs to work: screens, hashes of codes, digests of files.
WORKINGS: Sequence[Table] = (
    schema.certificate_copy,
    schema.conversation,
    schema.recovery_code,
)

_MOVEMENTS = ("booked_on", "description", "amount", "balance")
_EVENTS = ("at", "step", "text")
_QUESTIONS = ("asked_at", "question", "answered_at", "answer")


class MemberDataRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def everything(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """The rows about the member by table, oldest first; empty tables are left out."""
        found: dict[str, list[dict[str, Any]]] = {}
        for table in COPIED:
            found[table.name] = await self._rows(_own(table, member_id))
            for name, of_member in BELOW.get(table.name, {}).items():
                found[name] = await self._rows(of_member(member_id))
        return {name: rows for name, rows in found.items() if rows}

    async def _rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        return [row._asdict() for row in await self._connection.execute(query)]


def _own(table: Table, member_id: int) -> Select[Any]:
    owner = table.c.id if table is schema.member else table.c.member_id
    query = select(*(table.c[name] for name in COPIED[table])).where(owner == member_id)
    if table is schema.mail:
        query = query.where(table.c.kind != MailKind.NOTHING.value)
    return query.order_by(*table.primary_key.columns)


def _movements(member_id: int) -> Select[Any]:
    table, product = schema.movement, schema.product
    columns = (product.c.number, *(table.c[name] for name in _MOVEMENTS))
    joined = select(*columns).join(product, product.c.id == table.c.product_id)
    mine = joined.where(product.c.member_id == member_id)
    return mine.order_by(product.c.id, table.c.booked_on, table.c.id)


def _events(member_id: int) -> Select[Any]:
    table, ticket = schema.ticket_event, schema.ticket
    columns = (table.c[name] for name in _EVENTS)
    joined = select(*columns).join(ticket, ticket.c.id == table.c.ticket_id)
    return joined.where(ticket.c.member_id == member_id).order_by(table.c.id)


def _lead_events(member_id: int) -> Select[Any]:
    table, lead = schema.lead_event, schema.lead
    columns = (table.c[name] for name in _EVENTS)
    joined = select(*columns).join(lead, lead.c.id == table.c.lead_id)
    return joined.where(lead.c.member_id == member_id).order_by(table.c.id)


def _questions(member_id: int) -> Select[Any]:
    table, request = schema.profile_question, schema.profile_request
    columns = (table.c[name] for name in _QUESTIONS)
    joined = select(*columns).join(request, request.c.id == table.c.request_id)
    return joined.where(request.c.member_id == member_id).order_by(table.c.id)


# Rows that name the member through another table, after that table's own.
BELOW = {
    "lead": {"lead_event": _lead_events},
    "product": {"movement": _movements},
    "profile_request": {"profile_question": _questions},
    "ticket": {"ticket_event": _events},
}
