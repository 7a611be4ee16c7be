"""From what a program asks for to a message that can be sent: all its flaws at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from domain.notifications.buttons import Opener, read_openers
from domain.notifications.categories import Category
from domain.notifications.flaws import Flaw, Flawed, flawed
from domain.notifications.markup import (
    CAPTION_LIMIT,
    FOOTER,
    MESSAGE_LIMIT,
    Markup,
    MarkupError,
    read_markup,
)
from domain.notifications.messages import Message, Priority, Request
from domain.notifications.settings import NotificationSettings
from domain.notifications.templates import Template, Value

FARTHEST = timedelta(days=366)
CODE_LIFE = timedelta(minutes=10)
T = TypeVar("T")


class Filler(Protocol):
    def __call__(self, text: str, values: Mapping[str, Value], /) -> str:
        """The template's text with its places filled, formatted and escaped."""


@dataclass(frozen=True, slots=True)
class Editor:
    settings: NotificationSettings
    fill: Filler

    def edit(self, asked: Request, now: datetime) -> Message:
        """The message; Flawed names every field that is wrong."""
        flaws: list[Flaw] = []
        template = _try(flaws, lambda: self._template(asked))
        category = _try(flaws, lambda: _category(asked, template))
        text = _try(flaws, lambda: self._text(asked, template))
        buttons = _try(flaws, lambda: _buttons(asked, template))
        flaws += _timing_flaws(asked, now)
        if flaws or category is None or text is None or buttons is None:
            raise Flawed(flaws)
        urgent = category is Category.CODE
        return Message(
            category=category,
            html=text.html,
            buttons=buttons,
            template=asked.template,
            attachment=asked.attachment,
            not_before=asked.not_before,
            expires_at=asked.expires_at or (now + CODE_LIFE if urgent else None),
            priority=Priority.URGENT if urgent else asked.priority,
            silent=asked.silent,
        )

    def _template(self, asked: Request) -> Template | None:
        if (asked.template is None) == (asked.text is None):
            raise flawed("text", "one_of", "give either a template or a text")
        if asked.template is None:
            return None
        template = self.settings.templates.get(asked.template)
        if template is None:
            raise flawed("template", "unknown", "the cooperative file has no such template")
        return template

    def _text(self, asked: Request, template: Template | None) -> Markup | None:
        if template is not None:
            filled = self.fill(template.text, template.values(asked.params))
            return self._fitting(filled, asked, "params")
        if asked.text is None:
            return None
        if asked.params:
            raise flawed("params", "not_used", "a text takes no parameters; a template does")
        return self._fitting(asked.text, asked, "text")

    def _fitting(self, text: str, asked: Request, field: str) -> Markup:
        try:
            markup = read_markup(text, self.settings.link_hosts)
        except MarkupError as error:
            raise flawed(field, "markup", str(error)) from error
        limit = (CAPTION_LIMIT if asked.attachment is not None else MESSAGE_LIMIT) - FOOTER
        if markup.length > limit:
            raise flawed(field, "too_long", f"{markup.length} characters where {limit} fit")
        return markup


def _category(asked: Request, template: Template | None) -> Category | None:
    if template is None:
        if asked.category is None and asked.template is None:
            raise flawed("category", "missing", f"one of: {', '.join(Category)}")
        return asked.category
    if asked.category not in (None, template.category):
        raise flawed("category", "differs", f"the template's category is {template.category}")
    return template.category


def _buttons(asked: Request, template: Template | None) -> tuple[Opener, ...]:
    if template is not None and not asked.buttons:
        return template.buttons
    return read_openers(list(asked.buttons))


def _timing_flaws(asked: Request, now: datetime) -> list[Flaw]:
    flaws = []
    if asked.not_before is not None and asked.not_before > now + FARTHEST:
        flaws.append(Flaw("not_before", "too_far", f"at most {FARTHEST.days} days ahead"))
    if asked.expires_at is not None and asked.expires_at <= (asked.not_before or now):
        flaws.append(Flaw("expires_at", "too_early", "must lie after not_before and after now"))
    return flaws


def _try(flaws: list[Flaw], read: Callable[[], T]) -> T | None:
    """What was read; None when it is flawed, and the flaws are added."""
    try:
        return read()
    except Flawed as error:
        flaws += error.flaws
        return None
