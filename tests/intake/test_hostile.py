"""Text that nobody expects; numbers and dates of every size."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.nit import check_digit
from storage.demo.accounts import Pesos
from storage.demo.writing import as_cell
from storage.intake.cells import clean, keyword
from storage.intake.dates import DateOrder, day
from storage.intake.findings import Unacceptable
from storage.intake.lines import records
from storage.intake.numbers import Decimals, amount, evidence, rate

cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), max_size=6), st.sampled_from(";,\t"))
def test_what_csv_writes_is_read_with_its_lines(rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    out.seek(0)
    expected = [row for row in rows if "".join(row).strip()]
    assert [row for _, row in records(out, delimiter)] == expected


@given(st.text(max_size=400))
def test_no_text_stops_the_reader(text):
    read = list(records(io.StringIO(text, newline=""), ";"))
    assert [line for line, _ in read] == sorted({line for line, _ in read})


@given(st.text(st.sampled_from('a;"\n\r'), max_size=60))
def test_a_good_line_after_any_rubbish_is_found(rubbish):
    # After more lines than a record may have, whatever was open is over.
    text = f"{rubbish}\n" + "x;y\n" * 22
    read = list(records(io.StringIO(text, newline=""), ";"))
    assert read[-1][1] == ["x", "y"]


@given(st.text())
def test_clean_text_is_plain_and_stays_so(text):
    once = clean(text)
    assert clean(once) == once
    assert once.isprintable()
    assert keyword(text).isidentifier() or not keyword(text) or keyword(text)[0].isdigit()


@given(st.integers(-(10**16), 10**16))
def test_an_amount_in_either_notation_is_exact(centavos):
    spanish = as_cell(Pesos(centavos))
    english = f"{'-' * (centavos < 0)}{abs(centavos) // 100}.{abs(centavos) % 100:02}"
    assert amount(Decimals.COMMA)(spanish) == centavos
    assert amount(Decimals.POINT)(english) == centavos
    assert evidence(spanish) is Decimals.COMMA
    assert evidence(english) is Decimals.POINT


@given(st.text(max_size=30))
def test_no_amount_is_made_up(text):
    for decimals in Decimals:
        try:
            centavos = amount(decimals)(text)
        except Unacceptable:
            continue
        digits = "".join(c for c in text if c in "0123456789").lstrip("0")
        assert str(abs(centavos)).rstrip("0") == digits.rstrip("0") or digits == ""


@pytest.mark.parametrize("text", ["1.234", "0", "12", "", "1,2,3", "1.2.3", "-", "$"])
def test_what_settles_nothing(text):
    assert evidence(text) is None


@given(st.decimals(0, 99, places=4))
def test_a_rate_is_the_same_number(percent):
    assert Decimal(rate(Decimals.COMMA)(f"{percent}".replace(".", ","))) == percent


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_in_either_order(when):
    assert day(DateOrder.EITHER)(f"{when:%d/%m/%Y}") == when.isoformat()
    assert day(DateOrder.EITHER)(when.isoformat()) == when.isoformat()


@pytest.mark.parametrize(("nit", "digit"), [("891800652", 8), ("800191045", 1), ("41261533", 2)])
def test_check_digits_of_the_field(nit, digit):
    assert check_digit(nit) == digit
