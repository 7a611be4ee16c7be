"""Bold and the like that were set while typing reach the steps that want them, as HTML."""

import pytest
from telegram import Update

from bot.hearing import hear
from bot.incoming import Incoming, read
from domain.broadcasts.composing import read_typed
from domain.conversation import Conversation
from domain.notifications.markup import MarkupError
from handlers.kit.flow import Step

HOSTS = ("eltablero.example",)


def typed(text: str, *entities: tuple[str, int, int, str]) -> Incoming:
    """A message whose parts were set so: kind, from, how long, address."""
    message = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Luz"},
        "text": text,
        "entities": [
            {"type": kind, "offset": at, "length": size} | ({"url": url} if url else {})
            for kind, at, size, url in entities
        ],
    }
    incoming = read(Update.de_json({"update_id": 1, "message": message}, None))
    assert incoming
    return incoming


def step(formatted: bool) -> Step:
    return Step(lambda data: None, lambda data, given: None, formatted=formatted)


@pytest.mark.parametrize(
    ("incoming", "html"),
    [
        (typed("El sábado", ("bold", 3, 6, "")), "El <b>sábado</b>"),
        (typed("1 < 2", ("italic", 4, 1, "")), "1 &lt; <i>2</i>"),
        (typed("El sábado"), None),
        (typed("Vea www.ejemplo.co", ("url", 4, 14, "")), None),
    ],
)
async def test_what_was_set_comes_as_tags(incoming, html):
    assert incoming.html == html
    chat = Conversation(7)
    assert await hear(chat, incoming, step(formatted=True)) == (html or incoming.text)
    assert await hear(chat, incoming, step(formatted=False)) == incoming.text


def test_simple_formatting_is_kept_and_the_rest_refused():
    bold = typed("El sábado & ya", ("bold", 3, 6, ""))
    assert read_typed(bold.html, HOSTS).html == "El <b>sábado</b> &amp; ya"
    link = typed("Mire", ("text_link", 0, 4, "https://www.eltablero.example/a"))
    assert read_typed(link.html, HOSTS).html == '<a href="https://www.eltablero.example/a">Mire</a>'
    for kind, url in (("text_link", "https://malo.example/a"), ("spoiler", "")):
        with pytest.raises(MarkupError):
            read_typed(typed("Mire", (kind, 0, 4, url)).html, HOSTS)
