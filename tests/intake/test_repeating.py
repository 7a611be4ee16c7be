"""Loading again: the same, fewer, other columns, all of them."""

from datetime import date

from sqlalchemy import update

from storage.schema import credential
from tests.intake.world import MEMBER, load_files, runs, small, state, write


async def test_the_same_files_twice_are_the_same_state(database, tmp_path):
    write(tmp_path, small())
    first = await load_files(database, tmp_path)
    before = await state(database)
    second = await load_files(database, tmp_path)
    assert await state(database) == before
    assert sum(f.changed for f in first.outcome.files) == 7
    assert sum(f.changed for f in second.outcome.files) == 0
    assert await runs(database) == 2


async def test_what_changed_is_changed_and_credentials_stay(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    async with database.unit() as connection:
        await connection.execute(update(credential).values(pin_hash="kept"))
    before = await state(database)
    files = small()
    files["asociados.csv"][0]["correo"] = "otra@correo.example"
    files["aportes.csv"][0]["saldo"] = "2.000.000,00"
    loaded = await load_files(database, write(tmp_path, files), cut_off=date(2026, 11, 1))
    after = await state(database)
    assert [f.changed for f in loaded.outcome.files] == [2, 1, 0, 0, 0, 0]
    assert {row[1] for row in after["credential"]} == {"kept"}
    assert after["credential"] == before["credential"]
    assert after["member"][0][7] == "otra@correo.example"
    # Cut-off dates move, the first load's instant does not.
    assert {row[12] for row in after["member"]} == {date(2026, 11, 1)}
    assert [row[13] for row in after["member"]] == [row[13] for row in before["member"]]


async def test_a_missing_column_or_file_keeps_what_was_loaded(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    before = await state(database)
    optional = ("correo", "celular", "municipio", "ingreso_mensual")
    short = {h: t for h, t in MEMBER.items() if h not in optional}
    write(tmp_path / "short", {"asociados.csv": [short, small()["asociados.csv"][1]][:1]})
    await load_files(database, tmp_path / "short")
    assert await state(database) == before


async def test_an_empty_optional_cell_empties_it(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    files = small()
    assert (await state(database))["member"][0][14] == 485_000_050
    files["asociados.csv"][0] |= {"correo": "", "ingreso_mensual": ""}
    await load_files(database, write(tmp_path, files))
    emptied = (await state(database))["member"][0]
    assert (emptied[7], emptied[14]) == (None, None)


def shrunken():
    files = small()
    files["asociados.csv"] = files["asociados.csv"][:1]
    other = files["ahorros.csv"][0] | {"numero": "CD2"}
    files["ahorros.csv"] = [other]
    files.pop("creditos.csv")
    return files


async def test_a_shrunken_file_deletes_nothing(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    before = await state(database)
    loaded = await load_files(database, write(tmp_path / "next", shrunken()))
    assert [(*f, d.detail) for f, d in zip(loaded.told, loaded.findings, strict=True)] == [
        ("asociados.csv", None, "numero_asociado", "member_absent", "1002"),
        ("ahorros.csv", None, "numero", "product_absent", "CD1"),
    ]
    assert loaded.outcome.exit_code == 0
    after = await state(database)
    assert all(row in after[name] for name, rows in before.items() for row in rows)


async def test_a_full_load_closes_what_is_absent(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    loaded = await load_files(database, write(tmp_path / "next", shrunken()), full=True)
    assert [reason for *_, reason in loaded.told] == ["member_inactivated", "product_closed"]
    after = await state(database)
    assert [row[9] for row in after["member"]] == ["active", "inactive"]
    closed = next(row for row in after["product"] if row[3] == "CD1")
    assert (closed[5], closed[12]) == (0, date(2026, 10, 31))
    # The file of credits was not there: nothing is said of them.
    assert next(row for row in after["product"] if row[3] == "CR1")[12] is None
    again = await load_files(database, tmp_path / "next", full=True)
    assert again.findings == []
    assert await state(database) == after
    await load_files(database, write(tmp_path / "back", small()))
    back = await state(database)
    assert next(row for row in back["product"] if row[3] == "CD1")[12] is None
    assert [row[9] for row in back["member"]] == ["active", "active"]


async def test_a_rejected_row_is_not_an_absent_one(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    files = small()
    files["asociados.csv"][1]["correo"] = "mal"
    files["creditos.csv"][0]["saldo"] = "mal"
    loaded = await load_files(database, write(tmp_path, files), full=True)
    assert [reason for *_, reason in loaded.told] == ["email", "full_not_applied", "number"]
    assert [row[9] for row in (await state(database))["member"]] == ["active", "active"]


async def test_a_row_of_who_knows_whom_makes_nobody_inactive(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    files = small()
    files["asociados.csv"][1]["numero_asociado"] = "¿?"
    loaded = await load_files(database, write(tmp_path, files), full=True)
    reasons = [reason for *_, reason in loaded.told if reason != "identifier"]
    assert sorted(reasons) == ["full_not_applied", "member_absent"]
    assert [row[9] for row in (await state(database))["member"]] == ["active", "active"]
