"""The check in the chat, for anyone: `/verificar` with a code, or the code typed."""

from dataclasses import dataclass

from domain.certificates.check import NotGenuine, TooManyChecks, Verdict, VerifyCertificate
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Params, Phrase, Screen
from handlers.understand import wander
from handlers.verification.wording import facts_of, standing_params

KEY = "verification"


@dataclass(frozen=True, slots=True)
class CheckAnother(Callback):
    prefix = "vca"


@dataclass(frozen=True, slots=True)
class VerificationFlow:
    """Begun with `said` in its data when a code was given at once."""

    visit: Visit
    verifying: VerifyCertificate
    cooperative: Cooperative

    def flow(self) -> Flow:
        step = Step(self.show, self.answer)
        return Flow("verification", version=1, first="check", steps={"check": step})

    async def show(self, data: Data) -> Screen:
        """How the certificate of the given code stands, or what to type."""
        code = data.get("said")
        if not code:
            return Screen(f"{KEY}.ask", rows=footer())
        rows = ((Button(f"{KEY}.another", CheckAnother()),), *footer())
        try:
            asker = f"telegram:{self.visit.telegram_id}"
            verdict = await self.verifying.verify(asker, str(code), self.visit.now)
        except NotGenuine:
            return Screen(f"{KEY}.refused", self._refused("unknown"), rows)
        except TooManyChecks:
            return Screen(f"{KEY}.refused", self._refused("limit"), footer())
        return Screen(f"{KEY}.chat", _told(verdict), rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A code is anything with a digit in it; other words lead elsewhere."""
        if isinstance(given, CheckAnother):
            return Go("check")
        if isinstance(given, str) and any(map(str.isdigit, given)):
            return Go("check", {"said": given})
        return wander(given) or Go("check", data)

    def _refused(self, why: str) -> Params:
        phone = {"phone": self.cooperative.phone}
        return {
            "title": Phrase(f"{KEY}.{why}.title"),
            "note": Phrase(f"{KEY}.{why}.note", phone),
        }


def _told(verdict: Verdict) -> Params:
    key = f"{KEY}.{verdict.standing}"
    lines = (Phrase(f"{KEY}.line", {"label": f.label, "value": f.value}) for f in facts_of(verdict))
    return {
        "title": Phrase(f"{key}.title"),
        "note": Phrase(f"{key}.note", standing_params(verdict)),
        "facts": tuple(lines),
    }
