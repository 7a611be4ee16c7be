"""What a chat is to be shown next."""

from dataclasses import dataclass

from handlers.kit.screen import Phrase, Screen


@dataclass(frozen=True, slots=True)
class View:
    """A screen for a chat. `edit`: the message to change in place; None sends a new one.

    `old`: the live message that a new one replaces. `toast`: a word over the pressed button.
    `state`: the conversation's when this was composed; None for a chat that leaves no data.
    `untidy`: messages of the chat are due to be deleted. `even`: it is shown on a beat.
    """

    chat_id: int
    screen: Screen
    run: str
    notice: Phrase | None = None
    toast: Phrase | None = None
    edit: int | None = None
    old: int | None = None
    session_id: str | None = None
    state: tuple[str, int] | None = None
    untidy: bool = False
    even: bool = False
