"""The conversation's state and what is still to be sent, deleted or remembered."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("staff_id", _KEY, ForeignKey("staff.id")),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("telegram_id", BigInteger, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("end_reason", Text),
    Column("cleaned_at", Instant),
    Index("ix_session_member", "member_id", "started_at"),
    Index("ix_session_staff", "staff_id", "started_at"),
    Index(
        "uq_session_live_member",
        "member_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    Index(
        "uq_session_live_staff",
        "staff_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
    CheckConstraint("(member_id IS NULL) <> (staff_id IS NULL)", name="one_person"),
    Index(
        "ix_session_uncleaned",
        "ended_at",
        sqlite_where=text("cleaned_at IS NULL"),
        postgresql_where=text("cleaned_at IS NULL"),
    ),
)

conversation = Table(
    "conversation",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("flow", Text),
    Column("version", Integer, nullable=False),
    Column("step", Text),
    Column("data", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("session_id", Text, ForeignKey("session.id")),
    Column("live_message_id", BigInteger),
    Column("recent_updates", Text, nullable=False),
    Column("expires_at", Instant, index=True),
    Column("wanted", Text),
)

# Messages that must leave the chat: those with balances at the end of their session,
# typed codes at once (due_at set).
chat_message = Table(
    "chat_message",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("session_id", Text, index=True),
    Column("due_at", Instant, index=True),
)

# Notes stay in their chats; those of one subject are written anew together.
note = Table(
    "note",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("name", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("params", Text, nullable=False),
)


def _queue(name: str, *columns: Column[int] | Column[str]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", _KEY, primary_key=True),
        *columns,
        Column("kind", Text, nullable=False),
        Column("payload", Text, nullable=False),
        Column("state", Text, nullable=False, server_default="due"),
        Column("tries", Integer, nullable=False, server_default="0"),
        Column("not_before", Instant, nullable=False),
        Column("lease_until", Instant),
        Column("fence", Text),
        Column("created_at", Instant, nullable=False),
        Index(
            f"ix_{name}_due",
            "not_before",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
    )


outbox = _queue(
    "outbox",
    Column("chat_id", BigInteger, nullable=False),
    Column("session_id", Text),
)

mail = _queue(
    "mail",
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("attempt_id", Text, index=True),
)
