"""How members enter."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0002_entry"
down_revision = "0001_core"


def upgrade() -> None:
    _credential()
    _consent()
    _entry_attempt()
    _document_tried()
    _allowance()


def _credential() -> None:
    op.create_table(
        "credential",
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("pin_hash", sa.Text(), nullable=True),
        sa.Column("pin_key_version", sa.Integer(), nullable=True),
        sa.Column("pin_set_at", storage.types.Instant(), nullable=True),
        sa.Column("failures_bound", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failures_unbound", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_at", storage.types.Instant(), nullable=True),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("bound_at", storage.types.Instant(), nullable=True),
        sa.Column("last_entry_at", storage.types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_credential_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_telegram_id"), "credential", ["telegram_id"], unique=False)


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("given_at", storage.types.Instant(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_account", "consent", ["telegram_id", "version"], unique=False)


def _entry_attempt() -> None:
    op.create_table(
        "entry_attempt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("document_key", sa.Text(), nullable=False),
        sa.Column("bound", sa.Boolean(), nullable=False),
        sa.Column("first_key", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("pin_ok", sa.Boolean(), nullable=True),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.Column("code_expires_at", storage.types.Instant(), nullable=True),
        sa.Column("code_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("proven_at", storage.types.Instant(), nullable=True),
        sa.Column("closed_at", storage.types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_entry_attempt_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_attempt")),
    )
    op.create_index(
        op.f("ix_entry_attempt_created_at"), "entry_attempt", ["created_at"], unique=False
    )


def _document_tried() -> None:
    op.create_table(
        "document_tried",
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "telegram_id", "day", "document_key", name=op.f("pk_document_tried")
        ),
    )


def _allowance() -> None:
    op.create_table(
        "allowance",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("window_start", storage.types.Instant(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_allowance")),
    )
