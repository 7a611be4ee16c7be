"""The result of a broadcast: the picture and the table."""

import csv
from datetime import UTC, datetime
from io import StringIO
from unittest.mock import patch

from domain.broadcasts.broadcast import Progress
from domain.broadcasts.reading import Fate
from domain.notifications.outcomes import Reason, State
from handlers.documents.broadcast_chart import broadcast_chart
from handlers.documents.broadcast_csv import broadcast_csv
from handlers.documents.picture import Picture

AT = datetime(2026, 11, 4, 15, 31, 7, tzinfo=UTC)


def drawn(progress):
    said, bars = [], []
    line, bar = Picture.line, Picture.bar

    def keep_line(self, left, right, *more, **named):
        said.append((left, right))
        line(self, left, right, *more, **named)

    def keep_bar(self, parts):
        parts = list(parts)
        bars.append(parts[0][0])
        bar(self, parts)

    with patch.object(Picture, "line", keep_line), patch.object(Picture, "bar", keep_bar):
        return said, bars, broadcast_chart(progress, "«Asamblea», 4 nov 2026")


def test_every_outcome_that_there_was_has_its_bar_on_one_scale():
    said, bars, content = drawn(Progress(200, chat=150, mail=30, failed=19, skipped=1))
    assert said == [
        ("Enviados por el chat", "150 (75 %)"),
        ("Enviados por correo", "30 (15 %)"),
        ("Sin poder entregar", "19 (10 %)"),
        ("No quieren o no pidieron estos avisos", "1 (0 %)"),
    ]
    assert bars == [0.75, 0.15, 0.095, 0.006]
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 1200


def test_a_broadcast_to_nobody_is_drawn_all_the_same():
    assert drawn(Progress(0))[:2] == ([], [])


def rows(*fates):
    text = broadcast_csv(fates).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_a_line_for_each_member():
    table = rows(
        Fate("A00001", "sent", None, "telegram", AT),
        Fate("A00002", "dead", "blocked", None, AT),
        Fate("A00003", "queued", None, None, None),
    )
    assert table[1:] == [
        ["A00001", "Enviado", "", "Chat", "04/11/2026 10:31:07"],
        ["A00002", "Sin entregar", "Bloqueó el bot o cerró su Telegram", "", "04/11/2026 10:31:07"],
        ["A00003", "En espera", "", "", ""],
    ]


def test_no_cell_is_a_formula_for_a_spreadsheet():
    for number in ("=1+1", "+57", "-2", "@SUM(A1)", "\t=1"):
        (_, row) = rows(Fate(number, "sent", None, "mail", AT))
        assert row[0] == f"'{number}"


def test_every_state_and_reason_has_its_words():
    for state in State:
        assert rows(Fate("A1", state.value, None, None, None))[1][1]
    for reason in Reason:
        assert rows(Fate("A1", "dead", reason.value, None, None))[1][2]
