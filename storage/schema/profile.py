"""Personal data: what was approved, drafts, requests and their papers."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")


def _member(*, primary_key: bool = False, index: bool | None = None) -> Column[int]:
    parent = ForeignKey("member.id")
    return Column("member_id", _KEY, parent, primary_key=primary_key, index=index, nullable=False)


# `field` is `section.field`, or the name of a repeating section, whose value is a JSON list.
profile_value = Table(
    "profile_value",
    metadata,
    _member(primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("source", Text, nullable=False),
)

profile_confirmation = Table(
    "profile_confirmation",
    metadata,
    _member(primary_key=True),
    Column("section", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

profile_draft = Table(
    "profile_draft",
    metadata,
    _member(primary_key=True),
    Column("content", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)

profile_request = Table(
    "profile_request",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    _member(index=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("declarations", Text, nullable=False),
    Column("closed_at", Instant),
    Column("claimed_by", _KEY, ForeignKey("staff.id")),
    Column("claimed_until", Instant),
    Column("reminded_at", Instant),
    Column("escalated_at", Instant),
    Index(
        "ix_profile_request_open",
        "filed_at",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

# Nobody decides their own: triggers `own_decision` of migration 0016 refuse it.
profile_section = Table(
    "profile_section",
    metadata,
    Column("request_id", _KEY, ForeignKey("profile_request.id"), primary_key=True),
    Column("section", Text, primary_key=True),
    _member(),
    Column("state", Text, nullable=False, server_default="pending"),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("risky", Boolean, nullable=False),
    Column("reason", Text),
    Column("decided_by", _KEY, ForeignKey("staff.id")),
    Column("decided_at", Instant, index=True),
    Index(
        "uq_profile_section_open",
        "member_id",
        "section",
        unique=True,
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    CheckConstraint("state IN ('pending', 'approved', 'rejected', 'withdrawn')", name="state"),
    CheckConstraint(
        "(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)", name="decided"
    ),
)

profile_question = Table(
    "profile_question",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("request_id", _KEY, ForeignKey("profile_request.id"), nullable=False, index=True),
    Column("asked_by", _KEY, ForeignKey("staff.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answer", Text),
    Column("answered_at", Instant),
)

# A paper waits with its member's draft until it is filed; `sealed` is AES-256-GCM.
profile_paper = Table(
    "profile_paper",
    metadata,
    Column("id", _KEY, primary_key=True),
    _member(index=True),
    Column("request_id", _KEY, ForeignKey("profile_request.id"), index=True),
    Column("reason", Text, nullable=False),
    Column("media", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("delete_at", Instant, index=True),
)

# What the core system has yet to take; `position` grows with every commit and has no gaps.
profile_update = Table(
    "profile_update",
    metadata,
    Column("position", _KEY, primary_key=True, autoincrement=False),
    _member(),
    Column("request_number", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text),
    Column("approved_at", Instant, nullable=False),
    Column("taken_at", Instant),
)

profile_counter = Table(
    "profile_counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last", _KEY, nullable=False),
)
