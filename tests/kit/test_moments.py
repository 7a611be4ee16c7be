"""Hours in sentences."""

from datetime import UTC, datetime

import pytest

from handlers.kit.format import SpanishFormatter

AT = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("Hasta el {at}.", "9:30 a.\u202fm."),
        ("Hasta el {at}. Después no.", "9:30 a.\u202fm. Después no."),
        ("Hasta el {at}…", "9:30 a.\u202fm.…"),
        ("Hasta el {at}...", "9:30 a.\u202fm...."),
        ("Hasta el {at}, y ya.", "9:30 a.\u202fm., y ya."),
    ],
)
def test_a_sentence_ends_with_one_full_stop(text: str, ending: str) -> None:
    assert SpanishFormatter().vformat(text, (), {"at": AT}).endswith(ending)
