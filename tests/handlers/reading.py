"""A member who reads screens and taps buttons, with the router's part played in memory."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

from handlers.kit import texts
from handlers.kit.callbacks import Callback, unpack
from handlers.kit.flow import Data, Flow, Go, Input, Leave, Outcome, SignOut
from handlers.kit.format import SpanishFormatter
from handlers.kit.screen import Attachment, Button, Phrase, Screen

RUN = "abcdef"
TELEGRAM_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}


class _Markup(HTMLParser):
    """Telegram's HTML: known tags, closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        assert tag in TELEGRAM_TAGS, tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


@contextmanager
def every_parameter_used() -> Iterator[None]:
    """Texts must use all that they are given, and be given all that they use."""

    def check(_: object, used: set[Any], args: object, given: Mapping[str, object]) -> None:
        assert set(given) <= used, f"unused: {set(given) - used}"

    with patch.object(SpanishFormatter, "check_unused_args", check):
        yield


def read(screen: Screen) -> str:
    """The screen's text as Telegram would take it; its buttons must fit too."""
    with every_parameter_used():
        text = texts.html(screen.text, screen.params)
        labels = [texts.plain(b.label, b.params) for row in screen.rows for b in row]
    check_markup(text)
    assert 0 < len(text) <= 4096
    assert all(0 < len(label) <= 64 for label in labels), labels
    assert all(len(b.tap.pack(RUN).encode()) <= 64 for row in screen.rows for b in row)
    assert all(row for row in screen.rows)
    return text


def check_markup(text: str) -> None:
    markup = _Markup()
    markup.feed(text)
    markup.close()
    assert not markup.open


def said(phrase: Phrase | None) -> str:
    if phrase is None:
        return ""
    with every_parameter_used():
        return texts.plain(phrase.key, phrase.params)


@dataclass(slots=True)
class Reader:
    flows: Mapping[str, Flow]
    flow: Flow = field(init=False)
    step: str = ""
    data: Data = field(default_factory=dict)
    screen: Screen = field(init=False)
    text: str = ""
    notice: str = ""
    signed_out: bool = False
    received: list[Attachment] = field(default_factory=list)

    async def open(self, name: str, **data: Any) -> "Reader":
        await self._apply(Leave(name, data))
        return self

    @property
    def labels(self) -> list[str]:
        return [texts.plain(b.label, b.params) for b in self._buttons]

    @property
    def place(self) -> tuple[str, str]:
        return self.flow.name, self.step

    async def tap(self, label: str) -> str:
        """Tap the one button whose label holds these words; what is read then."""
        found = [b for b, shown in zip(self._buttons, self.labels, strict=True) if label in shown]
        assert len(found) == 1, (label, self.labels)
        return await self.send(found[0].tap)

    async def send(self, tap: Callback) -> str:
        """Send the button's bytes, shown or not, as any client could."""
        given = unpack(tap.pack(RUN), RUN)
        assert given == tap
        return await self._give(given)

    async def say(self, words: str) -> str:
        return await self._give(words)

    @property
    def _buttons(self) -> list[Button]:
        return [button for row in self.screen.rows for button in row]

    async def _give(self, given: Input) -> str:
        await self._apply(await self.flow.steps[self.step].answer(self.data, given))
        return self.text

    async def _apply(self, outcome: Outcome) -> None:
        match outcome:
            case Go():
                self.step, data = outcome.step, outcome.data
                if outcome.deliver:
                    make = self.flow.deliveries[outcome.deliver.name]
                    self.received.append(await make(_kept(outcome.deliver.params)))
            case Leave():
                self.flow, data = self.flows[outcome.flow], outcome.data
                self.step = self.flow.first
            case SignOut():
                self.signed_out, self.notice = True, said(outcome.notice)
                return
            case _:
                raise AssertionError(outcome)
        self.data, self.notice = _kept(data), said(outcome.notice)
        self.screen = await self.flow.steps[self.step].show(self.data)
        self.text = read(self.screen)


def _kept(data: Data) -> Data:
    """The data as the database gives it back."""
    kept: Data = json.loads(json.dumps(data))
    return kept
