"""Every reason for which a row is not loaded, with its line; the rows around it are."""

import pytest

from tests.intake.world import load_files, small, state, write

WRONG = [
    ("asociados.csv", {"numero_asociado": ""}, "numero_asociado", "empty"),
    ("asociados.csv", {"numero_asociado": "=1+1"}, "numero_asociado", "identifier"),
    ("asociados.csv", {"tipo_documento": "XX"}, "tipo_documento", "not_listed"),
    ("asociados.csv", {"numero_documento": "12AB5678"}, "numero_documento", "document"),
    ("asociados.csv", {"numero_documento": "1234"}, "numero_documento", "document"),
    ("asociados.csv", {"numero_documento": "9" * 31}, "numero_documento", "too_long"),
    (
        "asociados.csv",
        {"tipo_documento": "NIT", "numero_documento": "900123456-1"},
        "numero_documento",
        "check_digit",
    ),
    ("asociados.csv", {"tipo_documento": "PA"}, None, None),
    ("asociados.csv", {"nombres": "x" * 81}, "nombres", "too_long"),
    ("asociados.csv", {"apellidos": ""}, "apellidos", "empty"),
    ("asociados.csv", {"fecha_nacimiento": "31/02/1960"}, "fecha_nacimiento", "date"),
    ("asociados.csv", {"fecha_nacimiento": "1960/03/05"}, "fecha_nacimiento", "date"),
    ("asociados.csv", {"fecha_nacimiento": "05/03/2030"}, "fecha_nacimiento", "birth_date"),
    ("asociados.csv", {"fecha_nacimiento": "05/03/1905"}, "fecha_nacimiento", "birth_date"),
    ("asociados.csv", {"correo": "rosa@correo"}, "correo", "email"),
    ("asociados.csv", {"correo": "sin correo"}, "correo", "email"),
    ("asociados.csv", {"correo": ""}, None, None),
    ("asociados.csv", {"celular": "6081234567"}, "celular", "mobile"),
    ("asociados.csv", {"celular": "310555"}, "celular", "mobile"),
    ("asociados.csv", {"celular": "+57 310 555 9999"}, None, None),
    ("asociados.csv", {"estado": "quizás"}, "estado", "not_listed"),
    ("asociados.csv", {"municipio": "x" * 61}, "municipio", "too_long"),
    ("asociados.csv", {"ingreso_mensual": "mucho"}, "ingreso_mensual", "number"),
    ("asociados.csv", {"ingreso_mensual": "-1,00"}, "ingreso_mensual", "negative"),
    ("asociados.csv", {"ingreso_mensual": ""}, None, None),
    ("aportes.csv", {"saldo": "-1,00"}, "saldo", "negative"),
    ("aportes.csv", {"saldo": "1,00-"}, "saldo", "negative"),
    ("aportes.csv", {"saldo": "mil"}, "saldo", "number"),
    ("aportes.csv", {"saldo": "1.23.456"}, "saldo", "number"),
    ("aportes.csv", {"saldo": "1,234"}, "saldo", "number_decimals"),
    ("aportes.csv", {"saldo": "9" * 16}, "saldo", "number_range"),
    ("aportes.csv", {"saldo": "1" * 5000}, "saldo", "number_range"),
    ("aportes.csv", {"saldo": "1.000,00", "cuota": "٣"}, "cuota", "number"),
    ("aportes.csv", {"fecha_cierre": "01/10/2026"}, "fecha_cierre", "closed_balance"),
    ("aportes.csv", {"numero_asociado": "9999"}, "numero_asociado", "member_unknown"),
    ("ahorros.csv", {"tipo": "cdt"}, "tipo", "not_listed"),
    ("ahorros.csv", {"fecha_apertura": ""}, "fecha_apertura", "needed_by_cdat"),
    ("ahorros.csv", {"fecha_vencimiento": ""}, "fecha_vencimiento", "needed_by_cdat"),
    ("ahorros.csv", {"tasa": "", "tipo_tasa": ""}, "tasa", "needed_by_cdat"),
    ("ahorros.csv", {"tipo_tasa": ""}, "tipo_tasa", "rate_kind"),
    ("ahorros.csv", {"tasa": "101,00"}, "tasa", "number_range"),
    ("ahorros.csv", {"tasa": "-8,50"}, "tasa", "negative"),
    ("ahorros.csv", {"tasa": "8,1234567"}, "tasa", "number_decimals"),
    ("ahorros.csv", {"fecha_vencimiento": "01/08/2026"}, "fecha_vencimiento", "maturity_order"),
    ("creditos.csv", {"cuotas_pagadas": "37"}, "cuotas_pagadas", "instalments"),
    ("creditos.csv", {"cuotas_total": "36,5"}, "cuotas_total", "number"),
    ("creditos.csv", {"cuotas_total": "100000"}, "cuotas_total", "number_range"),
    ("creditos.csv", {"dias_mora": "-1"}, "dias_mora", "number"),
    ("creditos.csv", {"dias_mora": "0"}, "dias_mora", "arrears"),
    ("creditos.csv", {"valor_mora": "0"}, "dias_mora", "arrears"),
    ("creditos.csv", {"periodicidad": "diaria"}, "periodicidad", "not_listed"),
    ("movimientos.csv", {"numero": "AP9"}, "numero", "product_unknown"),
    ("movimientos.csv", {"tipo": "credito"}, "numero", "product_unknown"),
    ("movimientos.csv", {"descripcion": ""}, "descripcion", "empty"),
    ("movimientos.csv", {"descripcion": "\x00\x1b\u202e"}, "descripcion", "empty"),
    ("movimientos.csv", {"fecha": "01/10/1899"}, "fecha", "date"),
    ("movimientos.csv", {"valor": "-50.000,50"}, None, None),
    ("retenciones.csv", {"valor": "100.001,00"}, "valor", "base_exceeded"),
    ("retenciones.csv", {"ano": "25"}, "ano", "date"),
    ("retenciones.csv", {"numero_asociado": "9999"}, "numero_asociado", "member_unknown"),
]
KEYS = {
    "asociados.csv": lambda n: {"numero_asociado": f"2{n}", "numero_documento": f"5100000{n:02}"},
    "aportes.csv": lambda n: {"numero": f"AP{n}"},
    "ahorros.csv": lambda n: {"numero": f"CD{n}"},
    "creditos.csv": lambda n: {"numero": f"CR{n}"},
    "movimientos.csv": lambda n: {"referencia": f"R{n}", "descripcion": "x"},
    "retenciones.csv": lambda n: {"ano": str(1950 + n)},
}


@pytest.mark.parametrize("file", KEYS)
async def test_bad_rows_are_reported_and_the_others_load(database, tmp_path, file):
    files = small()
    first = files[file][0] | KEYS[file](99)
    wrong = [row for row in WRONG if row[0] == file]
    changed = [first | KEYS[file](n) | change for n, (_, change, _, _) in enumerate(wrong, 10)]
    files[file] = [*changed, first, *files[file]]
    loaded = await load_files(database, write(tmp_path, files))
    expected = [
        (file, line, column, reason)
        for line, (_, _, column, reason) in enumerate(wrong, 2)
        if reason
    ]
    assert loaded.told == expected
    assert loaded.outcome.rejected == len(expected)
    assert loaded.outcome.of(file).loaded == len(files[file]) - len(expected)
    assert loaded.outcome.exit_code == 1


async def test_all_that_is_wrong_with_a_row_is_told(database, tmp_path):
    files = small()
    wrong = {"correo": "x", "celular": "1", "fecha_nacimiento": "ayer", "numero_asociado": "7"}
    files["asociados.csv"].append(files["asociados.csv"][0] | wrong)
    loaded = await load_files(database, write(tmp_path, files))
    assert [f.column for f in loaded.findings] == ["celular", "correo", "fecha_nacimiento"]
    assert loaded.outcome.of("asociados.csv").rejected == 1


async def test_sensitive_values_are_not_quoted(database, tmp_path):
    files = small()
    wrong = {"correo": "secreto@x", "numero_documento": "12ab56789", "numero_asociado": "7"}
    wrong |= {"estado": "a" * 99}
    files["asociados.csv"].append(files["asociados.csv"][0] | wrong)
    loaded = await load_files(database, write(tmp_path, files))
    details = {f.column: f.detail for f in loaded.findings}
    assert details == {"correo": None, "estado": "a" * 30}


@pytest.mark.parametrize("broken", ['1009;"CC;roto', "1009;CC", "1009" + ";x" * 40])
async def test_a_broken_line_costs_only_itself(database, tmp_path, broken):
    write(tmp_path, small())
    path = tmp_path / "asociados.csv"
    header, first, second = path.read_text().splitlines()
    path.write_text("\n".join([header, first, broken, second, ""]))
    loaded = await load_files(database, tmp_path)
    assert [(f.line, f.column) for f in loaded.findings] == [(3, None)]
    assert len((await state(database))["member"]) == 2


async def test_a_huge_line_costs_only_itself(database, tmp_path):
    write(tmp_path, small())
    path = tmp_path / "asociados.csv"
    header, first, second = path.read_text().splitlines()
    path.write_text("\n".join([header, first, '"' + "y" * 300_000, second, ""]))
    loaded = await load_files(database, tmp_path)
    assert loaded.told == [("asociados.csv", 3, None, "broken_quotes")]
    assert len((await state(database))["member"]) == 2
