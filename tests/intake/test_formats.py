"""However the same facts are written, the database ends up the same."""

from itertools import product as every

import pytest

from storage.intake.findings import Reason
from tests.intake.world import load_files, small, state, write

AMOUNTS = {"saldo", "cuota", "desembolsado", "valor", "base", "valor_mora", "intereses_causados"}
RATES = {"tasa", "tarifa"}


def iso(text):
    day, month, year = text.split("/")
    return f"{year}-{month}-{day}"


def plain(text):
    return text.replace(".", "").replace(",", ".")


def dressed(text):
    return f"$ {text}" if text else ""


def rewritten(files, amounts, dates):
    def cell(header, text):
        if header in AMOUNTS | RATES:
            return amounts(text) if header in AMOUNTS or amounts is plain else text
        return dates(text) if header.startswith(("fecha", "proxima")) and text else text

    return {n: [{h: cell(h, t) for h, t in r.items()} for r in rows] for n, rows in files.items()}


FORMATS = list(
    every(
        ("utf-8", "utf-8-sig", "cp1252"),
        (";", ",", "\t"),
        (str, plain, dressed),
        (str, iso),
    )
)


async def test_every_format_is_the_same_state(database, tmp_path):
    expected = None
    for n, (encoding, delimiter, amounts, dates) in enumerate(FORMATS):
        newline = "\r\n" if n % 2 else "\n"
        files = rewritten(small(), amounts, dates)
        folder = write(
            tmp_path / str(n), files, encoding=encoding, delimiter=delimiter, newline=newline
        )
        loaded = await load_files(database, folder)
        assert loaded.findings == []
        assert loaded.outcome.exit_code == 0
        found = await state(database)
        expected = expected or found
        assert found == expected
    assert expected["movement"][0][4] == 'Aporte; del mes "octubre", completo'
    assert expected["product"][0][5] == 123_456_789


async def test_headers_forgive_case_accents_and_spaces(database, tmp_path):
    files = small()
    row = files["asociados.csv"][0]
    row = {"Número Asociado" if h == "numero_asociado" else h.upper(): t for h, t in row.items()}
    withheld = {{"ano": "AÑO"}.get(h, h): t for h, t in files["retenciones.csv"][0].items()}
    loaded = await load_files(
        database, write(tmp_path, {"asociados.csv": [row], "retenciones.csv": [withheld]})
    )
    assert loaded.findings == []
    assert loaded.outcome.loaded == 2


async def test_trailing_blank_lines_are_nothing(database, tmp_path):
    write(tmp_path, small())
    with (tmp_path / "aportes.csv").open("a") as file:
        file.write(";;;;;;\r\n\r\n   \r\n")
    assert (await load_files(database, tmp_path)).findings == []


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("1.234.567,89", "1234567.89", Reason.AMOUNTS_CONTRADICT),
        ("89,5", "0.5", Reason.AMOUNTS_CONTRADICT),
        ("1.234.567", "12.50", Reason.AMOUNTS_CONTRADICT),
    ],
)
async def test_contradicting_amounts_refuse_the_file(database, tmp_path, first, second, reason):
    files = small()
    plain_row = {"saldo": first, "cuota": second}
    files["aportes.csv"] = [files["aportes.csv"][0] | plain_row]
    loaded = await load_files(database, write(tmp_path, files))
    assert ("aportes.csv", 2, "cuota", reason.value) in loaded.told
    assert loaded.outcome.exit_code == 1
    assert (await state(database))["member"]


async def test_an_ambiguous_amount_is_never_guessed(database, tmp_path):
    files = small()
    row = files["aportes.csv"][0]
    files["aportes.csv"] = [
        row | {"saldo": "1.234", "cuota": ""},
        row | {"saldo": "1234", "cuota": "", "numero": "AP2"},
    ]
    files.pop("movimientos.csv")
    loaded = await load_files(database, write(tmp_path, files))
    assert loaded.told == [("aportes.csv", 2, "saldo", "number_ambiguous")]


@pytest.mark.parametrize(("declared", "centavos"), [("1.234,56", 123_400), ("1234.56", None)])
async def test_a_declared_format_settles_it(database, tmp_path, declared, centavos):
    files = small()
    files["aportes.csv"] = [files["aportes.csv"][0] | {"saldo": "1.234", "cuota": ""}]
    files.pop("movimientos.csv")
    write(tmp_path, files)
    (tmp_path / "carga.toml").write_text(f'[aportes]\nimportes = "{declared}"\n')
    loaded = await load_files(database, tmp_path)
    if centavos is None:
        assert loaded.told == [("aportes.csv", 2, "saldo", "number_decimals")]
    else:
        assert loaded.findings == []
        assert (await state(database))["product"][0][5] == centavos


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("fecha_corte = 2031-01-01", "cut_off_future"),
        ("", "cut_off_missing"),
        ("fecha_corte = 'ayer'", "manifest"),
        ("fecha_corte =", "manifest"),
        ("[aportes]\nimportes = 'raro'", "manifest"),
        ("[otros]\n", "manifest"),
        ("corte = 1", "manifest"),
    ],
)
async def test_a_wrong_manifest_loads_nothing(database, tmp_path, content, reason):
    (write(tmp_path, small()) / "carga.toml").write_text(content)
    loaded = await load_files(database, tmp_path, cut_off=None)
    assert [f.reason.value for f in loaded.findings] == [reason]
    assert loaded.outcome.exit_code == 2


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", "número;\x81".encode("latin-1"), b""])
async def test_unreadable_members_load_nothing(database, tmp_path, content):
    (write(tmp_path, small()) / "asociados.csv").write_bytes(content)
    loaded = await load_files(database, tmp_path)
    assert loaded.findings[0].reason in (Reason.ENCODING, Reason.NO_HEADER)
    assert loaded.outcome.exit_code == 2
    assert (await state(database))["product"] == []


async def test_no_members_file_loads_nothing(database, tmp_path):
    files = small()
    del files["asociados.csv"]
    loaded = await load_files(database, write(tmp_path, files))
    assert ("asociados.csv", None, None, "file_missing") in loaded.told
    assert loaded.outcome.exit_code == 2


async def test_columns_missing_repeated_and_unknown(database, tmp_path):
    write(tmp_path, small())
    (tmp_path / "aportes.csv").write_text("numero_asociado;numero;nombre\n1001;AP1;x\n")
    (tmp_path / "retenciones.csv").write_text("ano;Ano;concepto\n")
    members = (tmp_path / "asociados.csv").read_text().splitlines()
    members = [members[0] + ";sobra", *(f"{line};x" for line in members[1:])]
    (tmp_path / "asociados.csv").write_text("\n".join(members))
    loaded = await load_files(database, tmp_path)
    assert loaded.told[:2] == [
        ("asociados.csv", None, "sobra", "column_unknown"),
        ("aportes.csv", 1, "saldo", "column_missing"),
    ]
    assert ("retenciones.csv", 1, "ano", "column_repeated") in loaded.told
