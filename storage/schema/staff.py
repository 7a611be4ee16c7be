"""Employees."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, Table, Text

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")

# `member_id`: the employee's own membership, on which they may not act.
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
)
