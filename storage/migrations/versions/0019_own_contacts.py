"""A member's own change of e-mail or mobile is held too; one memory of what a late load brings;
nobody decides on a member who ever was at a Telegram account of theirs."""

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

# Their own membership, a request from their own Telegram account, or one from which they work that
# is, or was, that member's.
_OWN = """(
    EXISTS (SELECT 1 FROM staff, profile_request WHERE staff.id = NEW.decided_by
        AND profile_request.id = NEW.request_id AND (staff.member_id = NEW.member_id
            OR staff.telegram_id = profile_request.chat_id))
    OR EXISTS (
        SELECT 1 FROM (
            SELECT telegram_id FROM binding WHERE member_id = NEW.member_id
            UNION SELECT telegram_id FROM credential WHERE member_id = NEW.member_id
            UNION SELECT telegram_id FROM session WHERE member_id = NEW.member_id
        ) AS theirs
        WHERE theirs.telegram_id IN (
            SELECT telegram_id FROM session WHERE staff_id = NEW.decided_by
            UNION SELECT telegram_id FROM staff WHERE id = NEW.decided_by
        )
    )
)"""


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
    _nobody_decides_their_own()


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


def _nobody_decides_their_own() -> None:
    """As everywhere else: nor that of a member who ever was at a Telegram account of theirs."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("INSERT", "UPDATE"):
            name = f"own_decision_{event.lower()}"
            op.execute(f"DROP TRIGGER {name}")
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON profile_section "
                f"WHEN {_OWN} BEGIN SELECT RAISE(ABORT, 'nobody decides their own data'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_own_decision() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN IF {_OWN} THEN RAISE EXCEPTION 'nobody decides their own data' "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
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
