"""Rows that are fine alone and wrong beside others."""

from tests.intake.world import MEMBER, OTHER, load_files, small, state, write


async def test_the_first_of_two_equal_keys_is_kept(database, tmp_path):
    files = {name: rows[:1] * 2 for name, rows in small().items() if name != "creditos.csv"}
    loaded = await load_files(database, write(tmp_path, files))
    assert loaded.told == [
        ("asociados.csv", 3, "numero_asociado", "duplicate"),
        ("aportes.csv", 3, "numero", "duplicate"),
        ("ahorros.csv", 3, "numero", "duplicate"),
        ("movimientos.csv", 4, "referencia", "duplicate"),
        ("retenciones.csv", 3, "concepto", "duplicate"),
    ]
    assert {f.detail for f in loaded.findings} == {"2"}
    assert loaded.outcome.loaded == 5


async def test_a_document_belongs_to_one_member(database, tmp_path):
    files = small()
    same = {"numero_asociado": "1003", "tipo_documento": "cc", "numero_documento": "500.000.101"}
    files["asociados.csv"].append(MEMBER | same)
    loaded = await load_files(database, write(tmp_path, files))
    assert loaded.told == [("asociados.csv", 4, "numero_documento", "duplicate_document")]


async def test_a_document_taken_by_somebody_absent_is_refused(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    files = {"asociados.csv": [MEMBER | {"numero_asociado": "1003"}]}
    loaded = await load_files(database, write(tmp_path / "next", files))
    assert loaded.told[0] == ("asociados.csv", None, "numero_asociado", "member_absent")
    assert ("asociados.csv", 2, "numero_documento", "document_taken") in loaded.told


async def test_members_may_exchange_documents(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    documents = (MEMBER["numero_documento"], OTHER["numero_documento"])
    swapped = [
        MEMBER | {"numero_documento": documents[1]},
        OTHER | {"numero_documento": documents[0]},
    ]
    loaded = await load_files(database, write(tmp_path, small() | {"asociados.csv": swapped}))
    assert loaded.findings == []
    numbers = {row[1]: row[3] for row in (await state(database))["member"]}
    assert numbers == {"1001": documents[1], "1002": documents[0]}


async def test_a_chain_of_refused_documents_ends(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    chain = [
        OTHER | {"numero_documento": MEMBER["numero_documento"]},
        OTHER | {"numero_asociado": "1003"},
    ]
    loaded = await load_files(database, write(tmp_path, {"asociados.csv": chain}))
    taken = [f.line for f in loaded.findings if f.reason.value == "document_taken"]
    assert taken == [2, 3]


async def test_a_product_never_changes_its_owner(database, tmp_path):
    await load_files(database, write(tmp_path, small()))
    files = small()
    files["aportes.csv"][0]["numero_asociado"] = "1002"
    loaded = await load_files(database, write(tmp_path, files))
    assert loaded.told == [("aportes.csv", 2, "numero_asociado", "owner_changed")]


async def test_rows_of_a_rejected_member_follow_it(database, tmp_path):
    files = small()
    files["asociados.csv"][0]["correo"] = "mal"
    loaded = await load_files(database, write(tmp_path, files))
    assert [reason for *_, reason in loaded.told] == [
        "email",
        "member_unknown",
        "member_unknown",
        "product_unknown",
        "member_unknown",
    ]
    found = await state(database)
    assert [row[1] for row in found["member"]] == ["1002"]
    assert [row[2] for row in found["product"]] == ["credit"]
