"""The push API: keys, answers given, files and batches."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0014_push_api"
down_revision = "0013_simulation"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _api_key()
    _idempotency()
    _pushed_file()
    _notification_batch()
    _rejected_row()


def _api_key() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint("slot IN (1, 2)", name=op.f("ck_api_key_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("name", name=op.f("uq_api_key_name")),
    )
    op.create_index(
        "uq_api_key_live",
        "api_key",
        ["client", "slot"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", storage.types.Instant(), nullable=True),
        sa.Column("fence", sa.Text(), nullable=True),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("client", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_created_at"), "idempotency", ["created_at"], unique=False)


def _pushed_file() -> None:
    op.create_table(
        "pushed_file",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("telegram_file_id", sa.Text(), nullable=True),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('document', 'picture')", name=op.f("ck_pushed_file_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushed_file")),
        sa.UniqueConstraint(
            "client", "sha256", "name", name=op.f("uq_pushed_file_client_sha256_name")
        ),
    )
    op.create_index(op.f("ix_pushed_file_created_at"), "pushed_file", ["created_at"], unique=False)


def _notification_batch() -> None:
    op.create_table(
        "notification_batch",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("segment", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("repeated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("accepted_at", storage.types.Instant(), nullable=True),
        sa.Column("ended_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('bulk', 'broadcast')", name=op.f("ck_notification_batch_kind")
        ),
        sa.CheckConstraint(
            "state IN ('receiving', 'expanding', 'open', 'paused', 'cancelled', 'done')",
            name=op.f("ck_notification_batch_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_batch")),
        sa.UniqueConstraint(
            "client", "external_id", name=op.f("uq_notification_batch_client_external_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notification_batch_state", "notification_batch", ["state", "ticket"], unique=False
    )


def _rejected_row() -> None:
    op.create_table(
        "rejected_row",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("batch_id", _KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["notification_batch.id"], name=op.f("fk_rejected_row_batch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_row")),
    )
    op.create_index("ix_rejected_row_batch", "rejected_row", ["batch_id", "id"], unique=False)
