"""How a decision is told."""

from domain.profile.requests import Refusal, Requested
from handlers.kit.screen import Phrase
from handlers.profile.wording import name_of


def state_line(part: Requested) -> Phrase:
    """A section and where it stands."""
    return Phrase(f"requests.part.{part.state}", {"section": name_of(part.change.section)})


def reason_of(reason: str | None) -> Phrase:
    """Why it was refused: one of the known reasons, or the verifier's words."""
    if reason in set(Refusal):
        return Phrase(f"requests.reason.{reason}")
    return Phrase("requests.reason.words", {"words": reason or ""})
