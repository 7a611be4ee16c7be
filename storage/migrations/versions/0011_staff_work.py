"""The employees' work: invitations, acts, changes of contact by two people, finding members."""

from typing import Any
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0011_staff_work"
down_revision = "0010_access"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = storage.types.Instant()
_DAY = 24 * 60 * 60 * 1_000_000
# The accents of Spanish names and of their neighbours (acute, grave, diaeresis, tilde, cedilla,
# circumflex): SQLite's parser bears no more than thirty functions inside each other.
_ACCENTS = {
    "a": "\u0301\u0300\u0308\u0303",
    "c": "\u0327",
    "e": "\u0301\u0300\u0302",
    "i": "\u0301",
    "n": "\u0303",
    "o": "\u0301\u0308",
    "u": "\u0301\u0308",
}
_ACCENTED = {
    normalize("NFC", letter + mark): letter for letter, marks in _ACCENTS.items() for mark in marks
}
# Whether the account is the employee's own: by their membership, or because one of the Telegram
# accounts they have worked from is, or was, bound to that member.
_OWN = """(
    EXISTS (SELECT 1 FROM staff WHERE staff.id = {staff} AND staff.member_id = {member})
    OR EXISTS (
        SELECT 1 FROM (
            SELECT telegram_id FROM binding WHERE member_id = {member}
            UNION SELECT telegram_id FROM credential WHERE member_id = {member}
            UNION SELECT telegram_id FROM session WHERE member_id = {member}
        ) AS theirs
        WHERE theirs.telegram_id IN (
            SELECT telegram_id FROM session WHERE staff_id = {staff}
            UNION SELECT telegram_id FROM staff WHERE id = {staff}
        )
    )
)"""
_REVOKED = "EXISTS (SELECT 1 FROM staff WHERE staff.id = {staff} AND staff.revoked_at IS NOT NULL)"


def upgrade() -> None:
    _staff()
    _invitation()
    _act()
    _contact_change()
    _ticket()
    _search()
    _guards()


def _staff() -> None:
    for name in ("name", "member_id"):
        op.create_index(f"uq_staff_{name}", "staff", [name], unique=True)
    op.create_index("ix_session_staff", "session", ["staff_id", "started_at"], unique=False)


def _invitation() -> None:
    op.create_table(
        "staff_invitation",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("staff_id", _KEY, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", _INSTANT, nullable=True),
        sa.Column("used_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_staff_invitation_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_invitation_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invitation_token_hash")),
    )
    op.create_index("ix_staff_invitation_staff_id", "staff_invitation", ["staff_id"], unique=False)


def _act() -> None:
    op.create_table(
        "staff_act",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("staff_id", _KEY, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_staff_act_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_act_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_act")),
    )
    op.create_index("ix_staff_act_member", "staff_act", ["member_id", "id"], unique=False)


def _contact_change() -> None:
    columns, rules = _contact_change_columns(), _contact_change_rules()
    op.create_table("contact_change", *columns, *rules)
    still_open = sa.text("closed_at IS NULL")
    for name, keys, unique in (
        ("uq_contact_change_open", ["member_id", "field"], True),
        ("ix_contact_change_open", ["serves_at"], False),
    ):
        op.create_index(
            name,
            "contact_change",
            keys,
            unique=unique,
            sqlite_where=still_open,
            postgresql_where=still_open,
        )


def _contact_change_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old_value", sa.Text(), nullable=True),
        sa.Column("new_value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by", _KEY, nullable=False),
        sa.Column("requested_from", sa.BigInteger(), nullable=False),
        sa.Column("requested_at", _INSTANT, nullable=False),
        sa.Column("confirmed_by", _KEY, nullable=True),
        sa.Column("confirmed_from", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", _INSTANT, nullable=True),
        sa.Column("serves_at", _INSTANT, nullable=True),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.Column("closed_by", _KEY, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("settled_at", _INSTANT, nullable=True),
    )


def _contact_change_rules() -> tuple[sa.Constraint, ...]:
    return (
        sa.CheckConstraint("field IN ('email', 'mobile')", name=op.f("ck_contact_change_field")),
        sa.CheckConstraint(
            "outcome IN ('applied', 'refused', 'stopped', 'lapsed', 'overtaken')",
            name=op.f("ck_contact_change_outcome"),
        ),
        sa.CheckConstraint(
            "confirmed_by <> requested_by AND confirmed_from <> requested_from",
            name=op.f("ck_contact_change_two_people"),
        ),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_from IS NULL)"
            " AND (confirmed_by IS NULL) = (serves_at IS NULL)"
            " AND (confirmed_by IS NULL) = (confirmed_at IS NULL)"
            f" AND serves_at >= confirmed_at + {_DAY}",
            name=op.f("ck_contact_change_held"),
        ),
        sa.CheckConstraint(
            "outcome <> 'applied' OR (confirmed_by IS NOT NULL AND closed_at >= serves_at)",
            name=op.f("ck_contact_change_applied"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_contact_change_member_id")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_contact_change_{name}"))
            for name in ("requested_by", "confirmed_by", "closed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_change")),
    )


def _ticket() -> None:
    for name in ("announced_at", "reminded_at"):
        op.add_column("ticket", sa.Column(name, _INSTANT, nullable=True))


def _search() -> None:
    """Names without case or accents, always in step with the names: ` nanez pena maria`."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    folded = _folded_by_sqlite if sqlite else _folded_by_postgresql
    column = sa.Computed(folded("' ' || surnames || ' ' || first_names"), persisted=not sqlite)
    op.add_column("member", sa.Column("search_name", sa.Text(), column))
    op.create_index("ix_member_search_name", "member", ["search_name"], unique=False)


def _folded_by_sqlite(text: str) -> str:
    # lower() of SQLite knows ASCII only.
    for accented, letter in _ACCENTED.items():
        for each in (accented, accented.upper()):
            text = f"replace({text}, '{each}', '{letter}')"
    return f"lower({text})"


def _folded_by_postgresql(text: str) -> str:
    accented, letters = "".join(_ACCENTED), "".join(_ACCENTED.values())
    return f"translate(lower({text}), '{accented}', '{letters}')"


def _guards() -> None:
    """Nobody acts on their own account, nobody who was revoked acts, and acts stay as they are."""
    for name, event, staff in (
        ("staff_act", "INSERT", "NEW.staff_id"),
        ("contact_change", "INSERT", "NEW.requested_by"),
        ("contact_change", "UPDATE OF confirmed_by", "NEW.confirmed_by"),
    ):
        own = _OWN.format(staff=staff, member="NEW.member_id")
        verb = event.partition(" ")[0].lower()
        _refuse(f"{name}_{verb}_own", name, event, own, "no act on an own account")
        revoked = _REVOKED.format(staff=staff)
        _refuse(f"{name}_{verb}_revoked", name, event, revoked, "no act of a revoked employee")
    for event in ("UPDATE", "DELETE"):
        _refuse(f"staff_act_{event.lower()}", "staff_act", event, "1 = 1", "acts stay as they are")


def _refuse(name: str, table: str, event: str, condition: str, why: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{table}: {why}'); END"
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} {body}")
        return
    given = "OLD" if event == "DELETE" else "NEW"
    raising = f"RAISE EXCEPTION '{table}: {why}' USING ERRCODE = 'check_violation'"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN {raising}; END IF; RETURN {given}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
