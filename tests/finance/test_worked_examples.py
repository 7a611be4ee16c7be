"""Every published calculation, through the domain and through the command."""

import json
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.simulation_json import cdat_json, credit_json
from domain.finance.cdats import work_out
from domain.finance.periods import Period
from domain.finance.rates import Rate, RateKind, effective_annual, nominal, nominal_in_advance
from domain.finance.rounding import Rounding
from domain.finance.schedules import amortise, pay_steadily
from domain.finance.usury import usury_cap
from domain.finance.withholding import Withholding
from domain.money import Percent
from storage.intake.identity import check_digit
from tests.finance.examples import CDATS, EXAMPLES, SYSTEMS, Example, of_kinds

CREDIT_FIGURES = {
    "instalment": lambda found: found["instalment"],
    "last_instalment": lambda found: found["last_instalment"],
    "total_interest": lambda found: found["total_interest"],
    "interest_each": lambda found: found["schedule"][0]["interest"],
    "principal_each": lambda found: found["schedule"][0]["principal"],
    "interest": lambda found: found["schedule"][0]["interest"],
    "insurance": lambda found: found["schedule"][0]["insurance"],
    "principal": lambda found: found["schedule"][0]["principal"],
    "closing_balance": lambda found: found["schedule"][0]["balance"],
    "periodic_rate": lambda found: Decimal(found["periodic_rate_percent"]) / 100,
    "interest_year_1": lambda found: interest(found["schedule"][:12]),
    "interest_year_2": lambda found: interest(found["schedule"][12:24]),
}
CDAT_FIGURES = {
    "gross_interest": "gross",
    "withholding": "withholding",
    "net_interest": "net",
    "total_received": "total",
}
ROW_FIGURES = {"n": "number", "instalment": "payment"}
ELSEWHERE = {"rows", "row_fields", "effective_annual_pct", "future_value", "present_value"}


def interest(rows):
    return sum(Decimal(row["interest"]) for row in rows)


def by_id(examples):
    return pytest.mark.parametrize("example", examples, ids=[e.id for e in examples])


def by_domain(example: Example):
    if example.kind in CDATS:
        return cdat_json(work_out(example.cdat()))
    loan, payment = example.loan(), example.stated_payment
    return credit_json(pay_steadily(loan, payment) if payment else amortise(loan))


def by_command(example: Example):
    options = cdat_options(example) if example.kind in CDATS else credit_options(example)
    result = CliRunner().invoke(app, ["simulate", *options, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def credit_options(example: Example):
    loan = example.loan()
    options = {
        "principal": loan.principal,
        "rate": loan.rate.percent,
        "rate-kind": loan.rate.kind.value,
        "term": loan.term,
        "period": loan.period.value,
        "system": loan.system.value,
        "rounding": loan.rounding.value,
        "insurance": loan.insurance.per_mille,
    }
    if example.stated_payment:
        options["payment"] = example.stated_payment
    return ["credit", *written(options)]


def cdat_options(example: Example):
    cdat = example.cdat()
    options = {
        "amount": cdat.amount,
        "rate": cdat.rate.percent,
        "days": cdat.days,
        "day-base": int(cdat.day_base),
        "settlement": cdat.settlement.value,
        "withholding": cdat.withholding.percent,
    }
    return ["cdat", *written(options)]


def written(options):
    return [word for name, value in options.items() for word in (f"--{name}", f"{value}")]


def close(found, expected, tolerance):
    return abs(Decimal(found) - Decimal(expected)) <= tolerance


THROUGH = pytest.mark.parametrize("calculate", [by_domain, by_command])


@THROUGH
@by_id(of_kinds(*SYSTEMS))
def test_a_credit(example, calculate):
    found = calculate(example)
    for name, value in example.expected.items():
        if name not in ELSEWHERE:
            assert close(CREDIT_FIGURES[name](found), value, example.tolerance), name
    if "effective_annual_pct" in example.expected:
        shown = Decimal(found["effective_annual_percent"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert shown == Decimal(example.expected["effective_annual_pct"])
    assert Decimal(found["schedule"][-1]["balance"]) == 0


@THROUGH
@by_id([e for e in of_kinds(*SYSTEMS) if e.rows])
def test_the_printed_rows_of_a_credit(example, calculate):
    rows = calculate(example)["schedule"]
    for printed in example.rows:
        at = int(printed.pop("n"))
        row = rows[at - 1] | {"opening_balance": rows[at - 2]["balance"] if at > 1 else None}
        row["opening_balance"] = row["opening_balance"] or example.values["principal"]
        for name, value in printed.items():
            cell = row[ROW_FIGURES.get(name, name)]
            assert close(cell, value, example.row_tolerance), (at, name)


@THROUGH
def test_a_textbook_annuity(calculate):
    (example,) = of_kinds("annuity_present_value")
    found = calculate(example)
    assert close(found["instalment"], example.values["principal"], example.tolerance)
    growth = (1 + Decimal(found["periodic_rate_percent"]) / 100) ** found["term"]
    future = Decimal(found["principal"]) * growth
    # The printed loan is rounded to the centavo, and so is its value after five years.
    assert close(future, example.expected["future_value"], example.tolerance * growth)


@THROUGH
@by_id(of_kinds(*CDATS))
def test_a_cdat(example, calculate):
    found = calculate(example)
    for name, value in example.expected.items():
        each = name.removesuffix("_each")
        source = found["payments"][0] if name.endswith("_each") else found
        assert close(source[CDAT_FIGURES[each]], value, example.tolerance), name


@by_id(of_kinds("savings_withholding"))
def test_the_whole_day_is_withheld_from(example):
    threshold = Decimal("0.055") * 52_374
    rule = Withholding(Percent(7), threshold)
    found = rule.of(example.principal, 1, Rounding.NONE)
    assert close(found, example.expected["withholding"], example.tolerance)
    assert rule.of(threshold, 1, Rounding.NONE) > 0
    assert rule.of(threshold - Decimal("0.01"), 1, Rounding.NONE) == 0


EQUIVALENT = {
    "monthly_pct": lambda rate: nominal(rate, Period.MONTHLY) / 12,
    "quarterly_nominal_pct": lambda rate: nominal(rate, Period.QUARTERLY),
    "quarterly_pct": lambda rate: nominal(rate, Period.QUARTERLY) / 4,
    "semiannual_nominal_pct": lambda rate: nominal(rate, Period.SEMIANNUAL),
    "semiannual_pct": lambda rate: nominal(rate, Period.SEMIANNUAL) / 2,
    "effective_annual_pct": effective_annual,
    "monthly_advance_nominal_pct": lambda rate: nominal_in_advance(rate, Period.MONTHLY),
    "quarterly_advance_nominal_pct": lambda rate: nominal_in_advance(rate, Period.QUARTERLY),
    "semiannual_advance_nominal_pct": lambda rate: nominal_in_advance(rate, Period.SEMIANNUAL),
}


@by_id(of_kinds("rate_conversion"))
def test_equivalent_rates(example):
    rate = Rate(example.percent, example.rate_kind)
    for name, value in example.expected.items():
        found = EQUIVALENT[name](rate)
        if "truncate" in example.convention.get("rounding", ""):
            found = found.quantize(Decimal("0.01"), ROUND_DOWN)
        assert close(found, value, example.tolerance), name


@pytest.mark.parametrize("period", ["monthly", "quarterly", "semiannual"])
def test_equivalent_rates_by_command(period):
    (example,) = (e for e in EXAMPLES if e.id == "RT01")
    options = ["--principal", "1000000", "--rate", "12", "--rate-kind", "nominal_monthly"]
    options += ["--term", "12", "--period", period, "--json"]
    found = json.loads(CliRunner().invoke(app, ["simulate", "credit", *options]).stdout)
    expected = example.expected
    annual = found["effective_annual_percent"]
    assert close(annual, expected["effective_annual_pct"], example.tolerance)
    assert close(found["periodic_rate_percent"], expected[f"{period}_pct"], example.tolerance)


@by_id(of_kinds("usury_cap"))
def test_the_usury_cap(example):
    found = usury_cap(Percent(example.values["rate"]))
    assert str(found) == example.expected["usury_effective_annual_pct"]


@by_id(of_kinds("nit_check_digit"))
def test_the_check_digit_of_a_nit(example):
    assert check_digit(example.values["number"]) == example.expected["check_digit"]


def test_no_example_is_left_out():
    tested = {*SYSTEMS, *CDATS, "savings_withholding", "rate_conversion", "usury_cap"}
    assert {example.kind for example in EXAMPLES} == tested | {"nit_check_digit"}


@pytest.mark.parametrize(
    ("monthly", "printed", "true"), [("2.40", "26.82", "32.92"), ("0.9", "11.37", "11.35")]
)
def test_printed_errors_are_not_reproduced(monthly, printed, true):
    """COOTRAIPI's table of 2020 and mejorcuota.co print effective rates that are wrong."""
    found = effective_annual(Rate(Percent(monthly), RateKind.MONTHLY))
    assert found.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(true)
    assert abs(found - Decimal(printed)) > Decimal("0.01")


def test_simple_interest_on_an_effective_rate_is_not_imitated():
    """The press often computes P·r·d/360 on an effective annual rate."""
    options = ["--amount", "10000000", "--rate", "9", "--days", "180", "--json"]
    found = json.loads(CliRunner().invoke(app, ["simulate", "cdat", *options]).stdout)
    assert found["gross"] == "440306.51"
    assert Decimal(found["gross"]) != 10_000_000 * Decimal("0.09") * 180 / 360
