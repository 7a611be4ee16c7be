"""How members enter: credentials, attempts, limits and the proof of their authorisation."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")

# Failures are counted apart for the member's own (bound) Telegram account and for all others,
# so that nobody can lock a member out from outside (docs/security.md 5).
credential = Table(
    "credential",
    metadata,
    Column("member_id", _KEY, ForeignKey("member.id"), primary_key=True),
    Column("pin_hash", Text),
    Column("pin_key_version", Integer),
    Column("pin_set_at", Instant),
    Column("failures_bound", Integer, nullable=False, server_default="0"),
    Column("failures_unbound", Integer, nullable=False, server_default="0"),
    Column("locked_at", Instant),
    Column("telegram_id", BigInteger, index=True),
    Column("bound_at", Instant),
    Column("last_entry_at", Instant),
)

consent = Table(
    "consent",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False),
    Column("version", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Index("ix_consent_account", "telegram_id", "version"),
)

# The document is kept as a keyed hash: an attempt never tells who was tried.
entry_attempt = Table(
    "entry_attempt",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("telegram_id", BigInteger, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("document_key", Text, nullable=False),
    Column("bound", Boolean, nullable=False),
    Column("first_key", Boolean, nullable=False, server_default="0"),
    Column("pin_ok", Boolean),
    Column("code_hash", Text),
    Column("code_expires_at", Instant),
    Column("code_tries", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False, index=True),
    Column("proven_at", Instant),
    Column("closed_at", Instant),
)

document_tried = Table(
    "document_tried",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("document_key", Text, primary_key=True),
)

# Wrong PINs of strangers, of all documents together.
failure_minute = Table(
    "failure_minute",
    metadata,
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("failures", Integer, nullable=False),
)

# A counter per subject and window: raised and checked by one conditional statement.
allowance = Table(
    "allowance",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("window_start", Instant, nullable=False),
    Column("used", Integer, nullable=False),
)
