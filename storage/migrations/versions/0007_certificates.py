"""Certificates: the years on file, what was issued, and proofs asked for before."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0007_certificates"
down_revision = "0005_audit"


def upgrade() -> None:
    _closed_year()
    _year_end()
    _certificate()
    _folio_series()
    _certificate_copy()
    _step_up()


def _closed_year() -> None:
    op.create_table(
        "closed_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_closed_year")),
    )
    _close_years()


def _close_years() -> None:
    """Years loaded before this version are closed when they had ended at the newest load."""
    connection = op.get_bind()
    cut_off = sa.table("import_run", sa.column("cut_off", sa.Date()))
    newest = connection.scalar(sa.select(sa.func.max(cut_off.c.cut_off)))
    if newest is None:
        return
    last = newest.year if (newest.month, newest.day) == (12, 31) else newest.year - 1
    loaded = sa.table("withholding", sa.column("year", sa.Integer()))
    years = sa.select(loaded.c.year).where(loaded.c.year <= last).distinct()
    closed = sa.table("closed_year", sa.column("year", sa.Integer()))
    connection.execute(sa.insert(closed).from_select(["year"], years))


def _year_end() -> None:
    op.create_table(
        "year_end",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("balance", storage.types.Money(), nullable=False),
        sa.Column("yields", storage.types.Money(), nullable=True),
        sa.Column("tax_on_movements", storage.types.Money(), nullable=True),
        sa.Column("revaluation", storage.types.Money(), nullable=True),
        sa.Column("interest", storage.types.Money(), nullable=True),
        sa.Column("default_interest", storage.types.Money(), nullable=True),
        sa.Column("housing_interest", storage.types.Money(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_year_end_member_id")),
        sa.PrimaryKeyConstraint("year", "kind", "number", name=op.f("pk_year_end")),
    )
    op.create_index("ix_year_end_member", "year_end", ["member_id", "year"], unique=False)


def _certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("issued_at", storage.types.Instant(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("voided_at", storage.types.Instant(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("voided_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_certificate_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    op.create_index("uq_certificate_folio", "certificate", ["series", "number"], unique=True)
    op.create_index(
        "ix_certificate_member", "certificate", ["member_id", "kind", "year", "id"], unique=False
    )


def _folio_series() -> None:
    op.create_table(
        "folio_series",
        sa.Column("series", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_folio_series")),
    )


def _certificate_copy() -> None:
    op.create_table(
        "certificate_copy",
        sa.Column(
            "certificate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", storage.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_copy_certificate_id")
        ),
        sa.PrimaryKeyConstraint("certificate_id", "sha256", name=op.f("pk_certificate_copy")),
    )
    op.create_index("ix_certificate_copy_sha256", "certificate_copy", ["sha256"], unique=False)


def _step_up() -> None:
    op.create_table(
        "step_up",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.Column("code_expires_at", storage.types.Instant(), nullable=True),
        sa.Column("code_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("proven_at", storage.types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_step_up_session_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_step_up_member_id")),
        sa.PrimaryKeyConstraint("session_id", "purpose", name=op.f("pk_step_up")),
    )
