"""Products at the end of a year, and which years can be certified."""

from datetime import date

import pytest
from sqlalchemy import select

from storage.schema import closed_year, year_end
from tests.intake.world import CONTRIBUTION, CREDIT, WITHHOLDING, load_files, small, write

FILE = "cierres_anuales.csv"
SHARES = {
    "numero_asociado": "1001",
    "ano": "2025",
    "tipo": "aporte",
    "numero": "AP1",
    "nombre": "Aportes sociales",
    "saldo": "1.100.000,00",
    "rendimientos": "",
    "gmf": "",
    "revalorizacion": "12.345,67",
    "intereses_corrientes": "",
    "intereses_mora": "",
    "intereses_vivienda": "",
}
LOAN = SHARES | {
    "numero_asociado": "1002",
    "tipo": "crédito",
    "numero": "CR1",
    "nombre": "Vivienda",
    "saldo": "8.000.000,00",
    "revalorizacion": "",
    "intereses_corrientes": "900.000,00",
    "intereses_mora": "5.000,00",
    "intereses_vivienda": "900.000,00",
}
OLD = LOAN | {"ano": "2019", "numero": "CR-ya-cancelado", "saldo": "0"}


def files(*rows):
    return small() | {FILE: [dict(row) for row in rows]}


async def kept(database):
    async with database.unit() as connection:
        ordered = select(year_end).order_by(year_end.c.year, year_end.c.number)
        return [row._asdict() for row in await connection.execute(ordered)]


async def test_they_are_kept_to_the_centavo_also_of_products_no_longer_known(database, tmp_path):
    loaded = await load_files(database, write(tmp_path, files(SHARES, LOAN, OLD)))
    assert loaded.findings == []
    old, shares, loan = await kept(database)
    assert (old["year"], old["number"], old["balance"]) == (2019, "CR-ya-cancelado", 0)
    assert (shares["kind"], shares["balance"], shares["revaluation"]) == (
        "contribution",
        110_000_000,
        1_234_567,
    )
    assert (loan["interest"], loan["default_interest"]) == (90_000_000, 500_000)
    assert loan["yields"] is None


async def test_a_correction_changes_the_row_and_the_same_again_nothing(database, tmp_path):
    await load_files(database, write(tmp_path, files(SHARES, LOAN)))
    corrected = SHARES | {"saldo": "1.200.000,00"}
    loaded = await load_files(database, write(tmp_path, files(corrected, LOAN)))
    assert loaded.outcome.of(FILE).changed == 1
    again = await load_files(database, write(tmp_path, files(corrected, LOAN)))
    assert again.outcome.of(FILE).changed == 0
    assert [row["balance"] for row in await kept(database)] == [120_000_000, 800_000_000]


async def test_a_missing_row_or_column_takes_nothing_away(database, tmp_path):
    await load_files(database, write(tmp_path, files(SHARES, LOAN)))
    short = {name: SHARES[name] for name in list(SHARES)[:6]}
    await load_files(database, write(tmp_path / "next", files(short)), full=True)
    shares, loan = await kept(database)
    assert shares["revaluation"] == 1_234_567
    assert loan["balance"] == 800_000_000


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (SHARES | {"ano": "2026"}, "ano", "year_not_ended"),
        (SHARES | {"ano": "26"}, "ano", "date"),
        (SHARES | {"tipo": "otro"}, "tipo", "not_listed"),
        (SHARES | {"saldo": "-1,00"}, "saldo", "negative"),
        (SHARES | {"intereses_corrientes": "1,00"}, "intereses_corrientes", "not_of_kind"),
        (SHARES | {"intereses_mora": "1,00"}, "intereses_mora", "not_of_kind"),
        (LOAN | {"rendimientos": "1,00"}, "rendimientos", "not_of_kind"),
        (LOAN | {"gmf": "1,00"}, "gmf", "not_of_kind"),
        (LOAN | {"intereses_vivienda": "900.000,01"}, "intereses_vivienda", "housing_exceeded"),
        (SHARES | {"numero_asociado": "9999"}, "numero_asociado", "member_unknown"),
        (SHARES | {"numero_asociado": "1002"}, "numero_asociado", "owner_changed"),
        (SHARES | {"nombre": ""}, "nombre", "empty"),
    ],
)
async def test_a_wrong_row_is_told_and_the_others_are_loaded(
    database, tmp_path, row, column, reason
):
    loaded = await load_files(database, write(tmp_path, files(OLD, row)))
    assert loaded.told == [(FILE, 3, column, reason)]
    assert [each["number"] for each in await kept(database)] == ["CR-ya-cancelado"]


async def test_the_same_product_and_year_twice_is_taken_once(database, tmp_path):
    loaded = await load_files(database, write(tmp_path, files(SHARES, SHARES | {"saldo": "1,00"})))
    assert loaded.told == [(FILE, 3, "numero", "duplicate")]


async def test_a_product_known_only_from_an_earlier_year_never_changes_its_owner(
    database, tmp_path
):
    await load_files(database, write(tmp_path, files(OLD)))
    stolen = OLD | {"ano": "2020", "numero_asociado": "1001"}
    loaded = await load_files(database, write(tmp_path, files(OLD, stolen)))
    assert loaded.told == [(FILE, 3, "numero_asociado", "owner_changed")]


async def closed(database):
    async with database.unit() as connection:
        return list(
            await connection.scalars(select(closed_year.c.year).order_by(closed_year.c.year))
        )


async def test_a_year_is_closed_when_it_was_loaded_after_its_end(database, tmp_path):
    rows = [WITHHOLDING | {"ano": str(year)} for year in (2023, 2025, 2026)]
    await load_files(database, write(tmp_path, small() | {"retenciones.csv": rows}))
    assert await closed(database) == [2023, 2025]
    late = {"retenciones.csv": rows, "asociados.csv": small()["asociados.csv"]}
    await load_files(database, write(tmp_path / "b", late), cut_off=date(2026, 10, 1))
    assert await closed(database) == [2023, 2025]


async def test_the_last_day_of_a_year_closes_it(database, tmp_path):
    files_ = {"asociados.csv": small()["asociados.csv"]}
    row = WITHHOLDING | {"ano": "2025"}
    write(tmp_path, files_ | {"retenciones.csv": [row]})
    await load_files(database, tmp_path, cut_off=date(2025, 12, 30))
    assert await closed(database) == []
    await load_files(database, tmp_path, cut_off=date(2025, 12, 31))
    assert await closed(database) == [2025]


def test_the_samples_fit_the_products_of_the_small_cooperative():
    assert (CONTRIBUTION["numero"], CREDIT["numero"]) == (SHARES["numero"], LOAN["numero"])
