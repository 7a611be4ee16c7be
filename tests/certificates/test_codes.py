"""A code cannot be made up, altered, or carried over to another certificate."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.seals import Seal
from domain.certificates.certificate import Certificate, Folio, code_of, folio_in, is_code_of
from domain.certificates.facts import WithholdingFacts
from domain.money import Centavos
from tests.documents.certificate_samples import KINDS, SEAL, WITHHELD

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ONE = KINDS["withholding"].certificate
CODE = code_of(ONE, SEAL)


class NoSeal(Seal):
    """The control taken out: what is signed does not matter."""

    def of(self, *parts: str | int) -> str:
        return "0" * 64


@given(st.integers(2000, 2127), st.integers(0, 8_388_607))
def test_a_code_names_its_folio(year: int, number: int) -> None:
    certificate = replace(ONE, folio=Folio(year, number))
    code = code_of(certificate, SEAL)
    assert folio_in(code) == certificate.folio
    assert is_code_of(code, certificate, SEAL)
    assert Folio.parse(str(certificate.folio)) == certificate.folio


@pytest.mark.parametrize("folio", [Folio(1999, 1), Folio(2128, 1), Folio(2026, 8_388_608)])
def test_a_folio_beyond_all_codes_is_refused(folio: Folio) -> None:
    with pytest.raises(OverflowError):
        code_of(replace(ONE, folio=folio), SEAL)


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), CODE.replace("-", ""), f"  {CODE.replace('-', ' ')} "]
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert is_code_of(typed, ONE, SEAL)


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    certificate = replace(ONE, folio=Folio(2026, 0))
    code = code_of(certificate, SEAL)
    assert "0" in code
    assert is_code_of(code.replace("0", "o").replace("1", "l"), certificate, SEAL)


def test_every_single_altered_sign_is_found() -> None:
    for place, sign in product(range(len(CODE)), SIGNS):
        altered = CODE[:place] + sign + CODE[place + 1 :]
        if CODE[place] != "-" and altered != CODE:
            assert not is_code_of(altered, ONE, SEAL)


def test_exchanged_signs_are_found() -> None:
    for place in range(len(CODE) - 1):
        altered = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
        if altered.replace("-", "") != CODE.replace("-", ""):
            assert not is_code_of(altered, ONE, SEAL)


def made_up(seal: Seal) -> int:
    """How many of 10,000 codes, of the right folio and drawn otherwise, are taken for genuine."""
    chance = random.Random(7)
    beginning = CODE.replace("-", "")[:6]
    drawn = (beginning + "".join(chance.choices(SIGNS, k=10)) for _ in range(10_000))
    return sum(is_code_of(code, ONE, seal) for code in drawn)


def test_made_up_codes_fail() -> None:
    assert made_up(SEAL) == 0


def test_without_the_seal_a_code_can_be_made_up() -> None:
    assert is_code_of(CODE.replace("-", "")[:6] + "0" * 10, ONE, NoSeal(b""))


def changes() -> list[Certificate]:
    other = WithholdingFacts(2025, (replace(WITHHELD[0], amount=Centavos(1)),))
    return [
        replace(ONE, facts=other),
        replace(ONE, facts=replace(ONE.facts, year=2024)),
        replace(ONE, digest="e" * 64),
        replace(ONE, issued_at=ONE.issued_at + timedelta(days=1)),
        replace(ONE, facts=KINDS["membership"].certificate.facts),
        replace(ONE, intact=False),
    ]


@pytest.mark.parametrize("changed", changes())
def test_a_code_serves_only_what_was_certified(changed: Certificate) -> None:
    assert not is_code_of(CODE, changed, SEAL)


def test_another_key_makes_other_codes() -> None:
    assert not is_code_of(CODE, ONE, Seal(b"other" * 8))


@pytest.mark.parametrize("typed", ["", "hola", "1234", "U" * 16, CODE + "0", CODE[:-1], "ñ" * 16])
def test_what_is_no_code_names_no_folio(typed: str) -> None:
    assert folio_in(typed) is None
    assert not is_code_of(typed, ONE, SEAL)


@given(st.text())
def test_any_text_is_read_without_a_fault(typed: str) -> None:
    assert not is_code_of(typed, ONE, SEAL)
    folio_in(typed)
