"""Employees, their sessions, and notes in the chats."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0004_staff"
down_revision = "0003_conversation"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _staff()
    _session()
    _note()


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("revoked_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint(
            "role IN ('verifier', 'support', 'broadcaster', 'auditor', 'admin')",
            name=op.f("ck_staff_role"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_staff_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_staff_telegram_id")),
    )


def _session() -> None:
    """Sessions of employees beside those of members."""
    with op.batch_alter_table("session") as session:
        session.alter_column("member_id", existing_type=_KEY, nullable=True)
        session.add_column(sa.Column("staff_id", _KEY, nullable=True))
        session.create_foreign_key(op.f("fk_session_staff_id"), "staff", ["staff_id"], ["id"])
        session.create_check_constraint(
            op.f("ck_session_one_person"), "(member_id IS NULL) <> (staff_id IS NULL)"
        )
    op.create_index(
        "uq_session_live_staff",
        "session",
        ["staff_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_subject"), "note", ["subject"], unique=False)
