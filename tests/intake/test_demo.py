"""The made-up cooperative: it loads whole, it adds up, and it is the same for the same day."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.commands_intake import load_quietly
from storage.cooperative_file import read_cooperative
from storage.demo.interest import level_instalment, principal_parts, yield_of
from storage.demo.people import everybody, showcase
from storage.demo.writing import accounts_of, write_demo
from tests.intake.world import NOW, state

TODAY = date(2026, 11, 2)
DAYS = [TODAY, date(2028, 2, 29), date(2027, 1, 1), date(2026, 12, 31), date(2027, 3, 31)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr("domain.clock.SystemClock.now", lambda _: NOW)
    write_demo(tmp_path / "demo", TODAY)
    return tmp_path / "demo"


async def test_every_row_loads(database, database_url, folder):
    await load_quietly(database_url, folder)
    found = await state(database)
    assert len(found["member"]) == len(found["credential"]) == 200
    assert Counter(row[9] for row in found["member"])["inactive"] > 3
    assert {row[2] for row in found["member"]} == {"CC", "CE", "TI", "PA", "PPT", "NIT"}
    totals = Counter()
    for _, product_id, _, _, _, amount, _ in found["movement"]:
        totals[product_id] += amount
    assert {row[0]: row[5] for row in found["product"] if row[5]} == {
        key: total for key, total in totals.items() if total
    }


def test_the_same_day_is_the_same_cooperative(folder, tmp_path):
    write_demo(tmp_path / "again", TODAY)
    for file in folder.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()
    assert tomllib.loads((folder / "carga.toml").read_text())["fecha_corte"] == TODAY
    assert read_cooperative(folder / "cooperativa.toml")


def test_everybody_in_the_showcase_is_explained(folder):
    text = (folder / "LEEME.md").read_text("utf-8")
    people = showcase(TODAY)
    assert len(people) == 17
    for person in people:
        assert f"{person.document_type} {person.document}" in text
        assert person.first_key in text
        assert person.state in text
    assert {p.email is None for p in people} == {True, False}


@pytest.mark.parametrize("today", DAYS)
def test_the_promised_states_are_there_on_any_day(today):
    shelves = {p.first_names: accounts_of(p, today) for p in showcase(today)}
    due = {n: [a.cells.get("dias_mora") for a in made] for n, made in shelves.items()}
    assert len(shelves["María del Rosario"]) == 40
    assert 3 in due["Lucía Fernanda"]
    assert 45 in due["Ernesto"]
    maturing = [a.cells.get("fecha_vencimiento") for a in shelves["Álvaro"]]
    assert today + timedelta(5) in maturing
    closed = [a for a in shelves["Jorge Iván"] if a.cells.get("fecha_cierre")]
    assert [a.balance for a in closed] == [0, 0]
    for account in (a for made in shelves.values() for a in made):
        assert account.balance >= 0
        assert all(e.booked_on <= today for e in account.entries)
        assert sorted(account.entries, key=lambda e: e.booked_on) == list(account.entries)


def test_nobody_is_real():
    people = everybody(TODAY)
    assert len({p.number for p in people}) == len({p.document for p in people}) == 200
    assert all(p.email is None or p.email.endswith("@correo.example") for p in people)
    assert all(len(p.document) == 9 for p in people if p.document_type == "CC")
    ages = [(TODAY - p.birth_date).days // 365 for p in people]
    assert sum(age >= 50 for age in ages) > 100


def test_interest_as_the_field_computes_it():
    # 10,000,000 at 9 % E.A. for 360 days.
    assert yield_of(10_000_000_00, Decimal(9), 360) == 900_000_00
    parts = principal_parts(10_000_000_00, Decimal("1.45"), 36)
    assert sum(parts) == 10_000_000_00
    assert 0 < parts[-1] <= level_instalment(10_000_000_00, Decimal("1.45"), 36) + 100_00
