"""Personal data: the authorisation, withdrawing it, a copy of everything, the last entries."""

from dataclasses import dataclass

from domain.access.privacy import Privacy
from domain.access.step_up import Purpose
from domain.clock import local_date
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.authorisation import authorisation_of
from handlers.documents.data_paper import DataPaper
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Delivery, Flow, Go, Input, Outcome, SignOut, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Attachment, Button, Phrase, Screen
from handlers.kit.texts import html, plain
from handlers.security.guard import SECURITY, guarded
from handlers.security.log import log_screen
from handlers.step_up import StepUpStep
from handlers.understand import wander

OFFERED = ("authorised", "copy", "log", "withdraw")
MAKERS = {
    "pdf": "handlers.documents.data_pdf:data_pdf",
    "json": "handlers.documents.data_json:data_json",
}


@dataclass(frozen=True, slots=True)
class Open(Callback):
    """The step `authorised`, `copy`, `log` or `withdraw`."""

    prefix = "syo"
    what: str


@dataclass(frozen=True, slots=True)
class Form(Callback):
    """`pdf` or `json`."""

    prefix = "syf"
    name: str


@dataclass(frozen=True, slots=True)
class SureWithdraw(Callback):
    prefix = "syw"


@dataclass(frozen=True, slots=True)
class PrivacyFlow:
    visit: Visit
    privacy: Privacy
    cooperative: Cooperative

    def flow(self) -> Flow:
        proof = self._proof
        steps = {
            "home": Step(self.show_home, self.take_home),
            "authorised": Step(self.show_authorised, self.take_authorised),
            "copy": Step(self.show_copy, self.take_copy),
            "prove": Step(proof.show, proof.answer, discreet=True),
            "log": Step(self.show_log, self.take_log),
            "withdraw": Step(self.show_withdraw, self.take_withdraw),
        }
        return Flow(
            "privacy",
            version=1,
            first="home",
            steps={name: guarded(step) for name, step in steps.items()},
            access=Access.MEMBER,
            deliveries={"copy": self.attachment},
        )

    async def show_home(self, data: Data) -> Screen:
        """The authorisation on file and its proof."""
        terms = self.cooperative.data_processing
        given = await self.privacy.authorisation(self.visit)
        offered = OFFERED if given else OFFERED[1:]
        rows = tuple((Button(f"security.privacy.{what}", Open(what)),) for what in offered)
        params: dict[str, object] = {"policy": terms.policy_address, "contact": terms.contact}
        if given is None:
            return Screen("security.privacy.unknown", params, (*rows, *footer()))
        params |= {"version": given.version, "moment": given.given_at}
        return Screen("security.privacy.text", params, (*rows, *footer()))

    async def take_home(self, data: Data, given: Input) -> Outcome:
        match given:
            case Open("copy"):
                needed = await self.privacy.needs_proof(self.visit)
                return await self._proof.begin({}) if needed else Go("copy")
            case Open("authorised" | "log" | "withdraw" as what):
                return Go(what)
        return wander(given, SECURITY) or Go("home")

    async def show_authorised(self, data: Data) -> Screen:
        """The words that were accepted, if they are today's, and their fingerprint."""
        given = await self.privacy.authorisation(self.visit)
        terms, asked = self.cooperative.data_processing, authorisation_of(self.cooperative)
        params: dict[str, object] = {"policy": terms.policy_address, "contact": terms.contact}
        if given is None:
            return Screen("security.privacy.unknown", params, footer())
        params |= {"moment": given.given_at, "version": given.version, "text": asked}
        params["digest"] = given.text_sha256
        same = given.is_of(html(asked.key, asked.params))
        return Screen(f"security.authorised.{'text' if same else 'older'}", params, footer())

    async def take_authorised(self, data: Data, given: Input) -> Outcome:
        return wander(given, Go("home")) or Go("authorised")

    async def show_copy(self, data: Data) -> Screen:
        rows = tuple((Button(f"security.copy.{name}", Form(name)),) for name in MAKERS)
        return Screen("security.copy.text", rows=(*rows, *footer()))

    async def take_copy(self, data: Data, given: Input) -> Outcome:
        """The file of that form; when the code is too long ago, another is asked for."""
        if isinstance(given, Form) and given.name in MAKERS:
            if await self.privacy.needs_proof(self.visit):
                return await self._proof.begin({})
            deliver = Delivery("copy", {"form": given.name})
            return Go("copy", data, Phrase("security.copy.preparing"), deliver)
        return wander(given, Go("home")) or Go("copy")

    async def show_log(self, data: Data) -> Screen:
        return log_screen(await self.privacy.last_entries(self.visit))

    async def take_log(self, data: Data, given: Input) -> Outcome:
        return wander(given, Go("home")) or Go("log")

    async def show_withdraw(self, data: Data) -> Screen:
        """What withdrawing means, and what stays by law."""
        who = self.cooperative
        params = {"phone": who.phone, "contact": who.data_processing.contact}
        rows = ((Button("security.withdraw.sure", SureWithdraw()),), *footer())
        return Screen("security.withdraw.text", params, rows)

    async def take_withdraw(self, data: Data, given: Input) -> Outcome:
        if isinstance(given, SureWithdraw):
            await self.privacy.withdraw(self.visit)
            return SignOut(Phrase("security.withdraw.done"))
        return wander(given, Go("home")) or Go("withdraw")

    async def attachment(self, params: Data) -> Attachment:
        """Everything, in the form of `params`; the file's name says nothing of the member."""
        form = params["form"]
        sections = await self.privacy.copy(self.visit)
        paper = DataPaper(self.cooperative, self.visit.now, sections)
        day = local_date(self.visit.now).isoformat()
        filename = plain(f"security.copy.filename.{form}", {"day": day})
        return Attachment(MAKERS[form], (paper,), filename, Phrase("security.copy.caption"))

    @property
    def _proof(self) -> StepUpStep:
        at = (self.visit, self.privacy.step_up, Purpose.DATA_COPY, self.cooperative)
        return StepUpStep(*at, "prove", lambda _: Go("home"), self._to_copy)

    async def _to_copy(self, data: Data) -> Outcome:
        return Go("copy")
