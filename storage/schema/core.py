"""What the cooperative's core system loads: members, their products and movements."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema.metadata import metadata
from storage.types import Instant, Money, Rate

_KEY = BigInteger().with_variant(Integer, "sqlite")

member = Table(
    "member",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("document_type", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("first_names", Text, nullable=False),
    Column("surnames", Text, nullable=False),
    Column("birth_date", Date, nullable=False),
    Column("email", Text),
    Column("mobile", Text),
    Column("status", Text, nullable=False),
    Column("joined_on", Date),
    Column("municipality", Text),
    Column("as_of", Date, nullable=False),
    Column("first_loaded_at", Instant, nullable=False),
    # Surnames and first names without case or accents; the database works it out (migration 0011).
    Column("search_name", Text, Computed("surnames"), index=True),
    Column("salary", Money),
    UniqueConstraint("document_number", "document_type"),
    CheckConstraint("status IN ('active', 'inactive')", name="status"),
)

# One table for contributions, savings and credits: the statement is one read.
product = Table(
    "product",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("member_id", _KEY, ForeignKey("member.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("balance", Money, nullable=False),
    Column("rate", Rate),
    Column("rate_kind", Text),
    Column("instalment", Money),
    Column("accrued_interest", Money),
    Column("opened_on", Date),
    Column("matures_on", Date),
    Column("closed_on", Date),
    Column("period", Text),
    Column("disbursed", Money),
    Column("next_due_on", Date),
    Column("instalments_paid", Integer),
    Column("instalments_total", Integer),
    Column("days_past_due", Integer),
    Column("arrears", Money),
    UniqueConstraint("kind", "number"),
    Index("ix_product_member", "member_id"),
    CheckConstraint(
        "kind IN ('contribution', 'demand', 'permanent', 'programmed', 'cdat', 'credit')",
        name="kind",
    ),
)

movement = Table(
    "movement",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("product_id", _KEY, ForeignKey("product.id"), nullable=False),
    Column("reference", Text, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("description", Text, nullable=False),
    Column("amount", Money, nullable=False),
    Column("balance", Money),
    UniqueConstraint("product_id", "reference"),
    Index("ix_movement_newest", "product_id", "booked_on", "id"),
)

withholding = Table(
    "withholding",
    metadata,
    Column("member_id", _KEY, ForeignKey("member.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("concept", Text, primary_key=True),
    Column("base", Money, nullable=False),
    Column("rate", Rate, nullable=False),
    Column("amount", Money, nullable=False),
)

import_run = Table(
    "import_run",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant, nullable=False),
    Column("cut_off", Date, nullable=False),
    Column("complete", Integer, nullable=False),
    Column("loaded", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
)
