"""Amounts as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from domain.money import Centavos
from handlers.kit.amounts import Unclear, UnclearAmount, parse_amount
from handlers.kit.format import money

CLEAR = {
    "5000000": 5_000_000,
    "5.000.000": 5_000_000,
    "5,000,000": 5_000_000,
    "5'000.000": 5_000_000,
    "$5'000.000": 5_000_000,
    "$ 5’000.000": 5_000_000,
    "5´000.000": 5_000_000,
    "5 000 000": 5_000_000,
    "5.000,000": 5_000_000,
    "5.000.000,00": 5_000_000,
    "5.000.000.00": 5_000_000,
    "5,000,000.00": 5_000_000,
    "5000000.00": 5_000_000,
    "$5.000.000,oo": 5_000_000,
    "5.000.000.oo": 5_000_000,
    "$5.000.000=": 5_000_000,
    "5.000.000 pesos": 5_000_000,
    "5.000.000 pesos m/cte": 5_000_000,
    "COP 5.000.000": 5_000_000,
    "5.000": 5_000,
    "5,000": 5_000,
    "5 millones": 5_000_000,
    "5 MILLONES": 5_000_000,
    "5millones": 5_000_000,
    "5 millones de pesos": 5_000_000,
    "5m": 5_000_000,
    "5 M": 5_000_000,
    "5mm": 5_000_000,
    "5 palos": 5_000_000,
    "5,5 millones": 5_500_000,
    "5.5 millones": 5_500_000,
    "5,25 millones": 5_250_000,
    "1 millón": 1_000_000,
    "un millón": 1_000_000,
    "millón": 1_000_000,
    "medio millón": 500_000,
    "millón y medio": 1_500_000,
    "un millón y medio": 1_500_000,
    "2 millones y medio": 2_500_000,
    "2 millones 300 mil": 2_300_000,
    "2 millones y 300 mil pesos": 2_300_000,
    "2 millones 300.000": 2_300_000,
    "dos millones trescientos mil": 2_300_000,
    "quinientos mil": 500_000,
    "500 mil": 500_000,
    "500mil": 500_000,
    "500k": 500_000,
    "500 lucas": 500_000,
    "mil": 1_000,
    "cien mil": 100_000,
    "ciento veinte mil": 120_000,
    "treinta y cinco millones": 35_000_000,
    "veintidós mil quinientos": 22_500,
    "5 mil 500": 5_500,
    "mil doscientos cincuenta": 1_250,
    "ochocientos cincuenta mil": 850_000,
    "mil millones": 1_000_000_000,
    "¡5.000.000!": 5_000_000,
    "  5.000.000  ": 5_000_000,
    "como 5 millones": 5_000_000,
    "12.345.678 ": 12_345_678,
    "1.234.567 pesos": 1_234_567,
}

AMBIGUOUS = {
    "5": (5_000, 5_000_000),
    "cinco": (5_000, 5_000_000),
    "5,5": (5_500, 5_500_000),
    "500": (500_000, 500_000_000),
    "$ 20": (20_000, 20_000_000),
    "1 millón 200": (1_200_000, 1_000_200),
    "un millón doscientos": (1_200_000, 1_000_200),
    "5.500 millones": (5_500_000, 5_500_000_000),
    "1.500 mil": (1_500, 1_500_000),
}

WRONG = [
    "",
    "   ",
    "no sé",
    "cero",
    "0",
    "0,00",
    "-5000",
    "5.00.000",
    "5000.000",
    "5.0000",
    "1.2.3",
    "cinco cinco",
    "veinte treinta",
    "mil mil mil mil mil mil",
    "5 mil 2 millones",
    "2 millones 3 millones",
    "5e6",
    "5*3",
    "medio",
    "y",
    "pesos",
    "٥٠٠٠",
    "9" * 16,
    "5" * 200,
    "5.000.000 dólares",
    "<b>5.000.000</b>",
]


@pytest.mark.parametrize(("typed", "pesos"), CLEAR.items())
def test_clear(typed, pesos):
    assert parse_amount(typed) == pesos


@pytest.mark.parametrize(("typed", "candidates"), AMBIGUOUS.items())
def test_what_may_mean_two_things_is_asked(typed, candidates):
    with pytest.raises(UnclearAmount) as caught:
        parse_amount(typed)
    assert caught.value.reason is Unclear.AMBIGUOUS
    assert caught.value.candidates == candidates


@pytest.mark.parametrize("typed", WRONG)
def test_no_amount(typed):
    with pytest.raises(UnclearAmount) as caught:
        parse_amount(typed)
    assert caught.value.reason is Unclear.NOT_AN_AMOUNT


@pytest.mark.parametrize("typed", ["5.000.000,50", "5000000.5", "1,500,000.01"])
def test_centavos_are_offered_as_whole_pesos(typed):
    with pytest.raises(UnclearAmount) as caught:
        parse_amount(typed)
    assert caught.value.reason is Unclear.CENTAVOS
    (whole,) = caught.value.candidates
    assert whole in {5_000_000, 1_500_000}


amounts = st.integers(1_000, 10**12)


@given(amounts)
def test_what_we_write_can_be_typed_back(pesos):
    assert parse_amount(money(Centavos(pesos * 100))) == pesos
    assert parse_amount(str(pesos)) == pesos
    assert parse_amount(f"{pesos:,}") == pesos
    assert parse_amount(f"{pesos:,}".replace(",", " ")) == pesos


@given(st.integers(1_000, 10**9 - 1))
def test_numbers_in_words(pesos):
    """As num2words spells them; fewer than a thousand right after millions are asked about."""
    words = num2words(pesos, lang="es")
    if pesos > 10**6 and 0 < pesos % 10**6 < 1000:
        with pytest.raises(UnclearAmount):
            parse_amount(words)
    else:
        assert parse_amount(words) == pesos


@given(st.text(max_size=40))
def test_nothing_typed_breaks_it(typed):
    with suppress(UnclearAmount):
        assert parse_amount(typed) > 0
