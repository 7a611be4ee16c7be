"""Amounts in words, with the grammar of a cheque."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Centavos
from handlers.documents.amounts import in_words
from handlers.kit.format import money


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Cero pesos m/cte"),
        (100, "Un peso m/cte"),
        (101, "Un peso con un centavo m/cte"),
        (250, "Dos pesos con cincuenta centavos m/cte"),
        (21_00, "Veintiún pesos m/cte"),
        (31_21, "Treinta y un pesos con veintiún centavos m/cte"),
        (100_00, "Cien pesos m/cte"),
        (101_00, "Ciento un pesos m/cte"),
        (1_000_00, "Mil pesos m/cte"),
        (1_001_00, "Mil un pesos m/cte"),
        (21_000_00, "Veintiún mil pesos m/cte"),
        (31_000_00, "Treinta y un mil pesos m/cte"),
        (121_521_00, "Ciento veintiún mil quinientos veintiún pesos m/cte"),
        (1_000_000_00, "Un millón de pesos m/cte"),
        (1_200_000_00, "Un millón doscientos mil pesos m/cte"),
        (1_000_001_00, "Un millón un pesos m/cte"),
        (21_000_000_00, "Veintiún millones de pesos m/cte"),
        (101_000_000_50, "Ciento un millones de pesos con cincuenta centavos m/cte"),
        (1_000_000_000_00, "Mil millones de pesos m/cte"),
        (716_500_900_00, "Setecientos dieciséis millones quinientos mil novecientos pesos m/cte"),
    ],
)
def test_as_a_cheque_says_it(amount: int, words: str) -> None:
    assert in_words(Centavos(amount)) == words


@given(st.integers(0, 10**15))
def test_no_unit_is_left_standing_alone(amount: int) -> None:
    words = in_words(Centavos(amount)).lower().split()
    assert "uno" not in words
    assert "veintiuno" not in words
    assert words[-1] == "m/cte"
    assert ("con" in words) == bool(amount % 100)


def test_nothing_below_zero() -> None:
    with pytest.raises(ValueError, match="negative"):
        in_words(Centavos(-1))


def test_figures_beside_them_are_the_usual_ones() -> None:
    assert money(Centavos(1_200_000_00)) == "$\N{NO-BREAK SPACE}1.200.000"
