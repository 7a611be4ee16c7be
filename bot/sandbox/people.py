"""Who holds the phones, and what the chat page tells about them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot.sandbox.json_types import Json, without_nothing


@dataclass(frozen=True)
class User:
    """A Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "es"
    phone_number: str = ""

    def as_user(self) -> Json:
        """The Bot API's User."""
        return {"id": self.id, "is_bot": False} | without_nothing(
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )

    def as_chat(self) -> Json:
        """The Bot API's Chat with this person."""
        return {"id": self.id, "type": "private"} | without_nothing(
            first_name=self.first_name, last_name=self.last_name, username=self.username
        )


@dataclass(frozen=True)
class PhoneCard:
    """A phone on the chat page."""

    user_id: int
    name: str
    role: str = "member"
    about: str = ""
    phone_number: str = ""

    def as_json(self) -> Json:
        """As the page's contract says."""
        card = asdict(self)
        del card["phone_number"]
        return card


@dataclass(frozen=True)
class Who:
    """What a made-up person needs to enter, shown beside the phones.

    `app_key`: the key of an authenticator app, in base32; the page shows the codes of the moment.
    """

    name: str
    document_type: str
    document: str
    first_key: str
    email: str
    state: str
    app_key: str = ""

    def as_json(self) -> Json:
        """As the page's contract says."""
        return asdict(self)
