"""Callback data: packed small, and never trusted on the way back."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.callbacks import MAX_BYTES, STANDING, Callback, Standing, unpack


@dataclass(frozen=True, slots=True)
class Item(Callback):
    prefix = "tci"
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Lasting(Standing):
    prefix = "tcl"
    number: int


@given(st.integers(0, 2**63 - 1), st.text("abcñ", max_size=8))
def test_what_is_packed_comes_back(number, name):
    packed = Item(number, name).pack("run123")
    assert len(packed.encode()) <= MAX_BYTES
    assert unpack(packed, "run123") == Item(number, name)
    assert unpack(packed, "other1") is None


@given(st.text(max_size=64))
def test_any_bytes_give_a_callback_or_nothing(raw):
    assert unpack(raw, "run123") is None or raw.startswith(("run123:", f"{STANDING}:"))


@pytest.mark.parametrize("number", ["-1", str(2**63), str(10**30), "1.5", "x", "", " "])
def test_a_number_outside_the_keys_is_refused(number):
    assert unpack(f"run123:tci:{number}:a", "run123") is None


def test_too_long_or_with_a_colon_is_refused_when_built():
    for name in ("x" * 64, "a:b"):
        with pytest.raises(ValueError, match="does not fit"):
            Item(1, name).pack("run123")


def test_a_standing_button_needs_no_run_and_no_other_button_may_stand():
    assert unpack(Lasting(7).pack(STANDING), "run123") == Lasting(7)
    assert unpack(f"{STANDING}:tci:1:a", "run123") is None
    assert unpack("run123:tcl:7", "run123") is None


def test_a_prefix_belongs_to_one_callback():
    with pytest.raises(TypeError, match="tci"):
        type("Other", (Callback,), {"prefix": "tci", "__qualname__": "Other"})
