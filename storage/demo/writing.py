"""The made-up cooperative as the files that its core system would export."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from string import Template

from storage.demo.accounts import Account, Cells, Pesos
from storage.demo.calendar import add_months
from storage.demo.loans import CREDITS
from storage.demo.people import MEMBERS, Person, everybody, showcase
from storage.demo.products import PESOS, SAVINGS, Shelf
from storage.demo.words import HERE, catalogue
from storage.demo.years import YEARS, YearOf, withheld
from storage.intake.layouts import LAYOUTS

MONTHS_SHOWN = 24
_MAKERS = SAVINGS | CREDITS


def write_demo(directory: Path, today: date) -> None:
    """Write all files into the directory, which is made when missing; the same for the same day."""
    directory.mkdir(parents=True, exist_ok=True)
    files = _rows(today)
    for layout in LAYOUTS:
        headers = [column.header for column in layout.columns]
        _write(directory / layout.file, headers, files[layout.file])
    copyfile(HERE / "cooperativa.toml", directory / "cooperativa.toml")
    (directory / "carga.toml").write_text(f"fecha_corte = {today.isoformat()}\n", "utf-8")
    (directory / "LEEME.md").write_text(_leeme(today), "utf-8")


def accounts_of(person: Person, today: date) -> list[Account]:
    """The person's products with their history."""
    shelf = Shelf(person, today)
    return [_MAKERS[word](shelf) for word in _spelled_out(person.has)]


def _spelled_out(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        times, _, name = word.rpartition(" ")
        yield from [name] * int(times or 1)


def _rows(today: date) -> dict[str, list[Cells]]:
    files: dict[str, list[Cells]] = {layout.file: [] for layout in LAYOUTS}
    since, words = add_months(today, -MONTHS_SHOWN), catalogue()
    for person in everybody(today):
        files["asociados.csv"].append(_member(person))
        accounts = accounts_of(person, today)
        for account in accounts:
            files[account.file].append(account.row(person.number))
            moved = account.movements(since, words["movimientos"]["anterior"])
            files["movimientos.csv"] += moved
        for year in range(today.year - YEARS, today.year):
            _add_year(files, person, [YearOf(a, year, words["movimientos"]) for a in accounts])
    return files


def _add_year(files: dict[str, list[Cells]], person: Person, years: list[YearOf]) -> None:
    known = [each for each in years if each.existed]
    own: Cells = {"numero_asociado": person.number}
    files["cierres_anuales.csv"] += [own | each.cells() for each in known]
    if known:
        words = catalogue()["retenciones"]
        files["retenciones.csv"] += [own | row for row in withheld(known, words)]


def _member(person: Person) -> Cells:
    return {
        "numero_asociado": person.number,
        "tipo_documento": person.document_type,
        "numero_documento": person.document,
        "nombres": person.first_names,
        "apellidos": person.surnames,
        "fecha_nacimiento": person.birth_date,
        "correo": person.email,
        "celular": person.mobile,
        "estado": "activo" if person.active else "inactivo",
        "fecha_ingreso": person.joined_on,
        "municipio": person.municipality,
        "ingreso_mensual": None if person.salary is None else Pesos(person.salary * PESOS),
    }


def _write(path: Path, headers: list[str], rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(headers)
        writer.writerows([as_cell(row.get(header)) for header in headers] for row in rows)


def as_cell(value: object) -> str:
    """A value as Colombian systems print it: `1.234.567,89`, `7,5`, `05/03/2026`."""
    match value:
        case None:
            return ""
        case Pesos(centavos):
            whole, rest = divmod(abs(centavos), 100)
            return f"{'-' * (centavos < 0)}{whole:,}".replace(",", ".") + f",{rest:02}"
        case Decimal():
            return str(value).replace(".", ",")
        case date():
            return f"{value:%d/%m/%Y}"
    return str(value)


def _leeme(today: date) -> str:
    template = Template((HERE / "leeme.txt").read_text("utf-8"))
    people = "\n".join(_told(person) for person in showcase(today))
    return template.substitute(miembros=MEMBERS, corte=f"{today:%d/%m/%Y}", personajes=people)


def _told(person: Person) -> str:
    document, born = f"{person.document_type} {person.document}", f"{person.birth_date:%d/%m/%Y}"
    cells = (person.name, document, born, person.first_key, person.email or "", person.state)
    return f"| {' | '.join(cells)} |"
