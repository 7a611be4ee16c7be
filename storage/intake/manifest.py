"""`carga.toml`: the cut-off date and, where a file does not tell, how it is written."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from storage.intake.dates import DateOrder
from storage.intake.findings import FileUnusable, Reason
from storage.intake.numbers import Decimals
from storage.intake.source import UTF_8, WINDOWS

FILE = "carga.toml"
_CUT_OFF = "fecha_corte"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "importes": {"1.234,56": Decimals.COMMA, "1234.56": Decimals.POINT},
    "fechas": {"dd/mm/aaaa": DateOrder.DAY_FIRST, "aaaa-mm-dd": DateOrder.ISO},
    "codificacion": {"utf-8": UTF_8, "windows-1252": WINDOWS},
    "separador": {";": ";", ",": ",", "tab": "\t"},
}


@dataclass(frozen=True, slots=True)
class Declared:
    """How a file is written, where somebody has said so."""

    decimals: Decimals | None = None
    dates: DateOrder = DateOrder.EITHER
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    cut_off: date | None = None
    files: Mapping[str, Declared] = field(default_factory=dict)

    def declared(self, file: str) -> Declared:
        """What was said about that file (`movimientos.csv` is the table `[movimientos]`)."""
        return self.files.get(Path(file).stem, Declared())


def read_manifest(directory: Path, names: frozenset[str]) -> Manifest:
    """The directory's manifest; an empty one without the file; FileUnusable names the key."""
    path = directory / FILE
    if not path.is_file():
        return Manifest()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(str(error)) from error
    cut_off = _date(content.pop(_CUT_OFF, None))
    tables = {name: _table(name, table) for name, table in content.items()}
    if extra := set(tables) - names:
        raise _wrong(f"[{min(extra)}]")
    return Manifest(cut_off, tables)


def _wrong(detail: str) -> FileUnusable:
    return FileUnusable(Reason.MANIFEST, detail)


def _date(value: object) -> date | None:
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(_CUT_OFF) from None


def _table(name: str, table: Any) -> Declared:
    if not isinstance(table, dict):
        raise _wrong(name)
    said: dict[str, str] = {}
    for key, value in table.items():
        meaning = _WORDS.get(key, {}).get(str(value).lower())
        if meaning is None:
            raise _wrong(f"[{name}] {key}")
        said[key] = meaning
    return Declared(
        decimals=Decimals(said["importes"]) if "importes" in said else None,
        dates=DateOrder(said.get("fechas", DateOrder.EITHER)),
        encoding=said.get("codificacion"),
        delimiter=said.get("separador"),
    )
