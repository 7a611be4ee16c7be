"""How members enter: credentials, attempts, limits and the proof of their authorisation."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
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

# Failures are counted apart for the member's own (bound) Telegram account and for all others,
# so that nobody can lock a member out from outside (docs/security.md 5).
# `locked_at`: barred as a whole; `lock_reason` and `locked_by` say why and by whom
# (domain.access.blocking). `reset_required_at`: nobody enters until a new PIN is chosen.
# `reset_granted_until`: somebody at the cooperative vouched for the member, who needs no second
# proof to choose it. `pin_serves_from`: nobody enters with a PIN that was reset before then.
# `attempts_from`: attempts that began earlier lead nowhere.
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
    Column("lock_reason", Text),
    Column("locked_by", Text),
    Column("reset_required_at", Instant),
    Column("reset_granted_until", Instant),
    Column("pin_serves_from", Instant),
    Column("attempts_from", Instant),
    Column("telegram_id", BigInteger, index=True),
    Column("bound_at", Instant),
    Column("last_entry_at", Instant),
)

# Every Telegram account that entered as a member; one at most is bound at a time.
binding = Table(
    "binding",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("member_id", _KEY, ForeignKey("member.id"), nullable=False),
    Column("telegram_id", BigInteger, nullable=False),
    Column("bound_at", Instant, nullable=False),
    Column("last_entry_at", Instant, nullable=False),
    Column("unbound_at", Instant),
    Index("ix_binding_member", "member_id", "bound_at"),
    Index(
        "uq_binding_live_member",
        "member_id",
        unique=True,
        sqlite_where=text("unbound_at IS NULL"),
        postgresql_where=text("unbound_at IS NULL"),
    ),
)

# A member's or an employee's authenticator app. `seed` is sealed (storage.access.totp);
# `last_step` is the newest time step whose code has served.
authenticator = Table(
    "authenticator",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("member_id", _KEY, ForeignKey("member.id"), unique=True),
    Column("staff_id", _KEY, ForeignKey("staff.id"), unique=True),
    Column("seed", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("last_step", BigInteger, nullable=False, server_default="0"),
    Column("failures_own", Integer, nullable=False, server_default="0"),
    Column("failures_others", Integer, nullable=False, server_default="0"),
    CheckConstraint("(member_id IS NULL) <> (staff_id IS NULL)", name="one_person"),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("authenticator_id", _KEY, ForeignKey("authenticator.id"), primary_key=True),
    Column("code_hash", Text, primary_key=True),
    Column("used_at", Instant),
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
    Column("withdrawn_at", Instant),
    Index("ix_consent_account", "telegram_id", "version"),
)

# The document is kept as a keyed hash: an attempt never tells who was tried. `purpose`: what it
# may lead to, and nothing else. `vouched_at`: the second proof of a reset was given.
entry_attempt = Table(
    "entry_attempt",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    Column("telegram_id", BigInteger, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("document_key", Text, nullable=False),
    Column("purpose", Text, nullable=False, server_default="entry"),
    Column("bound", Boolean, nullable=False),
    Column("first_key", Boolean, nullable=False, server_default="0"),
    Column("pin_ok", Boolean),
    Column("code_hash", Text),
    Column("code_expires_at", Instant),
    Column("code_tries", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False, index=True),
    Column("proven_at", Instant),
    Column("vouch_tries", Integer, nullable=False, server_default="0"),
    Column("vouched_at", Instant),
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
