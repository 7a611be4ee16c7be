"""The audit trail becomes a chain that nobody may rewrite unnoticed; failures and alarms.

The key is not at hand here: entries written before are marked by having no chain value, and a
digest of them is what the chain begins with.
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

import storage.types
from storage.audit.chain import COLUMNS, add_to

revision = "0005_audit"
down_revision = "0004_staff"

REFUSALS = {
    "audit": ("UPDATE", "DELETE"),
    "audit_head": ("DELETE",),
}


def upgrade() -> None:
    op.add_column("audit", sa.Column("staff_id", sa.BigInteger(), nullable=True))
    op.add_column("audit", sa.Column("object", sa.Text(), nullable=True))
    op.add_column("audit", sa.Column("chain", sa.Text(), nullable=True))
    _audit_head()
    _alarm()
    _failure_minute()
    op.create_index("ix_entry_attempt_chat_id", "entry_attempt", ["chat_id"])
    op.create_index("ix_mail_attempt_id", "mail", ["attempt_id"])
    if op.get_bind().dialect.name == "postgresql":
        _postgresql_triggers()
    else:
        _sqlite_triggers()


def _audit_head() -> None:
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("before_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    bind = op.get_bind()
    last_id = bind.scalar(sa.text("SELECT coalesce(max(id), 0) FROM audit"))
    entries = bind.execute(sa.text(f"SELECT {', '.join(COLUMNS)} FROM audit ORDER BY id"))  # noqa: S608
    found = sha256()
    for entry in entries:
        add_to(found, tuple(entry))
    before = found.hexdigest()
    both = {"before_id": last_id, "last_id": last_id, "before": before, "last": before}
    op.bulk_insert(head, [{"id": 1} | both])


def _alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("raised_at", storage.types.Instant(), nullable=False),
        sa.Column("told_at", storage.types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )


def _failure_minute() -> None:
    op.create_table(
        "failure_minute",
        sa.Column("minute", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("minute", name=op.f("pk_failure_minute")),
    )


def _sqlite_triggers() -> None:
    for table, verbs in REFUSALS.items():
        for verb in verbs:
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
    op.execute(
        "CREATE TRIGGER audit_in_chain BEFORE INSERT ON audit WHEN NEW.chain IS NULL "
        "BEGIN SELECT RAISE(ABORT, 'audit entries are written in the chain'); END"
    )


def _postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"
    )
    for table, verbs in REFUSALS.items():
        for verb in (*verbs, "TRUNCATE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
    op.execute(
        "CREATE TRIGGER audit_in_chain BEFORE INSERT ON audit FOR EACH ROW "
        "WHEN (NEW.chain IS NULL) EXECUTE FUNCTION refuse_change()"
    )
