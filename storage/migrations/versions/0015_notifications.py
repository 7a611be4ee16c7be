"""The ledger of notifications, and what members chose to be told."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0015_notifications"
down_revision = "0014_push_api"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _closed_chat()
    _notification_counter()
    _contact_day()
    _contact_week()
    _notification()
    _notification_preference()
    _conversation()


def _closed_chat() -> None:
    op.create_table(
        "closed_chat",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("closed_at", storage.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_closed_chat")),
    )


def _notification_counter() -> None:
    op.create_table(
        "notification_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=False),
        sa.Column("pause_until", storage.types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification_counter")),
    )
    op.execute("INSERT INTO notification_counter (id, ticket) VALUES (1, 0)")


def _contact_day() -> None:
    op.create_table(
        "contact_day",
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("notification_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_contact_day_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "day", name=op.f("pk_contact_day")),
    )


def _contact_week() -> None:
    op.create_table(
        "contact_week",
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("notification_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_contact_week_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "week", name=op.f("pk_contact_week")),
    )


def _notification() -> None:
    op.create_table(
        "notification",
        *(*_message(), *_fate(), *_rules()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notification_batch", "notification", ["batch_id", "state"])
    op.create_index(op.f("ix_notification_sending_at"), "notification", ["sending_at"])
    for name, columns, states in (
        ("dead", ["settled_at"], "'dead', 'unknown'"),
        ("due", ["batch_id", "priority", "not_before", "id"], "'queued', 'retry'"),
        ("in_hand", ["lease_until"], "'leased', 'sending'"),
        ("pending", ["member_id", "id"], "'queued', 'retry', 'leased', 'sending'"),
    ):
        where = sa.text(f"state IN ({states})")
        op.create_index(
            f"ix_notification_{name}",
            "notification",
            columns,
            sqlite_where=where,
            postgresql_where=where,
        )


def _message() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", _KEY, nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("batch_id", _KEY, nullable=True),
        sa.Column("ticket", sa.BigInteger(), nullable=True),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("file_id", _KEY, nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
    )


def _fate() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("doubts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", storage.types.Instant(), nullable=False),
        sa.Column("not_before", storage.types.Instant(), nullable=False),
        sa.Column("expires_at", storage.types.Instant(), nullable=True),
        sa.Column("lease_until", storage.types.Instant(), nullable=True),
        sa.Column("fence", sa.Text(), nullable=True),
        sa.Column("sending_at", storage.types.Instant(), nullable=True),
        sa.Column("settled_at", storage.types.Instant(), nullable=True),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
    )


def _rules() -> tuple[sa.Constraint, ...]:
    return (
        sa.CheckConstraint(
            "state IN ('queued', 'leased', 'sending', 'retry', 'sent', 'unknown', 'dead',"
            " 'skipped', 'cancelled')",
            name=op.f("ck_notification_state"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["notification_batch.id"], name=op.f("fk_notification_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["pushed_file.id"], name=op.f("fk_notification_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_notification_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "client", "external_id", name=op.f("uq_notification_client_external_id")
        ),
    )


def _notification_preference() -> None:
    op.create_table(
        "notification_preference",
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("changed_at", storage.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_notification_preference_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_notification_preference")),
    )


def _conversation() -> None:
    op.add_column("conversation", sa.Column("wanted", sa.Text(), nullable=True))
