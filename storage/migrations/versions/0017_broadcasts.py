"""Broadcasts by employees: drafts, what was asked for, and that many members take two people."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0017_broadcasts"
down_revision = "0016_profile"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = storage.types.Instant()
_ON_DUTY = (
    "EXISTS (SELECT 1 FROM staff WHERE staff.id = {staff} AND staff.revoked_at IS NULL"
    " AND staff.role IN ('broadcaster', 'admin'))"
)
_KEPT = ("author_id", "author_account", "asked_at", "message", "terms", "segment", "audience")


def upgrade() -> None:
    op.add_column("notification_batch", sa.Column("resumes", sa.Text(), nullable=True))
    _draft()
    _broadcast()
    _guards()


def _refers(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name)


def _draft() -> None:
    op.create_table(
        "broadcast_draft",
        sa.Column("staff_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        _refers("broadcast_draft", "staff_id", "staff"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_broadcast_draft")),
    )


def _broadcast() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("author_id", _KEY, nullable=False),
        sa.Column("author_account", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "message", "terms")),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("alone", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", _KEY, nullable=True),
        sa.Column("confirmed_from", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", _INSTANT, nullable=True),
        sa.Column("closed_by", _KEY, nullable=True),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("batch_id", _KEY, nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("told_at", _INSTANT, nullable=True),
        sa.Column("end_told_at", _INSTANT, nullable=True),
        *_checks(),
        *(_refers("broadcast", f"{who}_{by}", "staff") for who, by in _PEOPLE),
        _refers("broadcast", "batch_id", "notification_batch"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_broadcast_batch_id")),
    )
    for name, column, condition in (
        ("undecided", "asked_at", "batch_id IS NULL AND closed_at IS NULL"),
        ("untold", "id", "batch_id IS NOT NULL AND end_told_at IS NULL"),
    ):
        where = sa.text(condition)
        op.create_index(
            f"ix_broadcast_{name}",
            "broadcast",
            [column],
            sqlite_where=where,
            postgresql_where=where,
        )


_PEOPLE = (("author", "id"), ("confirmed", "by"), ("closed", "by"))


def _checks() -> list[sa.CheckConstraint]:
    checks = {
        "outcome": "outcome IN ('refused', 'withdrawn', 'lapsed')",
        "two_people": "confirmed_by <> author_id AND confirmed_from <> author_account",
        "confirmed": "(confirmed_by IS NULL) = (confirmed_from IS NULL)"
        " AND (confirmed_by IS NULL) = (confirmed_at IS NULL)",
        "second_person": "batch_id IS NULL OR audience <= alone OR confirmed_by IS NOT NULL",
        "closed": "(closed_at IS NULL) = (outcome IS NULL)"
        " AND (closed_at IS NULL OR (batch_id IS NULL AND confirmed_by IS NULL))",
    }
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_broadcast_{name}"))
        for name, condition in checks.items()
    ]


def _guards() -> None:
    """Only who has the duty asks or confirms, and what is confirmed is what was asked for."""
    for event, staff in (
        ("INSERT", "NEW.author_id"),
        ("UPDATE OF confirmed_by", "NEW.confirmed_by"),
    ):
        off_duty = f"{staff} IS NOT NULL AND NOT {_ON_DUTY.format(staff=staff)}"
        name = f"broadcast_{event.partition(' ')[0].lower()}_duty"
        _refuse(name, event, off_duty, "not by who has not the duty")
    kept = (*_KEPT, "alone")
    changed = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in kept)
    _refuse("broadcast_kept", f"UPDATE OF {', '.join(kept)}", changed, "it stays as it is")


def _refuse(name: str, event: str, condition: str, why: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, 'broadcast: {why}'); END"
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON broadcast WHEN {condition} {body}")
        return
    raising = f"RAISE EXCEPTION 'broadcast: {why}' USING ERRCODE = 'check_violation'"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN {raising}; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON broadcast FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
