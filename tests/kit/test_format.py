"""Values within sentences."""

from datetime import UTC, datetime

import pytest

from handlers.kit.format import SpanishFormatter

MORNING = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Fue el {at}.", "Fue el 2 de noviembre de 2026 a las 9:30 a. m."),
        ("El {at}. ¿Usted?", "El 2 de noviembre de 2026 a las 9:30 a. m. ¿Usted?"),
        ("El {at}, y ya.", "El 2 de noviembre de 2026 a las 9:30 a. m., y ya."),
        ("Espere al {at}...", "Espere al 2 de noviembre de 2026 a las 9:30 a. m...."),
        ("Desde el {at:date}.", "Desde el 2 de noviembre de 2026."),
        ("{at:short}: entró", "2 nov 2026, 9:30 a. m.: entró"),
    ],
)
def test_moments_in_sentences(text: str, read: str) -> None:
    written = SpanishFormatter().vformat(text, (), {"at": MORNING})
    plain = written.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert plain == read
