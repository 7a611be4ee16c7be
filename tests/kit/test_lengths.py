"""Lengths of time as people type them."""

import pytest

from handlers.kit.lengths import UnclearLength, Unit, parse_length

MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}
DAYS = {Unit.DAY: 1, Unit.MONTH: 30, Unit.YEAR: 360}


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("18", 18),
        (" 18 ", 18),
        ("18 meses", 18),
        ("18 MESES.", 18),
        ("a 18 meses", 18),
        ("dieciocho", 18),
        ("treinta y seis meses", 36),
        ("un mes", 1),
        ("2 años", 24),
        ("2 anos", 24),
        ("¿2 años?", 24),
        ("un año", 12),
        ("año y medio", 18),
        ("dos años y medio", 30),
        ("medio año", 6),
        ("1 año y 6 meses", 18),
        ("3 años 2 meses", 38),
        ("plazo de 12 meses", 12),
    ],
)
def test_months(typed, months):
    assert parse_length(typed, MONTHS) == months


@pytest.mark.parametrize(
    ("typed", "days"),
    [("180", 180), ("180 días", 180), ("6 meses", 180), ("un año", 360), ("mes y medio", 45)],
)
def test_days(typed, days):
    assert parse_length(typed, DAYS) == days


def test_a_year_of_the_calendar_has_its_days():
    assert parse_length("2 años", DAYS | {Unit.YEAR: 365}) == 730


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "hola",
        "0",
        "-3",
        "1.5",
        "1,5 años",
        "2 2",
        "24 cuotas",
        "medio",
        "mes medio mes y",
        "x" * 200,
        "9" * 30,
        "999999 años",
        "٣ meses",
    ],
)
def test_what_is_no_length(typed):
    with pytest.raises(UnclearLength):
        parse_length(typed, MONTHS)


def test_a_unit_that_does_not_count_here():
    with pytest.raises(UnclearLength):
        parse_length("90 días", MONTHS)


def test_half_a_month_is_no_whole_number_of_months():
    with pytest.raises(UnclearLength):
        parse_length("mes y medio", MONTHS)
