"""Names from outside become text that can be drawn."""

import pytest

from handlers.documents.glyphs import drawable, tidy


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Ana \n María\t", "Ana María"),
        ("Nu\u0301n\u0303ez", "Núñez"),
        ("Ana\u202eairaM\u2069", "AnaairaM"),
        ("a\x00b", "a b"),
        ("\ud800\ue000", "□□"),
        ("abcdefghij", "abcdefghij"),
        ("abcdefghijk", "abcdefghi…"),
        ("abcdefgh ijk", "abcdefgh…"),
        ("", ""),
    ],
)
def test_tidy(given: str, kept: str) -> None:
    assert tidy(given, 10) == kept


def test_missing_glyphs_become_boxes_and_lines_stay() -> None:
    assert drawable("a\nb王", {ord("a"), ord("b")}) == "a\nb□"
