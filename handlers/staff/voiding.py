"""Void a certificate: which one, why, and once more whether that is meant."""

from dataclasses import dataclass

from domain.certificates.check import AlreadyVoid, NotGenuine, Standing, Verdict
from domain.conversation import Visit
from domain.staff.conduct import LONGEST_REASON
from domain.staff.duties import Duty
from domain.staff.void_certificate import VoidAsEmployee
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Flow, Go, Input, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.kit.texts import plain
from handlers.staff.guard import staff_flow, steer
from handlers.verification.wording import identity_of, standing_params

KEY = "staff_void"
REASONS = ("wrong", "misused", "asked")


@dataclass(frozen=True, slots=True)
class Because(Callback):
    prefix = "svb"
    reason: str


@dataclass(frozen=True, slots=True)
class VoidIt(Callback):
    prefix = "svv"


@dataclass(frozen=True, slots=True)
class VoidAnother(Callback):
    prefix = "sva"


@dataclass(frozen=True, slots=True)
class VoidingFlow:
    visit: Visit
    certificates: VoidAsEmployee

    def flow(self) -> Flow:
        steps = {
            "ask": Step(self.show_ask, self.take_ask),
            "why": Step(self.show_why, self.take_why),
            "sure": Step(self.show_sure, self.take_sure),
        }
        return staff_flow("staff_void", Duty.CERTIFICATES, "ask", steps)

    async def show_ask(self, data: Data) -> Screen:
        """The code or the folio is asked for."""
        return Screen(f"{KEY}.ask", rows=footer())

    async def take_ask(self, data: Data, given: Input) -> Outcome:
        """A code or folio of ours."""
        if not isinstance(given, str):
            return steer(given, "ask", data)
        try:
            found = await self.certificates.find(self.visit, given)
        except NotGenuine:
            return Go("ask", notice=Phrase(f"{KEY}.unknown"))
        return Go("why", {"certificate": found.id})

    async def show_why(self, data: Data) -> Screen:
        """Which certificate it is, and a reason to be chosen; one that is void just says so."""
        verdict = await self.certificates.read(self.visit, data["certificate"])
        if verdict.standing is Standing.VOID:
            another = (Button(f"{KEY}.another", VoidAnother()),)
            return Screen(f"{KEY}.void", _told(verdict), (another, *footer()))
        reasons = tuple((Button(f"{KEY}.reason.{r}", Because(r)),) for r in REASONS)
        return Screen(f"{KEY}.why.{verdict.standing}", _told(verdict), (*reasons, *footer()))

    async def take_why(self, data: Data, given: Input) -> Outcome:
        """The reason, chosen or typed; or another certificate."""
        match given:
            case VoidAnother():
                return Go("ask")
            case Because(reason) if reason in REASONS:
                return Go("sure", data | {"reason": plain(f"{KEY}.reason.{reason}")})
            case str() if len(given.strip()) > LONGEST_REASON:
                return Go("why", data, Phrase(f"{KEY}.long", {"longest": LONGEST_REASON}))
            case str():
                return Go("sure", data | {"reason": given.strip()})
        return steer(given, "why", data, Go("ask"))

    async def show_sure(self, data: Data) -> Screen:
        """Everything at a glance, before what cannot be undone."""
        verdict = await self.certificates.read(self.visit, data["certificate"])
        rows: Rows = ((Button(f"{KEY}.sure", VoidIt()),), *footer())
        return Screen(f"{KEY}.confirm", _told(verdict) | {"reason": data["reason"]}, rows)

    async def take_sure(self, data: Data, given: Input) -> Outcome:
        """Void it."""
        if not isinstance(given, VoidIt):
            return steer(given, "sure", data, Go("why", data))
        try:
            await self.certificates.void(self.visit, data["certificate"], data["reason"])
        except AlreadyVoid:
            return Go("why", data, Phrase(f"{KEY}.already"))
        return Go("why", data, Phrase(f"{KEY}.done"))


def _told(verdict: Verdict) -> dict[str, object]:
    facts = identity_of(verdict.certificate)
    lines = (Phrase("verification.line", {"label": f.label, "value": f.value}) for f in facts)
    return {"facts": tuple(lines), **standing_params(verdict)}
