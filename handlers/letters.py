"""The e-mails of entering: plain text, and the same in simple HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.access.letters import NOTHING, Letter, MailKind
from domain.cooperative import Cooperative
from handlers.kit.screen import Phrase
from handlers.kit.texts import html, plain


@dataclass(frozen=True, slots=True)
class CooperativeLetters:
    """`bot`: the bot's name in Telegram, so that a letter says where its code belongs."""

    cooperative: Cooperative
    bot: str

    def write(
        self,
        kind: MailKind,
        name: str,
        at: datetime,
        code: str | None,
        params: Mapping[str, str] = NOTHING,
    ) -> Letter:
        """The letter of that kind; only a letter that brings a code has one."""
        key = f"mail.{kind.value}.text"
        every = _spoken(params) | self._params(name, at, code)
        subject = plain(f"mail.{kind.value}.subject", {"short_name": self.cooperative.short_name})
        whole = {"letter": Phrase(key, every)} | every
        return Letter(subject, plain("mail.frame", whole), page(html("mail.frame", whole)))

    def _params(self, name: str, at: datetime, code: str | None) -> dict[str, object]:
        who = self.cooperative
        policies = who.policies
        return {
            "name": name.title(),
            "moment": at,
            "code": code or "",
            "minutes": int(policies.code_life.total_seconds() // 60),
            "tries": policies.pin_tries,
            "days": policies.first_key_life.days,
            "grant_hours": int(policies.reset_grant.total_seconds() // 3600),
            "bot": self.bot,
            "cooperative": who.name,
            "phone": who.phone,
            "hours": who.hours,
        }


def _spoken(params: Mapping[str, str]) -> dict[str, object]:
    """Our words as the letter says them."""
    return {name: _SPOKEN[name](word) if name in _SPOKEN else word for name, word in params.items()}


_SPOKEN: Mapping[str, Callable[[str], object]] = {
    "serves_at": datetime.fromisoformat,
    "field": lambda word: Phrase(f"staff_changes.field.{word}"),
}


def page(text: str) -> str:
    paragraphs = "".join(f"<p>{p}</p>" for p in text.replace("\n", "<br>").split("<br><br>"))
    style = "font:18px/1.5 sans-serif;max-width:32em"
    return f'<!doctype html><html lang="es"><body style="{style}">{paragraphs}</body></html>'
