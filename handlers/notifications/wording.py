"""A notification as it is read: in the chat, and as an e-mail."""

from dataclasses import dataclass
from datetime import datetime

from domain.access.letters import Letter
from domain.cooperative import Cooperative
from domain.notifications.buttons import Opener
from domain.notifications.categories import Category
from domain.notifications.markup import checked
from domain.notifications.messages import Content
from handlers.kit.callbacks import Standing
from handlers.kit.screen import Button, Params, Phrase, Rows, Screen
from handlers.kit.texts import html, plain
from handlers.letters import page


@dataclass(frozen=True, slots=True)
class Open(Standing):
    """Opens what the button at that place of a notification is for."""

    prefix = "nop"
    notification: int
    place: int


@dataclass(frozen=True, slots=True)
class Mute(Standing):
    """The way out: no more of the notification's category."""

    prefix = "nmu"
    notification: int


@dataclass(frozen=True, slots=True)
class Told:
    """A notification that is about to be told. `again`: it may have arrived before."""

    id: int
    category: Category
    content: Content
    reference: str
    again: bool = False

    @property
    def phrase(self) -> Phrase:
        """Its text, with the reference to name on the telephone."""
        text = checked(self.content.html)
        key = "again" if self.again else "once"
        return Phrase(f"notification.{key}", {"text": text, "reference": self.reference})


def screen(told: Told) -> Screen:
    """What the chat shows."""
    buttons = enumerate(told.content.buttons)
    rows: Rows = tuple((_button(told.id, place, opener),) for place, opener in buttons)
    if told.category is Category.COMMERCIAL:
        rows = (*rows, (Button("notification.way_out", Mute(told.id)),))
    return Screen(told.phrase.key, told.phrase.params, rows)


@dataclass(frozen=True, slots=True)
class NotificationLetters:
    """`bot`: the bot's name in Telegram, where more is to be seen."""

    cooperative: Cooperative
    bot: str

    def write(self, told: Told, first_names: str, at: datetime) -> Letter:
        """The same as an e-mail."""
        who = self.cooperative
        subject = {"short_name": who.short_name, "about": Phrase(_headline(told.category))}
        body = Phrase("notification.letter", {"text": told.phrase, "bot": self.bot})
        frame: Params = {
            "name": first_names.title(),
            "letter": body,
            "cooperative": who.name,
            "phone": who.phone,
            "hours": who.hours,
        }
        text, shown = plain("mail.frame", frame), html("mail.frame", frame)
        return Letter(plain("notification.subject", subject), text, page(shown))


def _headline(category: Category) -> str:
    return f"notification.about.{category}"


def _button(notification: int, place: int, opener: Opener) -> Button:
    tap = Open(notification, place)
    if opener.label:
        return Button("notification.own_label", tap, {"label": opener.label})
    return Button(f"notification.opens.{opener.opens}", tap)
