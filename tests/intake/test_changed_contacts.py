"""What employees changed is not undone by a file of the day before."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from storage.database import Database
from storage.profile.office import updates
from storage.schema import contact_change, member, staff
from storage.staff.changes import ChangeRepository
from tests.intake.world import MEMBER, NOW, OTHER, Loaded, load_files, write

OLD, NEW = MEMBER["correo"], "nuevo@correo.example"
KEPT = ("asociados.csv", 2, "correo", "older_than_approval")


async def load(database: Database, folder: Path, **cells: str) -> Loaded:
    """Load the two members; the first one with these cells."""
    rows = [MEMBER | cells, dict(OTHER)]
    return await load_files(database, write(folder, {"asociados.csv": rows}))


async def changed(database: Database, old: str | None = OLD, new: str = NEW, **row: object) -> None:
    """Two employees changed the first member's e-mail a day ago, and it begins to serve."""
    async with database.unit() as connection:
        if (await connection.execute(select(staff))).first() is None:
            for number, name in enumerate(("Elena", "Pedro"), start=1):
                person = {"id": number, "name": name, "role": "support", "created_at": NOW}
                await connection.execute(insert(staff).values(person | {"telegram_id": number}))
        mine = member.c.number == MEMBER["numero_asociado"]
        number = await connection.scalar(select(member.c.id).where(mine))
        before = NOW.replace(day=1)
        values = {
            "member_id": number,
            "field": "email",
            "old_value": old,
            "new_value": new,
            "reason": "carta",
            **{"requested_by": 1, "requested_from": 1, "requested_at": before},
            **{"confirmed_by": 2, "confirmed_from": 2, "confirmed_at": before},
            **{"serves_at": NOW},
        }
        await connection.execute(insert(contact_change).values(values | row))
        await ChangeRepository(connection).due(NOW)


async def email(database: Database) -> str | None:
    async with database.unit() as connection:
        mine = member.c.number == MEMBER["numero_asociado"]
        return await connection.scalar(select(member.c.email).where(mine))


async def test_an_old_file_keeps_the_new_address_and_says_so(database, tmp_path) -> None:
    await load(database, tmp_path)
    await changed(database)
    again = await load(database, tmp_path)
    assert again.told == [KEPT]
    assert again.outcome.exit_code == 0
    assert await email(database) == NEW
    third = await load(database, tmp_path)
    assert third.told == [KEPT]
    assert third.outcome.files[0].changed == 0


async def test_once_the_core_system_has_caught_up_it_is_believed_again(database, tmp_path) -> None:
    await load(database, tmp_path)
    await changed(database)
    caught_up = await load(database, tmp_path, correo=NEW)
    assert caught_up.told == []
    back = await load(database, tmp_path)
    assert back.told == []
    assert await email(database) == OLD


async def test_another_value_is_the_core_systems_to_give(database, tmp_path) -> None:
    await load(database, tmp_path)
    await changed(database)
    other = await load(database, tmp_path, correo="otro@correo.example")
    assert other.told == [("asociados.csv", 2, "correo", "other_than_approval")]
    assert await email(database) == "otro@correo.example"


async def test_every_earlier_value_is_outdated(database, tmp_path) -> None:
    await load(database, tmp_path)
    await changed(database)
    await changed(database, old=NEW, new="tercero@correo.example")
    for old in (OLD, NEW):
        assert (await load(database, tmp_path, correo=old)).told == [KEPT]
        assert await email(database) == "tercero@correo.example"


async def test_an_address_where_there_was_none(database, tmp_path) -> None:
    await load(database, tmp_path, correo="")
    await changed(database, old=None)
    assert (await load(database, tmp_path, correo="")).told == [KEPT]
    assert await email(database) == NEW


async def test_a_file_without_the_column_changes_nothing(database, tmp_path) -> None:
    await load(database, tmp_path)
    await changed(database)
    rows = [{k: v for k, v in row.items() if k != "correo"} for row in (MEMBER, OTHER)]
    again = await load_files(database, write(tmp_path, {"asociados.csv": rows}))
    assert again.told == []
    assert await email(database) == NEW


@pytest.mark.parametrize("outcome", ["stopped", None])
async def test_a_change_that_does_not_serve_protects_nothing(database, tmp_path, outcome) -> None:
    await load(database, tmp_path)
    ended = {"outcome": outcome, "closed_at": NOW if outcome else None}
    await changed(database, **ended, serves_at=NOW + timedelta(hours=1))
    again = await load(database, tmp_path)
    assert again.told == []
    assert await email(database) == OLD


async def test_it_is_handed_to_the_core_system_like_an_approval(database, tmp_path) -> None:
    await load(database, tmp_path)
    await changed(database)
    async with database.unit() as connection:
        (update,) = (await updates(connection).read()).updates
    assert (update.field, update.value) == ("personal.email", NEW)
    assert (update.member_number, update.request_number) == ("1001", "CAM-000001")


async def test_other_members_are_loaded_as_ever(database, tmp_path) -> None:
    await load(database, tmp_path)
    await changed(database)
    rows = [dict(MEMBER), OTHER | {"correo": "ivan@correo.example"}]
    await load_files(database, write(tmp_path, {"asociados.csv": rows}))
    async with database.unit() as connection:
        theirs = select(member.c.email).where(member.c.number == OTHER["numero_asociado"])
        assert await connection.scalar(theirs) == "ivan@correo.example"
