"""What is pushed to members: the ledger of notifications, who asked for them, who wants them."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


# `slot`: two keys of a client may live at once, so that one can replace the other.
api_key = Table(
    "api_key",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("client", Text, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("name", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_on", Date),
    Column("revoked_at", Instant),
    CheckConstraint("slot IN (1, 2)", name="slot"),
    Index("uq_api_key_live", "client", "slot", unique=True, **_where("revoked_at IS NULL")),
)

# An answer given once is given again for the same key; kept for seven days.
idempotency = Table(
    "idempotency",
    metadata,
    Column("client", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", Text),
    Column("status", Integer),
    Column("body", Text),
    Column("batch_id", BigInteger),
    Column("lease_until", Instant),
    Column("fence", Text),
    Column("created_at", Instant, nullable=False, index=True),
)

pushed_file = Table(
    "pushed_file",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("client", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("mime_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("telegram_file_id", Text),
    Column("created_at", Instant, nullable=False, index=True),
    UniqueConstraint("client", "sha256", "name"),
    CheckConstraint("kind IN ('document', 'picture')", name="kind"),
)

# Many notifications asked for at once. A number is never used again: who lost a batch may still
# think that it is theirs. Receiving: its rows do not count yet. Expanding: accepted,
# its rows are still being made, up to member `position`. `resumes`: the state before the pause.
notification_batch = Table(
    "notification_batch",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("client", Text, nullable=False),
    Column("external_id", Text),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("resumes", Text),
    Column("ticket", BigInteger),
    Column("message", Text),
    Column("terms", Text),
    Column("segment", Text),
    Column("fingerprint", Text),
    Column("position", BigInteger, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column("repeated", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("accepted_at", Instant),
    Column("ended_at", Instant),
    UniqueConstraint("client", "external_id"),
    CheckConstraint("kind IN ('bulk', 'broadcast')", name="kind"),
    CheckConstraint(
        "state IN ('receiving', 'expanding', 'open', 'paused', 'cancelled', 'done')", name="state"
    ),
    Index("ix_notification_batch_state", "state", "ticket"),
    sqlite_autoincrement=True,
)

rejected_row = Table(
    "rejected_row",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("batch_id", _KEY, ForeignKey("notification_batch.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("external_id", Text),
    Column("field", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_rejected_row_batch", "batch_id", "id"),
)

# `ticket` is the order of acceptance (that of the batch where it has one), `due_at` since when it
# could be sent, `not_before` when it will next be looked at.
notification = Table(
    "notification",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("client", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("batch_id", _KEY, ForeignKey("notification_batch.id")),
    Column("ticket", BigInteger),
    Column("member_id", _KEY, ForeignKey("member.id"), nullable=False),
    Column("category", Text, nullable=False),
    Column("template", Text),
    Column("content", Text),
    Column("file_id", _KEY, ForeignKey("pushed_file.id")),
    Column("fingerprint", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("silent", Boolean),
    Column("reference", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("channel", Text),
    Column("chat_id", BigInteger),
    Column("message_id", BigInteger),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("due_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("lease_until", Instant),
    Column("fence", Text),
    Column("sending_at", Instant, index=True),
    Column("settled_at", Instant),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("client", "external_id"),
    CheckConstraint(
        "state IN ('queued', 'leased', 'sending', 'retry', 'sent', 'unknown', 'dead', 'skipped',"
        " 'cancelled')",
        name="state",
    ),
    Index(
        "ix_notification_due",
        "batch_id",
        "priority",
        "not_before",
        "id",
        **_where("state IN ('queued', 'retry')"),
    ),
    Index(
        "ix_notification_pending",
        "member_id",
        "id",
        **_where("state IN ('queued', 'retry', 'leased', 'sending')"),
    ),
    Index("ix_notification_in_hand", "lease_until", **_where("state IN ('leased', 'sending')")),
    Index("ix_notification_dead", "settled_at", **_where("state IN ('dead', 'unknown')")),
    Index("ix_notification_batch", "batch_id", "state"),
    sqlite_autoincrement=True,
)

# Collection and advertising: one contact a day and one channel a week (Ley 2300 of 2023, art. 3).
contact_day = Table(
    "contact_day",
    metadata,
    Column("member_id", _KEY, ForeignKey("member.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("notification_id", _KEY, nullable=False),
)

contact_week = Table(
    "contact_week",
    metadata,
    Column("member_id", _KEY, ForeignKey("member.id"), primary_key=True),
    Column("week", Date, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("notification_id", _KEY, nullable=False),
)

notification_preference = Table(
    "notification_preference",
    metadata,
    Column("member_id", _KEY, ForeignKey("member.id"), primary_key=True),
    Column("choices", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("sound", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

# Chats that blocked the bot, or whose account is gone.
closed_chat = Table(
    "closed_chat",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("closed_at", Instant, nullable=False),
)

# One row: the last ticket given out, and until when Telegram asked all of us to wait.
notification_counter = Table(
    "notification_counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("ticket", BigInteger, nullable=False),
    Column("pause_until", Instant),
)
