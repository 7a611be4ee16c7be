"""The files of a large made-up cooperative, written as fast as possible."""

import csv
from collections.abc import Iterable
from pathlib import Path

PRODUCTS_EACH = 4
MOVEMENTS_EACH = 5


def write_files(directory: Path, members: int) -> int:
    """Members, 4 products each, 5 movements a product; the number of rows written."""
    _csv(directory / "asociados.csv", _MEMBERS, map(_member, range(members)))
    _csv(directory / "aportes.csv", _CONTRIBUTIONS, map(_contribution, range(members)))
    _csv(directory / "ahorros.csv", _SAVINGS, (s for n in range(members) for s in _savings(n)))
    _csv(directory / "creditos.csv", _CREDITS, map(_credit, range(members)))
    _csv(directory / "movimientos.csv", _MOVEMENTS, _movements(members))
    (directory / "carga.toml").write_text("fecha_corte = 2026-10-31\n")
    return members * (1 + PRODUCTS_EACH * (1 + MOVEMENTS_EACH))


def _csv(path: Path, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header.split())
        writer.writerows(rows)


_MEMBERS = (
    "numero_asociado tipo_documento numero_documento nombres apellidos fecha_nacimiento"
    " correo celular estado fecha_ingreso municipio"
)
_CONTRIBUTIONS = "numero_asociado numero nombre saldo cuota fecha_apertura"
_SAVINGS = (
    "numero_asociado tipo numero nombre saldo tasa tipo_tasa fecha_apertura fecha_vencimiento"
    " periodo_liquidacion"
)
_CREDITS = (
    "numero_asociado numero linea desembolsado saldo tasa tipo_tasa cuota periodicidad"
    " fecha_desembolso proxima_cuota cuotas_pagadas cuotas_total dias_mora valor_mora"
)
_MOVEMENTS = "tipo numero referencia fecha descripcion valor saldo"


def _member(n: int) -> tuple[object, ...]:
    born = f"{1 + n % 28:02}/{1 + n % 12:02}/{1940 + n % 60}"
    mail, mobile = f"persona{n}@correo.example", f"310{n % 10_000_000:07}"
    names = ("María del Carmen", "Pérez Peñuela")
    return (n, "CC", 10_000_000 + n, *names, born, mail, mobile, "activo", "01/02/2010", "Tunja")


def _contribution(n: int) -> tuple[object, ...]:
    return (n, f"AP{n}", "Aportes sociales", "1.234.567,89", "50.000", "01/02/2010")


def _savings(n: int) -> tuple[tuple[object, ...], ...]:
    demand = (n, "a_la_vista", f"AV{n}", "Ahorro a la vista", "234.567,50", "1,5", "EA")
    term = (n, "cdat", f"CD{n}", "CDAT 180 dias", "5.000.000", "8,5", "EA")
    dates = ("01/08/2026", "28/01/2027", "al_vencimiento")
    return ((*demand, "01/02/2010", "", ""), (*term, *dates))


def _credit(n: int) -> tuple[object, ...]:
    amounts = ("10.000.000", "7.654.321,12", "1,45", "MV", "351.234")
    dates = ("mensual", "01/02/2025", "05/12/2026")
    return (n, f"CR{n}", "Libre inversion", *amounts, *dates, 20, 36, 0, 0)


def _movements(members: int) -> Iterable[tuple[object, ...]]:
    kinds = (("aporte", "AP"), ("a_la_vista", "AV"), ("cdat", "CD"), ("credito", "CR"))
    for n in range(members):
        for kind, prefix in kinds:
            for k in range(MOVEMENTS_EACH):
                day = f"{1 + (n + k) % 28:02}/{1 + k % 12:02}/2026"
                yield kind, f"{prefix}{n}", f"R{n}-{k}", day, "Consignación", "123.456,78", "1.000"
