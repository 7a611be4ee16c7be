"""The cooperative file: what it becomes, and what its author is told, line by line."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.file_problems import sentences
from domain.finance.loans import InsuranceBase, System
from domain.money import Percent
from domain.products.cdat_quotes import CdatQuotes, CdatRequest
from domain.products.credit_quotes import CreditQuotes, CreditRequest
from domain.products.ranges import Limit, Measure, Situation
from storage.cooperative.problems import CooperativeFileError, Fault
from storage.cooperative_file import read_cooperative
from tests.cooperative.mistakes import FIRST, ONE_WRONG

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
TODAY = Situation(date(2026, 11, 25), Decimal(3_000_000))


def changed(folder: Path, old: str, new: str) -> Path:
    """The demo's file with its first `old` made `new`."""
    text = DEMO.read_text("utf-8")
    assert old in text
    path = folder / "cooperativa.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def line_of(text: str, after: str = "") -> int:
    """The line of the demo's file where that stands, after something else that stands there."""
    source = DEMO.read_text("utf-8")
    return source.count("\n", 0, source.index(text, source.index(after))) + 1


def problems(path: Path):
    with pytest.raises(CooperativeFileError) as caught:
        read_cooperative(path)
    return caught.value


def test_the_made_up_cooperative_is_whole():
    products = read_cooperative(DEMO).products
    assert [line.id for line in products.credits] == [
        "libre-inversion",
        "educacion",
        "vivienda",
        "vehiculo",
        "rotativo",
        "calamidad",
        "compra-cartera",
        "sobre-aportes",
        "turismo",
    ]
    line = products.credit("libre-inversion")
    assert line.maximum == (Limit(Decimal(50), Measure.MINIMUM_WAGES),)
    assert line.insurance.base is InsuranceBase.BALANCE
    assert line.insurance.per_mille == Decimal("0.345")
    assert line.systems == (System.LEVEL, System.CONSTANT_PRINCIPAL)
    assert line.requirements.splitlines()[0] == "Ser asociado desde hace un mes o más."
    assert products.tables.uvt_of(date(2026, 5, 1)) == 52_374
    assert products.tables.minimum_wage_of(date(2026, 5, 1)) == 1_750_905
    assert products.tables.usury_cap_of(date(2026, 1, 31)).percent == Percent("24.36")


def test_every_line_of_the_made_up_cooperative_can_be_quoted_today():
    products = read_cooperative(DEMO).products
    credits_, cdats = CreditQuotes(products), CdatQuotes(products)
    for line in products.credits:
        allowed = credits_.amounts(line.id, TODAY)
        for period in line.periods:
            for months in credits_.terms(line.id, period):
                for system in line.systems:
                    request = CreditRequest(line.id, allowed.maximum, months, period, system)
                    assert credits_.quote(request, TODAY).cap_is_current
    for line in products.cdats:
        for days in line.terms.usual:
            for settlement in cdats.settlements(line.id, days):
                request = CdatRequest(line.id, Decimal(1_000_000), days, settlement)
                assert cdats.quote(request, TODAY).outcome.net > 0


@pytest.mark.parametrize(("old", "new", "fault", "where"), ONE_WRONG.values(), ids=ONE_WRONG)
def test_one_thing_wrong_is_one_problem_on_its_line(tmp_path, old, new, fault, where):
    error = problems(changed(tmp_path, old, new))
    assert [problem.fault for problem in error.problems] == [fault]
    assert error.problems[0].line == line_of(where, FIRST if "credit" in where else "")
    (said,) = sentences(error)
    assert f"línea {error.problems[0].line}, " in said
    assert said.endswith(".")
    assert read_cooperative(DEMO)


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_lines(tmp_path):
    path = changed(tmp_path, 'city = "Tunja"', "city = 5")
    text = path.read_text("utf-8").replace("percent = 1.45", "percent = -1")
    path.write_text(text.replace("2026-12 = 24.40", '2026-12 = "x"'), "utf-8")
    said = sentences(problems(path))
    assert len(said) == 3
    assert ["city" in said[0], "percent" in said[1], "2026-12" in said[2]] == [True] * 3


def test_a_rate_is_held_against_the_cap_of_each_of_its_months(tmp_path):
    """1.80 % a month is 23.87 % E.A.: legal until a month's cap falls below it."""
    dear = changed(tmp_path, "percent = 1.45", "percent = 1.80")
    assert read_cooperative(dear)
    dear.write_text(dear.read_text("utf-8").replace("2026-10 = 24.40", "2026-10 = 23.80"), "utf-8")
    (problem,) = problems(dear).problems
    assert problem.details["month"] == date(2026, 10, 1)
    (said,) = sentences(problems(dear))
    assert "23,8721 % E.A." in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "octubre de 2026" in said
    ended = dear.read_text("utf-8").replace(
        "rates = [{ since = 2026-01-01, percent = 1.80 }]",
        "rates = [{ since = 2026-01-01, until = 2026-09-30, percent = 1.80 }]",
    )
    dear.write_text(ended, "utf-8")
    assert read_cooperative(dear)


def test_the_cap_may_come_from_the_certified_interest(tmp_path):
    path = changed(tmp_path, "2026-01 = 24.36", "[bank_interest]\n2026-01 = 16.24")
    found = read_cooperative(path).products.tables.usury_cap_of(date(2026, 1, 1))
    assert found.percent == Percent("24.36")


def test_rates_are_read_without_passing_through_a_binary_fraction():
    line = read_cooperative(DEMO).products.credit("educacion")
    assert str(line.bands[0].percent) == "1.10"


def test_a_file_that_windows_wrote(tmp_path):
    path = tmp_path / "cooperativa.toml"
    text = DEMO.read_text("utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_cooperative(path) == read_cooperative(DEMO)


def test_files_that_cannot_be_read(tmp_path):
    missing = problems(tmp_path / "nowhere.toml")
    assert [p.fault for p in missing.problems] == [Fault.ABSENT]
    assert sentences(missing) == [f"{tmp_path}/nowhere.toml: no existe ese archivo."]
    assert [p.fault for p in problems(tmp_path).problems] == [Fault.UNREADABLE]
    broken = tmp_path / "broken.toml"
    broken.write_text('[cooperative]\nname = "x\n')
    (problem,) = problems(broken).problems
    assert problem.fault is Fault.NOT_TOML
    assert "line 2" in sentences(problems(broken))[0]
    broken.write_bytes(b'name = "\xf1"')
    assert [p.fault for p in problems(broken).problems] == [Fault.NOT_TEXT]
    broken.write_text("")
    assert {p.fault for p in problems(broken).problems} == {Fault.MISSING}
    assert all("falta" in said for said in sentences(problems(broken)))


def test_policies_in_any_unit(tmp_path):
    changes = changed(tmp_path, "code_life_minutes = 5", "code_life_seconds = 90")
    policies = read_cooperative(changes).policies
    assert policies.code_life == timedelta(seconds=90)
    assert policies.first_key_life == timedelta(days=30)
    assert policies.pin_tries == 5


def test_a_cooperative_may_offer_nothing_yet(tmp_path):
    text = DEMO.read_text("utf-8")
    path = tmp_path / "cooperativa.toml"
    path.write_text(text[: text.index("# What can be simulated")], "utf-8")
    products = read_cooperative(path).products
    assert (products.credits, products.cdats) == ((), ())
