"""Certificates: the years on file, what was issued, and proofs asked for before."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from storage.schema.metadata import metadata
from storage.types import Instant, Money

_KEY = BigInteger().with_variant(Integer, "sqlite")

# Years whose withholdings were loaded after they had ended: only of these it can be said that
# nothing was withheld.
closed_year = Table(
    "closed_year",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
)

# A product on 31 December; it needs no row in `product`, which may not remember closed ones.
year_end = Table(
    "year_end",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("member_id", _KEY, ForeignKey("member.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("balance", Money, nullable=False),
    Column("yields", Money),
    Column("tax_on_movements", Money),
    Column("revaluation", Money),
    Column("interest", Money),
    Column("default_interest", Money),
    Column("housing_interest", Money),
    Index("ix_year_end_member", "member_id", "year"),
)

# `facts` is what the certificate says, as JSON, and `digest` the SHA-256 of that text.
certificate = Table(
    "certificate",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("series", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("year", Integer),
    Column("issued_at", Instant, nullable=False),
    Column("channel", Text, nullable=False),
    Column("telegram_id", BigInteger),
    Column("facts", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("replaces", Text),
    Column("voided_at", Instant),
    Column("void_reason", Text),
    Column("voided_by", Text),
    Index("uq_certificate_folio", "series", "number", unique=True),
    Index("ix_certificate_member", "member_id", "kind", "year", "id"),
)

# The last number given in a year; raised by the statement that takes numbers.
folio_series = Table(
    "folio_series",
    metadata,
    Column("series", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

# The SHA-256 of every file that was made of a certificate: a change of letterhead makes another.
certificate_copy = Table(
    "certificate_copy",
    metadata,
    Column("certificate_id", _KEY, ForeignKey("certificate.id"), primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("made_at", Instant, nullable=False),
    Index("ix_certificate_copy_sha256", "sha256"),
)

step_up = Table(
    "step_up",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("member_id", _KEY, ForeignKey("member.id"), nullable=False),
    Column("code_hash", Text),
    Column("code_expires_at", Instant),
    Column("code_tries", Integer, nullable=False, server_default="0"),
    Column("proven_at", Instant),
)
