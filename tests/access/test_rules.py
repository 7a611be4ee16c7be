"""The pure rules: PINs, documents, codes, masks, shuffles."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.codes import new_code, read_code
from domain.access.identity import MalformedDocument, read_document
from domain.access.masking import mask_email
from domain.access.pin_rules import Weakness, common_pins, weakness
from domain.access.shuffle import Shuffle, fresh_nonce
from domain.members import Document, DocumentType, Member, MemberStatus

PINS = st.text("0123456789", min_size=4, max_size=4)
ROSA = Member(
    1,
    "1",
    Document(DocumentType.CC, "40123123"),
    "Rosa",
    "Pinzon",
    date(1958, 3, 25),
    None,
    "+57 310 456 7890",
    MemberStatus.ACTIVE,
)


def test_about_a_tenth_of_all_pins_is_refused() -> None:
    assert 900 <= len(common_pins()) <= 1200
    assert all(len(pin) == 4 and pin.isascii() and pin.isdigit() for pin in common_pins())


@pytest.mark.parametrize(
    "pin",
    [
        *("1234", "4321", "0000", "7777", "1122", "1212", "1221", "2580", "0852", "1379"),
        *("2502", "0225", "2902", "0229", "3112", "1231", "1930", "1985", "2030", "7890", "9012"),
    ],
)
def test_common_pins(pin: str) -> None:
    assert weakness(pin, ROSA) is Weakness.COMMON


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("5803", Weakness.BIRTH_DATE),
        ("2558", Weakness.BIRTH_DATE),
        ("9580", Weakness.BIRTH_DATE),
        ("0358", Weakness.BIRTH_DATE),
        ("4012", Weakness.DOCUMENT),
        ("3123", Weakness.DOCUMENT),
        ("1045", Weakness.PHONE),
        ("5731", Weakness.PHONE),
        ("4831", None),
    ],
)
def test_pins_of_ones_own_data(pin: str, why: Weakness | None) -> None:
    assert weakness(pin, ROSA) is why


@given(st.dates(date(1920, 1, 1), date(2020, 12, 31)))
def test_every_day_is_a_common_pin(day: date) -> None:
    assert {f"{day:%d%m}", f"{day:%m%d}"} <= common_pins()


@given(PINS)
def test_rules_by_shape(pin: str) -> None:
    a, b, c, d = pin
    if (a == b and c == d) or (a == c and b == d) or (a == d and b == c):
        assert pin in common_pins()


@given(PINS, st.dates(date(1920, 1, 1), date(2020, 12, 31)), st.text("0123456789", max_size=10))
def test_what_passes_holds_nothing_of_the_member(pin: str, born: date, document: str) -> None:
    someone = Member(
        1, "1", Document(DocumentType.CC, document), "", "", born, None, None, MemberStatus.ACTIVE
    )
    if weakness(pin, someone) is None:
        assert pin not in f"{born:%Y%m%d}"
        assert pin not in f"{born:%d%m%Y}"
        assert pin not in document


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        (DocumentType.CC, " 40.123.123 ", "40123123"),
        (DocumentType.CC, "40 123-123", "40123123"),
        (DocumentType.CC, "\uff14\uff10123123", "40123123"),
        (DocumentType.CC, "012345", "012345"),
        (DocumentType.PA, "ap-123456", "AP123456"),
        (DocumentType.TI, "1.012.345.678", "1012345678"),
    ],
)
def test_documents_as_people_type_them(kind: DocumentType, typed: str, number: str) -> None:
    assert read_document(kind, typed) == Document(kind, number)


@pytest.mark.parametrize("typed", ["", "hola", "12345", "12345678901", "40123123; --", "4" * 4000])
def test_what_is_no_document(typed: str) -> None:
    with pytest.raises(MalformedDocument):
        read_document(DocumentType.CC, typed)


@given(st.text())
def test_any_text_is_a_document_or_malformed(typed: str) -> None:
    for kind in DocumentType:
        with suppress(MalformedDocument):
            assert read_document(kind, typed).number.isascii()


def test_codes_are_six_digits_and_differ() -> None:
    codes = {new_code() for _ in range(500)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(codes) > 490


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("123-456", "123456"),
        ("12345", None),
        ("1234567", None),
        ("abcdef", None),
    ],
)
def test_codes_as_people_type_them(typed: str, code: str | None) -> None:
    assert read_code(typed) == code


def test_masks() -> None:
    assert mask_email("maria.lopez@gmail.com") == "m•••@g•••.com"
    assert mask_email("x@correo.edu.co") == "x•••@c•••.co"


@given(st.binary(min_size=32, max_size=32), st.text(max_size=20))
def test_a_shuffle_is_an_order_and_repeats(key: bytes, nonce: str) -> None:
    order = Shuffle(key).order(nonce, 10)
    assert sorted(order) == list(range(10))
    assert Shuffle(key).order(nonce, 10) == order


def test_every_digit_comes_to_every_place() -> None:
    shuffle = Shuffle(b"k" * 32)
    orders = [shuffle.order(fresh_nonce(), 10) for _ in range(2000)]
    for place in range(10):
        counts = [sum(order[place] == digit for order in orders) for digit in range(10)]
        assert min(counts) > 120
        assert max(counts) < 290
