"""What a copy of one's data holds: every table that names a member, and no secret column."""

from sqlalchemy import insert

from storage.access.member_data import COPIED, LEFT_OUT, MemberDataRepository
from storage.schema import metadata, product
from tests.access.world import PIN, World

SECRET = {"pin_hash", "code_hash", "seed", "document_key", "chain", "fence", "payload", "data"}


def test_every_table_that_names_a_member_is_copied_or_left_out_on_purpose() -> None:
    named = {table for table in metadata.sorted_tables if "member_id" in table.c}
    assert named - set(COPIED) - set(LEFT_OUT) == set()


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
