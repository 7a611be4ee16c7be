"""Requests to the employees and what became of them."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")

# The document is kept as a keyed hash and masked: a request does not say whose it claims to be.
ticket = Table(
    "ticket",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("document_key", Text, nullable=False),
    Column("document_masked", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("claimed_by", _KEY, ForeignKey("staff.id")),
    Column("created_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("closed_at", Instant),
    Column("announced_at", Instant),
    Column("reminded_at", Instant),
    CheckConstraint("state IN ('open', 'claimed', 'closed')", name="state"),
    Index("ix_ticket_queue", "state", "created_at"),
    Index("ix_ticket_member", "member_id", "created_at"),
)

# `staff_id` is None for what the office or the member did; `text` is what was answered.
ticket_event = Table(
    "ticket_event",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("ticket_id", _KEY, ForeignKey("ticket.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("step", Text, nullable=False),
    Column("staff_id", _KEY, ForeignKey("staff.id")),
    Column("text", Text, nullable=False, server_default=""),
    Index("ix_ticket_event_ticket", "ticket_id", "id"),
)
