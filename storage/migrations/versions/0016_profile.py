"""Personal data: what was approved, drafts, requests and their papers."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0016_profile"
down_revision = "0015_notifications"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = storage.types.Instant()
# Their own membership, or a request that was filed from their own Telegram account.
_OWN = (
    "EXISTS (SELECT 1 FROM staff, profile_request WHERE staff.id = NEW.decided_by "
    "AND profile_request.id = NEW.request_id AND (staff.member_id = NEW.member_id "
    "OR staff.telegram_id = profile_request.chat_id))"
)


def upgrade() -> None:
    _on_file()
    _request()
    _section()
    _question()
    _paper()
    _update()
    _nobody_decides_their_own()


def _member(*, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column("member_id", _KEY, nullable=nullable)


def _refers(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name)


def _on_file() -> None:
    op.create_table(
        "profile_value",
        _member(),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _refers("profile_value", "member_id", "member"),
        sa.PrimaryKeyConstraint("member_id", "field", name=op.f("pk_profile_value")),
    )
    op.create_table(
        "profile_confirmation",
        _member(),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        _refers("profile_confirmation", "member_id", "member"),
        sa.PrimaryKeyConstraint("member_id", "section", name=op.f("pk_profile_confirmation")),
    )
    op.create_table(
        "profile_draft",
        _member(),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        _refers("profile_draft", "member_id", "member"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_profile_draft")),
    )
    op.create_index(op.f("ix_profile_draft_expires_at"), "profile_draft", ["expires_at"])


def _request() -> None:
    op.create_table(
        "profile_request",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        _member(),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("filed_at", _INSTANT, nullable=False),
        sa.Column("declarations", sa.Text(), nullable=False),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("claimed_by", _KEY, nullable=True),
        sa.Column("claimed_until", _INSTANT, nullable=True),
        sa.Column("reminded_at", _INSTANT, nullable=True),
        sa.Column("escalated_at", _INSTANT, nullable=True),
        _refers("profile_request", "member_id", "member"),
        _refers("profile_request", "claimed_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_request")),
        sa.UniqueConstraint("number", name=op.f("uq_profile_request_number")),
    )
    op.create_index(op.f("ix_profile_request_member_id"), "profile_request", ["member_id"])
    op.create_index(
        "ix_profile_request_open",
        "profile_request",
        ["filed_at"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _section() -> None:
    op.create_table(
        "profile_section",
        sa.Column("request_id", _KEY, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        _member(),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("risky", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", _KEY, nullable=True),
        sa.Column("decided_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'approved', 'rejected', 'withdrawn')",
            name=op.f("ck_profile_section_state"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)",
            name=op.f("ck_profile_section_decided"),
        ),
        _refers("profile_section", "request_id", "profile_request"),
        _refers("profile_section", "member_id", "member"),
        _refers("profile_section", "decided_by", "staff"),
        sa.PrimaryKeyConstraint("request_id", "section", name=op.f("pk_profile_section")),
    )
    op.create_index(op.f("ix_profile_section_decided_at"), "profile_section", ["decided_at"])
    op.create_index(
        "uq_profile_section_open",
        "profile_section",
        ["member_id", "section"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )


def _question() -> None:
    op.create_table(
        "profile_question",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("request_id", _KEY, nullable=False),
        sa.Column("asked_by", _KEY, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", _INSTANT, nullable=True),
        _refers("profile_question", "request_id", "profile_request"),
        _refers("profile_question", "asked_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_question")),
    )
    op.create_index(op.f("ix_profile_question_request_id"), "profile_question", ["request_id"])


def _paper() -> None:
    op.create_table(
        "profile_paper",
        sa.Column("id", _KEY, nullable=False),
        _member(),
        sa.Column("request_id", _KEY, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("delete_at", _INSTANT, nullable=True),
        _refers("profile_paper", "member_id", "member"),
        _refers("profile_paper", "request_id", "profile_request"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_paper")),
    )
    for column in ("member_id", "request_id", "delete_at"):
        op.create_index(op.f(f"ix_profile_paper_{column}"), "profile_paper", [column])


def _update() -> None:
    op.create_table(
        "profile_update",
        sa.Column("position", _KEY, autoincrement=False, nullable=False),
        _member(),
        sa.Column("request_number", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("approved_at", _INSTANT, nullable=False),
        sa.Column("taken_at", _INSTANT, nullable=True),
        _refers("profile_update", "member_id", "member"),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_profile_update")),
    )
    op.create_table(
        "profile_hold",
        _member(),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("approved", sa.Text(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        _refers("profile_hold", "member_id", "member"),
        sa.PrimaryKeyConstraint("member_id", "column", name=op.f("pk_profile_hold")),
    )
    op.create_table(
        "profile_counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("last", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_profile_counter")),
    )


def _nobody_decides_their_own() -> None:
    """Whatever writes it: a row may not name an employee as the decider of their own data."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER own_decision_{event.lower()} BEFORE {event} ON profile_section "
                f"WHEN {_OWN} BEGIN SELECT RAISE(ABORT, 'nobody decides their own data'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_own_decision() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_OWN} THEN RAISE EXCEPTION 'nobody decides their own data' "
        "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER own_decision BEFORE INSERT OR UPDATE ON profile_section "
        "FOR EACH ROW EXECUTE FUNCTION refuse_own_decision()"
    )
