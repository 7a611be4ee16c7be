"""A member's own change of e-mail or mobile is held too; one memory of what a late load brings."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0019_own_contacts"
down_revision = "0017_broadcasts"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = storage.types.Instant()
_DAY = 24 * 60 * 60 * 1_000_000
# As in migration 0011: SQLite forgets them when it makes the table anew.
_CHECKS = {
    "field": "field IN ('email', 'mobile')",
    "outcome": "outcome IN ('applied', 'refused', 'stopped', 'lapsed', 'overtaken')",
    "two_people": "confirmed_by <> requested_by AND confirmed_from <> requested_from",
    "held": (
        "(confirmed_by IS NULL) = (confirmed_from IS NULL)"
        " AND (confirmed_by IS NULL) = (serves_at IS NULL)"
        " AND (confirmed_by IS NULL) = (confirmed_at IS NULL)"
        f" AND serves_at >= confirmed_at + {_DAY}"
    ),
    "applied": "outcome <> 'applied' OR (confirmed_by IS NOT NULL AND closed_at >= serves_at)",
}


def upgrade() -> None:
    _outdated()
    op.drop_table("profile_hold")
    checks = tuple(
        sa.CheckConstraint(rule, name=op.f(f"ck_contact_change_{name}"))
        for name, rule in _CHECKS.items()
    )
    with (
        _same_triggers("contact_change"),
        op.batch_alter_table("contact_change", table_args=checks) as change,
    ):
        change.alter_column("requested_by", existing_type=_KEY, nullable=True)
        change.drop_column("settled_at")


def _outdated() -> None:
    """What was held until now, of approved updates and of changes by two employees."""
    op.create_table(
        "outdated_value",
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_outdated_value_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "column", "previous", name=op.f("pk_outdated_value")),
    )
    op.execute(
        'INSERT INTO outdated_value (member_id, "column", previous, since) '
        "SELECT member_id, \"column\", coalesce(previous, ''), since FROM profile_hold"
    )
    op.execute(
        'INSERT INTO outdated_value (member_id, "column", previous, since) '
        "SELECT member_id, field, coalesce(old_value, ''), max(closed_at) FROM contact_change "
        "WHERE outcome = 'applied' AND settled_at IS NULL "
        "GROUP BY member_id, field, coalesce(old_value, '') ON CONFLICT DO NOTHING"
    )


@contextmanager
def _same_triggers(table: str) -> Iterator[None]:
    """SQLite drops a table's triggers together with the table that it replaces."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        yield
        return
    named = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    triggers = list(connection.scalars(named, {"table": table}))
    yield
    for trigger in triggers:
        op.execute(trigger)
