"""Members, their products and movements."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0001_core"
down_revision = None


def upgrade() -> None:
    _member()
    _product()
    _movement()
    _withholding()
    _import_run()


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("first_names", sa.Text(), nullable=False),
        sa.Column("surnames", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("first_loaded_at", storage.types.Instant(), nullable=False),
        sa.CheckConstraint("status IN ('active', 'inactive')", name=op.f("ck_member_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint(
            "document_number", "document_type", name=op.f("uq_member_document_number_document_type")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_member_number")),
    )


def _product() -> None:
    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("balance", storage.types.Money(), nullable=False),
        sa.Column("rate", storage.types.Rate(), nullable=True),
        sa.Column("rate_kind", sa.Text(), nullable=True),
        sa.Column("instalment", storage.types.Money(), nullable=True),
        sa.Column("accrued_interest", storage.types.Money(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("matures_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("disbursed", storage.types.Money(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("instalments_paid", sa.Integer(), nullable=True),
        sa.Column("instalments_total", sa.Integer(), nullable=True),
        sa.Column("days_past_due", sa.Integer(), nullable=True),
        sa.Column("arrears", storage.types.Money(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('contribution', 'demand', 'permanent', 'programmed', 'cdat', 'credit')",
            name=op.f("ck_product_kind"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_product_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_product_kind_number")),
    )
    op.create_index("ix_product_member", "product", ["member_id"], unique=False)


def _movement() -> None:
    op.create_table(
        "movement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("amount", storage.types.Money(), nullable=False),
        sa.Column("balance", storage.types.Money(), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_movement_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement")),
        sa.UniqueConstraint(
            "product_id", "reference", name=op.f("uq_movement_product_id_reference")
        ),
    )
    op.create_index(
        "ix_movement_newest", "movement", ["product_id", "booked_on", "id"], unique=False
    )


def _withholding() -> None:
    op.create_table(
        "withholding",
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("base", storage.types.Money(), nullable=False),
        sa.Column("rate", storage.types.Rate(), nullable=False),
        sa.Column("amount", storage.types.Money(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_withholding_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "year", "concept", name=op.f("pk_withholding")),
    )


def _import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", storage.types.Instant(), nullable=False),
        sa.Column("finished_at", storage.types.Instant(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("complete", sa.Integer(), nullable=False),
        sa.Column("loaded", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
