"""`coopbot simulate`: what an operator types, and what they are told when it is wrong."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy_financial as npf
import pytest
from typer.testing import CliRunner

from bot.cli import app

CREDIT = {
    "--principal": "5000000",
    "--rate": "1.1",
    "--rate-kind": "monthly",
    "--term": "18",
    "--period": "monthly",
    "--system": "level",
    "--rounding": "truncate",
    "--date": "2026-11-25",
}
CDAT = {
    "--amount": "10000000",
    "--rate": "9",
    "--days": "360",
    "--day-base": "360",
    "--settlement": "at_maturity",
    "--withholding": "4",
}


def run(command, options, *more):
    words = [word for pair in options.items() if pair[1] is not None for word in pair]
    return CliRunner().invoke(app, ["simulate", command, *words, *more])


def answer(command, options):
    result = run(command, options, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_credit_as_json():
    found = answer("credit", CREDIT)
    assert found["periodic_rate_percent"] == "1.1"
    assert found["instalment"] == "307704"
    assert found["last_instalment"] == "307709"
    assert found["total_interest"] == "538677"
    assert found["total_insurance"] == "0"
    assert found["effective_annual_percent"].startswith("14.0286")
    assert len(found["schedule"]) == 18
    assert found["schedule"][0] == {
        "number": 1,
        "date": "2026-12-25",
        "principal": "252704",
        "interest": "55000",
        "insurance": "0",
        "payment": "307704",
        "balance": "4747296",
    }


def test_a_cdat_as_json():
    found = answer("cdat", CDAT | {"--settlement": "monthly"})
    shown = {name: found[name] for name in ("gross", "withholding", "net", "total")}
    assert shown == {
        "gross": "864878.80",
        "withholding": "34595.15",
        "net": "830283.65",
        "total": "10830283.65",
    }
    assert len(found["payments"]) == 12
    first = found["payments"][0]
    assert (first["gross"], first["withholding"], first["net"]) == (
        "72073.23",
        "2882.93",
        "69190.30",
    )


def test_insurance_has_its_own_column():
    found = answer("credit", CREDIT | {"--insurance": "0.345"})
    assert found["instalment"] == "307704"
    assert found["schedule"][0]["insurance"] == "1725"
    assert found["first_payment"] == found["schedule"][0]["payment"] == "309429"
    flows = [-5_000_000, *(int(row["payment"]) for row in found["schedule"])]
    theirs = ((1 + npf.irr(flows)) ** 12 - 1) * 100
    assert float(found["effective_annual_percent"]) == pytest.approx(theirs, rel=1e-9)
    assert found["rate_effective_annual_percent"].startswith("14.0286")
    fixed = answer("credit", CREDIT | {"--insurance": "0,345", "--insurance-on": "initial"})
    assert {row["insurance"] for row in fixed["schedule"]} == {"1725"}
    assert fixed["total_insurance"] == str(1725 * 18)


SAME = {
    "--principal": ["5000000", "5.000.000", "5,000,000", "5000000.00", "5000000,0", " 5000000 "],
    "--rate": ["1.1", "1,1", "1.10", "01.1", "1.1%", "1,1 %"],
    "--rate-kind": ["monthly", "MONTHLY", "periodic", "Periodic"],
    "--system": ["level", "Level"],
    "--term": ["18", "018"],
}


@pytest.mark.parametrize(("option", "given"), [(o, g) for o, gs in SAME.items() for g in gs])
def test_ways_of_writing_the_same(option, given):
    assert answer("credit", CREDIT | {option: given}) == answer("credit", CREDIT)


def test_hyphens_are_as_good_as_underlines():
    spelled = CREDIT | {"--system": "constant-principal", "--rounding": "half-up"}
    known = CREDIT | {"--system": "constant_principal", "--rounding": "half_up"}
    assert answer("credit", spelled) == answer("credit", known)


def test_what_is_left_out_has_a_default():
    given = {"--principal": "1000000", "--rate": "12", "--term": "12"}
    found = answer("credit", given)
    expected = {
        "rate_kind": "effective_annual",
        "period": "monthly",
        "system": "level",
        "rounding": "none",
        "effective_annual_percent": "12",
    }
    assert {name: found[name] for name in expected} == expected
    found = answer("cdat", {"--amount": "1000000", "--rate": "9", "--days": "360"})
    assert (found["gross"], found["withholding"]) == ("90000.00", "0.00")
    assert (found["day_base"], found["settlement"]) == (360, "at_maturity")


@pytest.mark.parametrize("system", ["level", "constant_principal", "bullet"])
@pytest.mark.parametrize("rounding", ["truncate", "half_up", "none"])
@pytest.mark.parametrize(
    "period", ["fortnightly", "monthly", "bimonthly", "quarterly", "semiannual", "annual"]
)
def test_every_system_rounding_and_period(system, rounding, period):
    found = answer(
        "credit", CREDIT | {"--system": system, "--rounding": rounding, "--period": period}
    )
    rows = found["schedule"]
    assert len(rows) == 18
    assert Decimal(rows[-1]["balance"]) == 0
    paid = sum(Decimal(row["principal"]) for row in rows)
    # Exact amounts are shown to the centavo each, so that their sum may show a few more or less.
    assert abs(paid - 5_000_000) <= (Decimal("0.09") if rounding == "none" else 0)


@pytest.mark.parametrize("of", ["fortnightly", "bimonthly", "quarterly", "semiannual", "annual"])
def test_every_kind_of_rate(of):
    plain = answer("credit", CREDIT | {"--rate-kind": of, "--rate": "3", "--period": of})
    assert plain["periodic_rate_percent"] == "3"
    year = answer("credit", CREDIT | {"--rate-kind": f"nominal_{of}", "--rate": "12"})
    assert Decimal(year["effective_annual_percent"]) >= 12


BAD = {
    "no principal": ("credit", {"--principal": None}, "Falta --principal"),
    "an empty rate": ("credit", {"--rate": ""}, "Falta --rate"),
    "no term": ("credit", {"--term": None}, "Falta --term"),
    "words": ("credit", {"--principal": "cinco"}, "«cinco»"),
    "thousands or decimals": ("credit", {"--principal": "5.000"}, "«5.000»"),
    "a negative amount": ("credit", {"--principal": "-5"}, "«-5»"),
    "an exponent": ("credit", {"--principal": "5e6"}, "«5e6»"),
    "infinity": ("credit", {"--rate": "inf"}, "«inf»"),
    "no number": ("credit", {"--rate": "nan"}, "«nan»"),
    "nothing lent": ("credit", {"--principal": "0"}, "mayor que cero"),
    "too much": ("credit", {"--principal": "9" * 16}, "mayor que cero"),
    "centavos in whole pesos": ("credit", {"--principal": "10.50"}, "pesos enteros"),
    "a rate beyond reason": ("credit", {"--rate": "1001"}, "entre 0 y 1000"),
    "no instalments": ("credit", {"--term": "0"}, "entre 1 y 1200"),
    "instalments for ever": ("credit", {"--term": "1201"}, "entre 1 y 1200"),
    "half an instalment": ("credit", {"--term": "1.5"}, "«1.5»"),
    "a kind of rate": ("credit", {"--rate-kind": "weekly"}, "nominal_monthly"),
    "a period": ("credit", {"--period": "weekly"}, "fortnightly"),
    "a period of CDATs": ("credit", {"--period": "at_maturity"}, "fortnightly"),
    "a system": ("credit", {"--system": "german"}, "constant_principal"),
    "a rounding": ("credit", {"--rounding": "up"}, "half_up"),
    "a day": ("credit", {"--date": "25/11/2026"}, "2026-11-25"),
    "a far day": ("credit", {"--date": "9999-12-31"}, "2026-11-25"),
    "an insurance": ("credit", {"--insurance": "mucho"}, "«mucho»"),
    "an insurance beyond reason": ("credit", {"--insurance": "1001"}, "1000 por mil"),
    "a payment below the interest": ("credit", {"--payment": "55000"}, "no bajaría"),
    "no amount": ("cdat", {"--amount": None}, "Falta --amount"),
    "no days": ("cdat", {"--days": "0"}, "entre 1 y 36500"),
    "a day base": ("cdat", {"--day-base": "366"}, "360, 365"),
    "an uneven term": ("cdat", {"--days": "100", "--settlement": "monthly"}, "periodos"),
    "a settlement": ("cdat", {"--settlement": "daily"}, "at_maturity"),
    "a withholding": ("cdat", {"--withholding": "101"}, "entre 0 y 100"),
}


@pytest.mark.parametrize(("command", "change", "said"), BAD.values(), ids=BAD)
def test_bad_input_gets_one_sentence(command, change, said):
    good = CREDIT if command == "credit" else CDAT
    result = run(command, good | change, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.endswith(".\n")


@pytest.mark.parametrize("more", [["--principle", "5"], ["--rate"], ["5000000"], ["-x"]])
def test_misspelt_options_too(more):
    result = run("credit", CREDIT, *more)
    assert result.exit_code == 2
    assert "--help" in result.stderr
    assert more[0] in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_tables_for_reading():
    shown = run("credit", CREDIT).stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "Cuota: $ 307.704; la última: $ 307.709" in shown
    assert "$ 4.747.296" in shown
    assert len([line for line in shown.splitlines() if "2028-05-25" in line]) == 1
    shown = run("cdat", CDAT).stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "Interés: $ 900.000; retención: $ 36.000; neto: $ 864.000" in shown


def test_it_needs_nothing_and_loads_little(tmp_path):
    """No settings, no database, and none of what makes the bot slow to start."""
    code = (
        "import sys; from bot.cli import app; sys.argv = ['coopbot', *sys.argv[1:]]\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "heavy = {'telegram', 'sqlalchemy', 'fastapi', 'babel', 'matplotlib', 'fpdf'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    words = [word for pair in CREDIT.items() for word in pair]
    done = subprocess.run(
        [sys.executable, "-c", code, "simulate", "credit", *words, "--json"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["instalment"] == "307704"
    assert done.stderr == "[]\n"
    assert list(tmp_path.iterdir()) == []
