"""Changes of a member's e-mail or mobile by two people, and what such changes made outdated."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text
from sqlalchemy import text as sql

from storage.schema.metadata import metadata
from storage.types import Instant

_KEY = BigInteger().with_variant(Integer, "sqlite")
_DAY = 24 * 60 * 60 * 1_000_000
_OPEN = sql("closed_at IS NULL")

# `serves_at`: from then on the new value serves, a day after the confirmation at the earliest.
# `closed_by` is None when the member or the office closed it. `requested_by` is None when the
# member asked for it in an update of their data; `reason` is then its filing number.
contact_change = Table(
    "contact_change",
    metadata,
    Column("id", _KEY, primary_key=True),
    Column("member_id", _KEY, ForeignKey("member.id"), nullable=False),
    Column("field", Text, nullable=False),
    Column("old_value", Text),
    Column("new_value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_by", _KEY, ForeignKey("staff.id")),
    Column("requested_from", BigInteger, nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("confirmed_by", _KEY, ForeignKey("staff.id")),
    Column("confirmed_from", BigInteger),
    Column("confirmed_at", Instant),
    Column("serves_at", Instant),
    Column("closed_at", Instant),
    Column("closed_by", _KEY, ForeignKey("staff.id")),
    Column("outcome", Text),
    CheckConstraint("field IN ('email', 'mobile')", name="field"),
    CheckConstraint(
        "outcome IN ('applied', 'refused', 'stopped', 'lapsed', 'overtaken')", name="outcome"
    ),
    CheckConstraint(
        "confirmed_by <> requested_by AND confirmed_from <> requested_from", name="two_people"
    ),
    CheckConstraint(
        "(confirmed_by IS NULL) = (confirmed_from IS NULL)"
        " AND (confirmed_by IS NULL) = (serves_at IS NULL)"
        " AND (confirmed_by IS NULL) = (confirmed_at IS NULL)"
        f" AND serves_at >= confirmed_at + {_DAY}",
        name="held",
    ),
    CheckConstraint(
        "outcome <> 'applied' OR (confirmed_by IS NOT NULL AND closed_at >= serves_at)",
        name="applied",
    ),
    Index(
        "uq_contact_change_open",
        "member_id",
        "field",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index("ix_contact_change_open", "serves_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
)

# Values of the core system's columns that were changed here since: until a load brings the new
# one, these are not believed (storage.intake.approvals). `previous` is empty where there was none.
outdated_value = Table(
    "outdated_value",
    metadata,
    Column("member_id", _KEY, ForeignKey("member.id"), primary_key=True),
    Column("column", Text, primary_key=True),
    Column("previous", Text, primary_key=True),
    Column("since", Instant, nullable=False),
)
