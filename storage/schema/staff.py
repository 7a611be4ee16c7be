"""Employees, how they are invited, and what they did."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")

# One row per person, for good: whoever is invited again keeps it. `member_id`: the employee's own
# membership, on which they may not act.
staff = Table(
    "staff",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("telegram_id", BigInteger, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    CheckConstraint(
        "role IN ('verifier', 'support', 'broadcaster', 'auditor', 'admin')", name="role"
    ),
    Index("uq_staff_name", "name", unique=True),
    Index("uq_staff_member_id", "member_id", unique=True),
)

# `opened_at`: the account that opened the link is the only one that it serves.
staff_invitation = Table(
    "staff_invitation",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("staff_id", _KEY, ForeignKey("staff.id"), nullable=False, index=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("created_at", Instant, nullable=False),
    Column("telegram_id", BigInteger),
    Column("opened_at", Instant),
    Column("used_at", Instant),
)

# What employees did to members and tickets, and why. Triggers refuse an act on one's own account,
# one of a revoked employee, and any change of a row (migration 0011).
staff_act = Table(
    "staff_act",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("staff_id", _KEY, ForeignKey("staff.id"), nullable=False),
    Column("telegram_id", BigInteger, nullable=False),
    Column("action", Text, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id")),
    Column("about", Text),
    Column("reason", Text, nullable=False, server_default=""),
    Index("ix_staff_act_member", "member_id", "id"),
)
