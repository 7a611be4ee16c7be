"""Cooperative files with one mistake each, and what it is called."""

from storage.cooperative.problems import Fault

FIRST = '[[credit]]\nid = "libre-inversion"'


ONE_WRONG = {
    "a misspelt key": ("payroll = true", "payrol = true", Fault.UNKNOWN, "payroll = true"),
    "a missing key": ('rate_kind = "monthly"\n', "", Fault.MISSING, FIRST),
    "an unknown table": ("[payroll]", "[nomina]", Fault.UNKNOWN, "[payroll]"),
    "a number in words": ("percent = 1.45", 'percent = "uno"', Fault.NUMBER, "percent = 1.45"),
    "a number that is none": ("percent = 1.45", "percent = nan", Fault.NUMBER, "percent = 1.45"),
    "a negative rate": ("percent = 1.45", "percent = -1", Fault.AT_LEAST, "percent = 1.45"),
    "an absurd rate": ("percent = 1.45", "percent = 1450", Fault.AT_MOST, "percent = 1.45"),
    "no money": ("pesos = 500_000", "pesos = 0", Fault.ABOVE, "pesos = 500_000"),
    "half a month": ("months = [3, 72]", "months = [2.5, 72]", Fault.WHOLE, "months = [3, 72]"),
    "one month": ("months = [3, 72]", "months = [3]", Fault.PAIR, "months = [3, 72]"),
    "three months": ("months = [3, 72]", "months = [3, 4, 72]", Fault.PAIR, "months = [3, 72]"),
    "months the wrong way": (
        "months = [3, 72]", "months = [72, 3]", Fault.ORDER, "months = [3, 72]",
    ),
    "months that are no list": ("months = [3, 72]", "months = 3", Fault.LIST, "months = [3, 72]"),
    "a term outside": ("36, 48, 60, 72]", "36, 48, 60, 73]", Fault.USUAL_OUTSIDE, "60, 72]"),
    "no terms": (
        "usual_months = [12, 24, 36, 48, 60, 72]", "usual_months = []", Fault.EMPTY_LIST,
        "usual_months = [12, 24, 36, 48, 60, 72]",
    ),
    "a period of no credit": (
        '"fortnightly"]', '"at_maturity"]', Fault.NOT_LISTED, '"fortnightly"]',
    ),
    "a period of nobody": ('"fortnightly"]', '"weekly"]', Fault.NOT_LISTED, '"fortnightly"]'),
    "a period that no term fits": (
        "days = [90, 720]\nusual_days = [90, 180, 270, 360, 540, 720]",
        "days = [90, 170]\nusual_days = [90]",
        Fault.PERIOD_UNUSED,
        'settlements = ["at_maturity", "monthly", "bi',
    ),
    "yes in words": ("payroll = true", 'payroll = "true"', Fault.YES_OR_NO, "payroll = true"),
    "a day that is none": (
        "since = 2026-01-01, percent = 1.45", 'since = "enero", percent = 1.45', Fault.DATE,
        "percent = 1.45",
    ),
    "a rate that ends before it begins": (
        "until = 2026-06-30", "until = 2025-06-30", Fault.DATES_ORDER, "until = 2026-06-30",
    ),
    "two rates at once": (
        "until = 2026-06-30", "until = 2026-07-01", Fault.OVERLAP, "{ since = 2026-07-01",
    ),
    "a term without a rate": (
        "days = [180, 269], amounts = [500_000, ", "days = [181, 269], amounts = [500_000, ",
        Fault.GAP, "rates = [\n  { since = 2026-01-01, days = [90",
    ),
    "an amount without a rate": (
        "amounts = [500_000, 19_999_999], percent = 7.00",
        "amounts = [500_000, 19_999_998], percent = 7.00",
        Fault.GAP,
        "rates = [\n  { since = 2026-01-01, days = [90",
    ),
    "no limit": ("{ pesos = 500_000 }", "{}", Fault.NO_LIMIT, "{ pesos = 500_000 }"),
    "less at most than at least": (
        "maximum = { pesos = 30_000_000 }", "maximum = { pesos = 30_000 }", Fault.LIMITS_ORDER,
        "maximum = { pesos = 30_000_000 }",
    ),
    "a name with a space": (
        'id = "libre-inversion"', 'id = "Libre inversión"', Fault.SPELLING, 'id = "libre-inv',
    ),
    "a name twice": ('id = "educacion"', 'id = "libre-inversion"', Fault.REPEATED, 'id = "educ'),
    "a month that is none": ("2025-09 = 25.01", "2025-13 = 25.01", Fault.SPELLING, "2025-09 = "),
    "a rate above the cap": ("percent = 1.45", "percent = 1.85", Fault.ABOVE_CAP, "percent = 1.45"),
    "a cap that its interest does not make": (
        "2026-01 = 24.36", "2026-01 = 24.37\n[bank_interest]\n2026-01 = 16.24",
        Fault.CAP_CONTRADICTS, "2026-01 = 24.36",
    ),
    "two withholdings at once": (
        "until = 2025-05-31", "until = 2025-06-01", Fault.OVERLAP,
        '[[withholding]]\nproduct = "cdat"\nsince = 2025-06-01',
    ),
    "a policy twice": (
        "code_life_minutes = 5", "code_life_minutes = 5\ncode_life_seconds = 90", Fault.REPEATED,
        "code_life_minutes",
    ),
    "a policy that is no number": ("pin_tries = 5", "pin_tries = true", Fault.WHOLE, "pin_tries"),
    "an empty text": ('city = "Tunja"', 'city = " "', Fault.TEXT, 'city = "Tunja"'),
    "a name too long": (
        'name = "Libre inversión"', f'name = "{"x" * 41}"', Fault.TOO_LONG, 'name = "Libre inv',
    ),
    "a table that is none": (
        "insurance = { base = \"balance\", per_mille = 0.345 }", "insurance = 1", Fault.TABLE,
        "insurance = {",
    ),
}  # fmt: skip
