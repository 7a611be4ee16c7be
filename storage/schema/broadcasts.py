"""Broadcasts by employees: what is being composed, and who decided on what was asked for."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text
from sqlalchemy import text as sql

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")
_UNDECIDED = sql("batch_id IS NULL AND closed_at IS NULL")
_UNTOLD = sql("batch_id IS NOT NULL AND end_told_at IS NULL")

broadcast_draft = Table(
    "broadcast_draft",
    metadata,
    Column("staff_id", _KEY, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

# `alone`: so many members could be written to without a second person when it was asked for.
# `batch_id`: handed to the sender. `told`, `told_at`: what the notes in the chats say, since when;
# `end_told_at`: they say how it ended. Triggers (migration 0017): what was asked for stays as it
# is, and only who has the duty now asks or confirms.
broadcast = Table(
    "broadcast",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("author_id", _KEY, ForeignKey("staff.id"), nullable=False),
    Column("author_account", BigInteger, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("title", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("terms", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("audience", Integer, nullable=False),
    Column("alone", Integer, nullable=False),
    Column("confirmed_by", _KEY, ForeignKey("staff.id")),
    Column("confirmed_from", BigInteger),
    Column("confirmed_at", Instant),
    Column("closed_by", _KEY, ForeignKey("staff.id")),
    Column("closed_at", Instant),
    Column("outcome", Text),
    Column("batch_id", _KEY, ForeignKey("notification_batch.id"), unique=True),
    Column("told", Text),
    Column("told_at", Instant),
    Column("end_told_at", Instant),
    CheckConstraint("outcome IN ('refused', 'withdrawn', 'lapsed')", name="outcome"),
    CheckConstraint(
        "confirmed_by <> author_id AND confirmed_from <> author_account", name="two_people"
    ),
    CheckConstraint(
        "(confirmed_by IS NULL) = (confirmed_from IS NULL)"
        " AND (confirmed_by IS NULL) = (confirmed_at IS NULL)",
        name="confirmed",
    ),
    CheckConstraint(
        "batch_id IS NULL OR audience <= alone OR confirmed_by IS NOT NULL", name="second_person"
    ),
    CheckConstraint(
        "(closed_at IS NULL) = (outcome IS NULL)"
        " AND (closed_at IS NULL OR (batch_id IS NULL AND confirmed_by IS NULL))",
        name="closed",
    ),
    Index(
        "ix_broadcast_undecided", "asked_at", sqlite_where=_UNDECIDED, postgresql_where=_UNDECIDED
    ),
    Index("ix_broadcast_untold", "id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
)
