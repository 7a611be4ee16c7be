"""How a decision is told."""

from domain.profile.applying import CONTACTS
from domain.profile.requests import Refusal, Requested, State
from handlers.kit.screen import Phrase
from handlers.profile.wording import name_of


def state_line(part: Requested) -> Phrase:
    """A section and where it stands; a new e-mail or mobile serves a day after its approval."""
    names = {f"{part.change.section}.{name}" for name in part.change.fields}
    waits = part.state is State.APPROVED and not names.isdisjoint(CONTACTS)
    key = "requests.part.held" if waits else f"requests.part.{part.state}"
    return Phrase(key, {"section": name_of(part.change.section)})


def reason_of(reason: str | None) -> Phrase:
    """Why it was refused: one of the known reasons, or the verifier's words."""
    if reason in set(Refusal):
        return Phrase(f"requests.reason.{reason}")
    return Phrase("requests.reason.words", {"words": reason or ""})
