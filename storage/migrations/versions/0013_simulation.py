"""Members' salaries, and simulations that somebody wants to be called about."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0013_simulation"
down_revision = "0011_staff_work"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("member", sa.Column("salary", storage.types.Money(), nullable=True))
    _lead()
    _lead_event()


def _lead() -> None:
    op.create_table(
        "lead",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *_person(),
        *_simulation(),
        *_work(),
        sa.CheckConstraint("state IN ('open', 'claimed', 'closed')", name=op.f("ck_lead_state")),
        sa.CheckConstraint("product IN ('credit', 'cdat')", name=op.f("ck_lead_product")),
        sa.CheckConstraint(
            "member_id IS NULL OR visitor_name IS NULL", name=op.f("ck_lead_one_person")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_lead_member_id")),
        sa.ForeignKeyConstraint(["claimed_by"], ["staff.id"], name=op.f("fk_lead_claimed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    op.create_index("ix_lead_queue", "lead", ["state", "created_at"], unique=False)
    op.create_index("ix_lead_chat", "lead", ["chat_id"], unique=False)


def _person() -> list[sa.Column[Any]]:
    return [
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("visitor_name", sa.Text(), nullable=True),
        sa.Column("visitor_mobile", sa.Text(), nullable=True),
    ]


def _simulation() -> list[sa.Column[Any]]:
    return [
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("amount", storage.types.Money(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=True),
        sa.Column("rate", storage.types.Rate(), nullable=False),
        sa.Column("rate_kind", sa.Text(), nullable=False),
        sa.Column("figure", storage.types.Money(), nullable=False),
        sa.Column("simulated_on", sa.Date(), nullable=False),
    ]


def _work() -> list[sa.Column[Any]]:
    return [
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("claimed_by", _KEY, nullable=True),
        sa.Column("claimed_at", storage.types.Instant(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("closed_at", storage.types.Instant(), nullable=True),
    ]


def _lead_event() -> None:
    op.create_table(
        "lead_event",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("lead_id", _KEY, nullable=False),
        sa.Column("at", storage.types.Instant(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("staff_id", _KEY, nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_event_lead_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_lead_event_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_event")),
    )
    op.create_index("ix_lead_event_lead", "lead_event", ["lead_id", "id"], unique=False)
