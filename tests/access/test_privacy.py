"""What a copy of one's data holds: every table that names a member, and no secret column."""

from sqlalchemy import insert

from storage import schema
from storage.access.member_data import (
    BELOW,
    COPIED,
    LEFT_OUT,
    WORKINGS,
    MemberDataRepository,
)
from storage.schema import metadata, product
from tests.access.world import PIN, World

SECRET = {"pin_hash", "code_hash", "seed", "document_key", "chain", "fence", "payload", "data"}

# Numbers of rows, who of the staff, leases, hashes, what is said elsewhere in the copy.
# fmt: off
PROGRAMS = {
    "about", "announced_at", "attempt_id", "attempts_from", "batch_id", "bound", "bound_at",
    "chain", "chat_id", "claimed_at", "claimed_by", "claimed_until", "cleaned_at", "closed_at",
    "closed_by", "code_expires_at", "code_hash", "code_tries", "confirmed_by", "confirmed_from",
    "content", "decided_by", "declarations", "details", "digest", "document_key",
    "document_masked", "doubts", "due_at", "end_reason", "escalated_at", "expires_at",
    "external_id", "facts", "failures_others", "failures_own", "fence", "file_id", "fingerprint",
    "first_key", "id", "last_step", "lease_until", "member_id", "message_id", "not_before",
    "notification_id", "number", "object", "payload", "period", "pin_hash", "pin_key_version",
    "pin_ok", "pin_serves_from", "position", "priority", "rate", "rate_kind", "reason",
    "reminded_at", "replaces", "request_id", "requested_by", "requested_from",
    "reset_granted_until", "risky", "sealed", "search_name", "seed", "series", "session_id",
    "silent", "staff_id", "state", "system", "telegram_id", "ticket", "tries", "visitor_mobile",
    "visitor_name", "voided_by", "vouch_tries", "vouched_at",
}
# fmt: on


def test_every_table_that_names_a_member_is_copied_or_left_out_on_purpose() -> None:
    named = {table for table in metadata.sorted_tables if "member_id" in table.c}
    assert named - set(COPIED) - set(LEFT_OUT) == set()


def test_what_hangs_on_such_a_table_is_copied_below_it_or_left_out_on_purpose() -> None:
    tables, below = metadata.sorted_tables, {name for under in BELOW.values() for name in under}
    own = {table for table in tables if "member_id" in table.c}
    members = own - {schema.staff}
    hanging = {
        table
        for table in tables
        if table not in own and any(key.column.table in members for key in table.foreign_keys)
    }
    assert {table.name for table in hanging - set(WORKINGS)} == below


def test_every_other_column_is_the_programs_own() -> None:
    """A new column about a member is added to the copy, or here."""
    for table, columns in COPIED.items():
        assert set(table.c.keys()) - set(columns) <= PROGRAMS, table.name


def test_no_secret_column_is_named() -> None:
    assert [name for columns in COPIED.values() for name in columns if name in SECRET] == []


async def test_everything_of_one_and_nothing_of_another(world: World) -> None:
    one = await world.enrol("40123123")
    other = await world.enrol("40123124", first_names="OTRA", email="otra@correo.example")
    async with world.database.unit() as connection:
        for number, owner in enumerate((one, other), 1):
            row = {"member_id": owner, "kind": "demand", "number": f"P{number}", "name": "Ahorro"}
            await connection.execute(insert(product).values(row | {"balance": 100 * number}))
    person = world.person(1)
    await person.enter("40123123")
    async with world.database.unit() as connection:
        found = await MemberDataRepository(connection).everything(one)
    told = repr(found)
    assert [row["number"] for row in found["product"]] == ["P1"]
    assert found["member"][0]["document_number"] == "40123123"
    assert {"consent", "credential", "binding", "session", "mail", "audit"} <= set(found)
    assert "OTRA" not in told
    assert "P2" not in told
    assert PIN not in told
