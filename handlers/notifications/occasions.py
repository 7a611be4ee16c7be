"""The words of what the office tells by itself."""

from collections.abc import Mapping

from domain.notifications.messages import Message, Priority
from domain.notifications.occasions import BUTTONS, Event
from handlers.kit.screen import Phrase
from handlers.kit.texts import html, plural
from handlers.statement.wording import named


def message_of(event: Event) -> Message:
    """The message of an event; dates are written out, for it may be read days later."""
    key = f"occasion.{event.occasion}"
    if event.lines:
        lines = tuple(Phrase(f"{key}_line", _values(line)) for line in event.lines)
        text = html(plural(key, len(lines)), {**event.params, "lines": lines})
    else:
        text = html(key, _values(event.params))
    return Message(
        category=event.category,
        html=text,
        buttons=BUTTONS[event.occasion],
        template=event.occasion.value,
        expires_at=event.expires_at,
        priority=Priority.NORMAL,
    )


def _values(params: Mapping[str, object]) -> dict[str, object]:
    """The params of a text; a product is named with the end of its number only."""
    values = dict(params)
    number = str(values.pop("number", ""))
    for field in ("line", "name"):
        if field in values:
            values[field] = named(str(values[field]), number) if number else _person(values[field])
    return values


def _person(names: object) -> str:
    """Core systems often write names in capitals."""
    return str(names).title()
