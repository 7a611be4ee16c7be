"""Requests to the employees."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0009_tickets"
down_revision = "0007_certificates"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _ticket()
    _ticket_event()


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("document_key", sa.Text(), nullable=False),
        sa.Column("document_masked", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("claimed_by", _KEY, nullable=True),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("claimed_at", storage.types.Instant(), nullable=True),
        sa.Column("closed_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'claimed', 'closed')", name=op.f("ck_ticket_state")),
        sa.ForeignKeyConstraint(["claimed_by"], ["staff.id"], name=op.f("fk_ticket_claimed_by")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ticket_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
    )
    op.create_index("ix_ticket_queue", "ticket", ["state", "created_at"], unique=False)
    op.create_index("ix_ticket_member", "ticket", ["member_id", "created_at"], unique=False)


def _ticket_event() -> None:
    op.create_table(
        "ticket_event",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("ticket_id", _KEY, nullable=False),
        sa.Column("at", storage.types.Instant(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("staff_id", _KEY, nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_ticket_event_staff_id")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_event")),
    )
    op.create_index("ix_ticket_event_ticket", "ticket_event", ["ticket_id", "id"], unique=False)
