"""What the member declares, each by itself and not ticked before; then the filing."""

from dataclasses import dataclass

from domain.profile.filing import Incomplete, Unproven
from domain.profile.requests import Request, SectionTaken
from handlers.kit.flow import Data, Go, Input, Leave, Outcome
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.profile.form import Form
from handlers.profile.taps import Declare, File, OwnRequests
from handlers.step_up import StepUpStep
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class Declarations:
    form: Form

    async def show(self, data: Data) -> Screen:
        """Each declaration with its box."""
        wanted = (await self.form.standing()).declarations
        ticked = data.get("declared", [])
        said = tuple(
            Phrase(
                "profile.declare.ticked" if name in ticked else "profile.declare.open",
                {"declaration": Phrase(f"profile.declaration.{name}")},
            )
            for name in wanted
        )
        rows = [(Button(_box(name, name in ticked), Declare(name)),) for name in wanted]
        send = (Button("profile.declare.send", File()),)
        return Screen("profile.declare.text", {"said": said}, (*rows, send, *footer()))

    async def file(self, data: Data) -> Outcome:
        """File what was changed, once it is proven that it is the member."""
        try:
            filed = await self.form.filing.file(self.form.visit, data.get("declared", []))
        except SectionTaken:
            return Go("overview")
        except Incomplete:
            return Go("review")
        return Go("filed", _receipt(filed))


@dataclass(frozen=True, slots=True)
class DeclarationStep:
    declarations: Declarations
    proof: StepUpStep

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Tick, untick, send, or back to the review."""
        wanted = (await self.declarations.form.standing()).declarations
        ticked = [name for name in data.get("declared", []) if name in wanted]
        match given:
            case Declare(name) if name in wanted:
                return Go("declarations", {"declared": _toggled(ticked, name)})
            case File() if set(ticked) != set(wanted):
                return Go("declarations", data, Phrase("profile.declare.all"))
            case File():
                return await self._send({"declared": ticked})
        return wander(given, Go("review")) or Go("declarations", data)

    async def _send(self, data: Data) -> Outcome:
        try:
            return await self.declarations.file(data)
        except Unproven:
            return await self.proof.begin(data)


@dataclass(frozen=True, slots=True)
class Filed:
    async def show(self, data: Data) -> Screen:
        """The filing number."""
        rows = ((Button("profile.overview.requests", OwnRequests()),), *footer())
        return Screen("profile.filed", {"number": data["number"]}, rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The requests, the form, or away."""
        if isinstance(given, OwnRequests):
            return Leave("requests")
        return wander(given, Go("overview")) or Go("filed", data)


def _receipt(filed: Request) -> Data:
    return {"number": filed.number}


def _box(name: str, ticked: bool) -> str:
    return f"profile.box.{name}.{'ticked' if ticked else 'open'}"


def _toggled(ticked: list[str], name: str) -> list[str]:
    return [t for t in ticked if t != name] if name in ticked else [*ticked, name]
