"""A small cooperative's files, a way to load them, and what the database then holds."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.intake.findings import Finding
from storage.intake.load import load
from storage.intake.outcome import Options, Outcome
from storage.schema import credential, import_run, member, movement, product, withholding

NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
CUT_OFF = date(2026, 10, 31)
KEPT = (member, credential, product, movement, withholding)

Row = dict[str, str]
MEMBER: Row = {
    "numero_asociado": "1001",
    "tipo_documento": "CC",
    "numero_documento": "500000101",
    "nombres": "Rosa",
    "apellidos": "Peñuela Díaz",
    "fecha_nacimiento": "05/03/1960",
    "correo": "rosa@correo.example",
    "celular": "3105551234",
    "estado": "activo",
    "fecha_ingreso": "01/02/2010",
    "municipio": "Tunja",
    "ingreso_mensual": "4.850.000,50",
}
OTHER = MEMBER | {"numero_asociado": "1002", "numero_documento": "500000102", "nombres": "Iván"}
CONTRIBUTION: Row = {
    "numero_asociado": "1001",
    "numero": "AP1",
    "nombre": "Aportes sociales",
    "saldo": "1.234.567,89",
    "cuota": "50.000,00",
    "fecha_apertura": "01/02/2010",
    "fecha_cierre": "",
}
SAVING: Row = {
    "numero_asociado": "1001",
    "tipo": "cdat",
    "numero": "CD1",
    "nombre": "CDAT 180 días",
    "saldo": "5.000.000,00",
    "tasa": "8,50",
    "tipo_tasa": "E.A.",
    "cuota": "",
    "intereses_causados": "12.345,67",
    "fecha_apertura": "01/08/2026",
    "fecha_vencimiento": "28/01/2027",
    "periodo_liquidacion": "al vencimiento",
    "fecha_cierre": "",
}
CREDIT: Row = {
    "numero_asociado": "1002",
    "numero": "CR1",
    "linea": "Libre inversión",
    "desembolsado": "10.000.000,00",
    "saldo": "7.654.321,12",
    "tasa": "1,45",
    "tipo_tasa": "MV",
    "cuota": "351.234,00",
    "periodicidad": "mensual",
    "fecha_desembolso": "01/02/2025",
    "proxima_cuota": "05/11/2026",
    "cuotas_pagadas": "20",
    "cuotas_total": "36",
    "dias_mora": "3",
    "valor_mora": "351.234,00",
    "fecha_cierre": "",
}
MOVEMENT: Row = {
    "tipo": "aporte",
    "numero": "AP1",
    "referencia": "R-1",
    "fecha": "01/10/2026",
    "descripcion": 'Aporte; del mes "octubre",\ncompleto',
    "valor": "50.000,50",
    "saldo": "1.234.567,89",
}
WITHHOLDING: Row = {
    "numero_asociado": "1001",
    "ano": "2025",
    "concepto": "Rendimientos",
    "base": "100.000,00",
    "tarifa": "7,00",
    "valor": "7.000,00",
}

Files = dict[str, list[Row]]


def small() -> Files:
    """One of each: all rows are good."""
    return {
        "asociados.csv": [dict(MEMBER), dict(OTHER)],
        "aportes.csv": [dict(CONTRIBUTION)],
        "ahorros.csv": [dict(SAVING)],
        "creditos.csv": [dict(CREDIT)],
        "movimientos.csv": [dict(MOVEMENT)],
        "retenciones.csv": [dict(WITHHOLDING)],
    }


def write(
    directory: Path,
    files: Files,
    *,
    encoding: str = "utf-8",
    delimiter: str = ";",
    newline: str = "\r\n",
) -> Path:
    """The files as a core system could export them; the directory."""
    directory.mkdir(exist_ok=True)
    for name, rows in files.items():
        with (directory / name).open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(
                file, list(rows[0]), delimiter=delimiter, lineterminator=newline
            )
            writer.writeheader()
            writer.writerows(rows)
    return directory


class Still:
    def now(self) -> datetime:
        return NOW


class Silent:
    def reading(self, file: str, size: int) -> None: ...

    def advance(self, size: int) -> None: ...

    def merging(self) -> None: ...


@dataclass
class Loaded:
    outcome: Outcome
    findings: list[Finding]

    @property
    def told(self) -> list[tuple[str, int | None, str | None, str]]:
        return [(f.file, f.line, f.column, f.reason.value) for f in self.findings]


async def load_files(
    database: Database, directory: Path, *, full: bool = False, cut_off: date = CUT_OFF
) -> Loaded:
    """Load the directory as of the cut-off date."""
    findings: list[Finding] = []
    options = Options(Still(), full=full, cut_off=cut_off)
    outcome = await load(database, directory, options, Silent(), findings.append)
    return Loaded(outcome, findings)


async def state(database: Database) -> dict[str, Sequence[Any]]:
    """Everything that was loaded, row by row."""
    async with database.unit() as connection:
        found = {}
        for table in KEPT:
            ordered = select(table).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(row) for row in await connection.execute(ordered)]
        return found


async def runs(database: Database) -> int:
    """How many loads the database remembers."""
    async with database.unit() as connection:
        return len((await connection.execute(select(import_run.c.id))).all())
