"""The audit trail, its head, and alarms.

Triggers forbid changing entries of the trail, and a keyed chain tells if any was changed all the
same. An entry's `id` is its place in the chain, given when its unit of work commits.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")

# `chain` is empty only in entries written before there was a chain.
audit = Table(
    "audit",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("telegram_id", BigInteger),
    Column("member_id", _KEY),
    Column("details", Text, nullable=False, server_default="{}"),
    Column("staff_id", BigInteger),
    Column("object", Text),
    Column("chain", Text),
    Index("ix_audit_member", "member_id", "at"),
)

# One row. `before_id` and `before`: the last entry before the chain and a digest of all of them.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("before_id", BigInteger, nullable=False),
    Column("before", Text, nullable=False),
    Column("last_id", BigInteger, nullable=False),
    Column("last", Text, nullable=False),
    Column("seal", Text),
    CheckConstraint("id = 1", name="only_one"),
)

# What employees must hear of; `told_at` is empty until the log says it.
alarm = Table(
    "alarm",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("params", Text, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("told_at", Instant),
)
