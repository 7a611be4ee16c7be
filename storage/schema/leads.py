"""Simulations that somebody wants to be called about, and what became of them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from storage.schema.metadata import metadata
from storage.types import Instant, Money, Rate

_KEY = BigInteger().with_variant(Integer, "sqlite")

# Of a member the row names the membership; of a visitor what they left, until they take it back.
lead = Table(
    "lead",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("state", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("visitor_name", Text),
    Column("visitor_mobile", Text),
    Column("product", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("amount", Money, nullable=False),
    Column("term", Integer, nullable=False),
    Column("period", Text, nullable=False),
    Column("system", Text),
    Column("rate", Rate, nullable=False),
    Column("rate_kind", Text, nullable=False),
    Column("figure", Money, nullable=False),
    Column("simulated_on", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("claimed_by", _KEY, ForeignKey("staff.id")),
    Column("claimed_at", Instant),
    Column("outcome", Text),
    Column("closed_at", Instant),
    CheckConstraint("state IN ('open', 'claimed', 'closed')", name="state"),
    CheckConstraint("product IN ('credit', 'cdat')", name="product"),
    CheckConstraint("member_id IS NULL OR visitor_name IS NULL", name="one_person"),
    Index("ix_lead_queue", "state", "created_at"),
    Index("ix_lead_chat", "chat_id"),
)

# `staff_id` is None for what the member or visitor did; `text` is the employee's own note.
lead_event = Table(
    "lead_event",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("lead_id", _KEY, ForeignKey("lead.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("step", Text, nullable=False),
    Column("staff_id", _KEY, ForeignKey("staff.id")),
    Column("text", Text, nullable=False, server_default=""),
    Index("ix_lead_event_lead", "lead_id", "id"),
)
