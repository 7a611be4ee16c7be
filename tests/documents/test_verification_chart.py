"""The weekly picture of requests."""

from datetime import date
from unittest.mock import patch

from domain.profile.weeks import Week
from handlers.documents.picture import Picture
from handlers.documents.verification_chart import verification_chart

WEEKS = (Week(date(2026, 11, 2), 14, 9, 5.2), Week(date(2026, 9, 28), 0, 0, None))


def drawn(weeks):
    """The lines of the picture, and its bytes."""
    said = []
    line, title = Picture.line, Picture.title

    def keep_line(self, left, right, *more, **named):
        said.append((left, right))
        line(self, left, right, *more, **named)

    def keep_title(self, message, below):
        said.append((message, below))
        title(self, message, below)

    with patch.object(Picture, "line", keep_line), patch.object(Picture, "title", keep_title):
        return said, verification_chart(weeks)


def test_each_week_has_its_figures():
    said, content = drawn(WEEKS)
    assert said[0][0] == "Esta semana llegaron 14\ny se decidieron 9"
    assert ("Recibidas", "14") in said
    assert ("Decididas", "9") in said
    assert ("Semana del 2 nov 2026", "mediana: 5 h") in said
    assert ("Semana del 28 sept 2026", "sin decisiones") in said
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 1200


def test_a_week_without_requests_says_so():
    said, _ = drawn((Week(date(2026, 11, 2), 0, 0, None),))
    assert said[0][0] == "Esta semana no ha habido solicitudes"
