"""5,000 hostile texts: none breaks a screen, a note, a paper or an export."""

import csv
import json
import random
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from bot.commands_profile import _csv as as_csv
from bot.commands_profile import safe
from domain.profile.changes import Change
from domain.profile.feed import Update
from domain.profile.reading import Unreadable
from domain.profile.requests import Question, Request, Requested, State
from domain.profile.sections import BENEFICIARIES, PERSONAL, WORK
from domain.profile.verifying import InQueue
from handlers.documents.data_json import data_json
from handlers.documents.data_paper import DataPaper
from handlers.documents.data_pdf import data_pdf
from handlers.kit.screen import Screen
from handlers.profile import notes
from handlers.profile.requests import _screen
from handlers.profile.wording import headed
from handlers.verify.queue import _line
from storage.profile.divipola import places
from tests.documents.copies import NOON, sections
from tests.documents.samples import COOPERATIVE
from tests.handlers.reading import read
from tests.profile.test_kinds import TODAY
from tests.profile.world import NOW

PIECES = (
    "<b>", "</b>", "<a href='tg://user?id=1'>", "&lt;", "&", '"', "{name}", "{0}", "%s", "\\",
    "\u202e", "\u2066", "\u200b", "\x00", "\x1b[31m", "\n\n", "\t", "🙂", "👨‍👩‍👧‍👦", "é", "Ñ",
    "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "'; DROP TABLE member;--", "\u0301" * 9, "x" * 400,
)  # fmt: skip
COUNT = 5_000


def texts() -> list[str]:
    dice = random.Random(20261102)
    made = ["".join(dice.choices(PIECES, k=dice.randrange(1, 12)))[:4096] for _ in range(COUNT)]
    return [*made[:-2], "x" * 4096, "🙂" * 2048]


def kept(section, name: str, typed: str) -> str | None:
    try:
        return section.read(section.field(name), typed, {}, TODAY)
    except Unreadable:
        return None


def test_hostile_texts_never_break_what_is_shown_or_exported():
    taken = 0
    for typed in texts():
        values = {
            (PERSONAL, "address"): kept(PERSONAL, "address", typed),
            (WORK, "employer"): kept(WORK, "employer", typed),
        }
        for (section, name), value in values.items():
            if value is not None:
                taken += 1
                check_change(Change(section.name, ({},), ({name: value},)), value)
        assert kept(BENEFICIARIES, "name", typed) is None or "<" not in typed
    assert taken > 500, "the hostile texts are all refused: they prove nothing"


def check_change(change: Change, value: str) -> None:
    lines = headed((change,), places())
    shown = read(Screen("profile.review.text", {"lines": lines, "missing": ()}))
    assert shown.count("<b>") == shown.count("</b>")
    assert "\u202e" not in shown
    assert "\x00" not in shown
    assert not safe(value).startswith(("=", "+", "-", "@", "\t", "\r", "\0"))


@pytest.mark.parametrize("name", texts()[::250])
def test_hostile_names_and_words_in_what_employees_read(name):
    change = Change("personal", ({},), ({"address": "Calle 1"},))
    part = Requested(change, State.REJECTED, name[:300], name[:80], NOW)
    pending = Requested(Change("work", ({},), ({"post": "x"},)))
    question = Question(1, 1, name[:300], NOW, name[:300])
    request = Request(1, "ACT-1", 1, 1, NOW, (part, pending), (question,), 1, name[:80], NOW)
    entry = InQueue(1, "ACT-1", name[:80], ("work",), True, timedelta(1), name[:80])
    read(_screen(request))
    read(notes.to_verify(request, name[:160], NOW, "filed"))
    read(notes.decided(request))
    read(notes.asked(request))
    read(Screen("verify.queue.text", {"summary": "", "counts": (), "lines": (_line(entry),)}))


def test_hostile_names_in_the_copy_of_ones_data_and_in_the_export():
    """All of them at once, as if they had got past the form."""
    hostile = [each[:300] for each in texts()]
    rows = [{"field": "personal.address", "value": each[:60]} for each in hostile]
    paper = DataPaper(COOPERATIVE, NOON, sections(1) | {"profile_value": rows})
    pages = PdfReader(BytesIO(data_pdf(paper))).pages
    assert len(pages) > 50
    for page in (pages[0], pages[len(pages) // 2], pages[-1]):
        assert not {"\u202e", "\x00", "\x1b"} & set(page.extract_text())
    assert json.loads(data_json(paper))
    updates = [
        Update(n, each, "ACT-1", "personal.address", each, NOW) for n, each in enumerate(hostile)
    ]
    header, *written = csv.reader(StringIO(as_csv(updates), newline=""), delimiter=";")
    assert len(written) == len(hostile)
    assert {len(row) for row in written} == {len(header)}
    for row, each in zip(written, hostile, strict=True):
        assert row[4] == safe(each)
        assert not row[1].startswith(("=", "+", "-", "@"))
