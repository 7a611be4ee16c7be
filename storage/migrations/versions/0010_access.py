"""The life of a member's access: accounts bound before, authenticators, resets, withdrawals."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0010_access"
down_revision = "0009_tickets"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = storage.types.Instant()


def upgrade() -> None:
    _credential()
    _attempt_and_consent()
    _binding()
    _authenticator()
    _recovery_code()


def _credential() -> None:
    for name in ("lock_reason", "locked_by"):
        op.add_column("credential", sa.Column(name, sa.Text(), nullable=True))
    for name in ("reset_required_at", "reset_granted_until", "pin_serves_from", "attempts_from"):
        op.add_column("credential", sa.Column(name, _INSTANT, nullable=True))


def _attempt_and_consent() -> None:
    op.add_column(
        "entry_attempt", sa.Column("purpose", sa.Text(), server_default="entry", nullable=False)
    )
    op.add_column(
        "entry_attempt", sa.Column("vouch_tries", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("entry_attempt", sa.Column("vouched_at", _INSTANT, nullable=True))
    op.add_column("consent", sa.Column("withdrawn_at", _INSTANT, nullable=True))


def _binding() -> None:
    """The history begins with the accounts that are bound now."""
    op.create_table(
        "binding",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("bound_at", _INSTANT, nullable=False),
        sa.Column("last_entry_at", _INSTANT, nullable=False),
        sa.Column("unbound_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_binding_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding")),
    )
    op.create_index("ix_binding_member", "binding", ["member_id", "bound_at"], unique=False)
    op.create_index(
        "uq_binding_live_member",
        "binding",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("unbound_at IS NULL"),
        postgresql_where=sa.text("unbound_at IS NULL"),
    )
    op.execute(
        "INSERT INTO binding (member_id, telegram_id, bound_at, last_entry_at) "
        "SELECT member_id, telegram_id, bound_at, last_entry_at FROM credential "
        "WHERE telegram_id IS NOT NULL AND bound_at IS NOT NULL AND last_entry_at IS NOT NULL"
    )


def _authenticator() -> None:
    op.create_table(
        "authenticator",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("staff_id", _KEY, nullable=True),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("confirmed_at", _INSTANT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("failures_own", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures_others", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(member_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_authenticator_one_person")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_authenticator_member_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_authenticator_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator")),
        sa.UniqueConstraint("member_id", name=op.f("uq_authenticator_member_id")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_authenticator_staff_id")),
    )


def _recovery_code() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("authenticator_id", _KEY, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["authenticator_id"],
            ["authenticator.id"],
            name=op.f("fk_recovery_code_authenticator_id"),
        ),
        sa.PrimaryKeyConstraint("authenticator_id", "code_hash", name=op.f("pk_recovery_code")),
    )
