"""DANE's list, as shipped, and finding in it."""

import pytest

from storage.profile.divipola import places


def test_the_list_is_whole():
    known = places().by_code
    assert len(known) == 1121
    assert len({place.department for place in known.values()}) == 33
    assert sum(code.startswith("15") for code in known) == 123
    assert all(len(code) == 5 and code.isdigit() for code in known)
    assert all(place.municipality == place.municipality.strip() for place in known.values())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tunja", "15001"),
        ("TUNJA ", "15001"),
        ("sogam", "15759"),
        ("sogamozo", "15759"),
        ("villa de leiva", "15407"),
        ("leyva", "15407"),
        ("chiquinkira", "15176"),
        ("bogota", "11001"),
        ("Bogotá D.C.", "11001"),
        ("armenia quindio", "63001"),
        ("cucuta", "54001"),
        ("mompox", "13468"),
        ("puerto boyaca", "15572"),
        ("santa rosa de viterbo", "15693"),
    ],
)
def test_a_few_letters_find_it(typed, first):
    assert places().like(typed, 6)[0].code == first


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "<>", "🙂", "x" * 4096])
def test_what_is_no_place_finds_none(typed):
    assert places().like(typed, 6) == ()
