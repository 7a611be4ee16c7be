"""The authenticator: enrolling with a picture or a key, recovery codes, removing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.access.change_pin import CheckOwnPin, NotProven
from domain.access.codes import read_code
from domain.access.own_app import OwnApp
from domain.access.shuffle import Shuffle, fresh_nonce
from domain.access.step_up import Purpose, StepUp
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Delivery, Flow, Go, Input, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Attachment, Button, Phrase, Screen
from handlers.kit.texts import plain
from handlers.security.guard import SECURITY, TOO_LATE, guarded
from handlers.security.own_pin import OwnPinStep
from handlers.step_up import StepUpStep
from handlers.understand import wander

QR = Delivery("qr")
Onward = Callable[[Data], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Choose(Callback):
    """`add`, `remove`, `renew`, `again` (the picture) or `saved` (the recovery codes)."""

    prefix = "sap"
    what: str


@dataclass(frozen=True, slots=True)
class AppFlow:
    visit: Visit
    app: OwnApp
    own: CheckOwnPin
    step_up: StepUp
    shuffle: Shuffle
    cooperative: Cooperative

    def flow(self) -> Flow:
        add, renew, remove = self._add, self._renew, self._remove
        pin = self._pin
        steps = {
            "home": Step(self.show_home, self.take_home),
            "prove_add": Step(add.show, add.answer, discreet=True),
            "key": Step(self.show_key, self.take_key, discreet=True),
            "recovery": Step(self.show_recovery, self.take_recovery),
            "prove_renew": Step(renew.show, renew.answer, discreet=True),
            "remove_pin": Step(pin.show, pin.answer, discreet=True),
            "prove_remove": Step(remove.show, remove.answer, discreet=True),
        }
        named = {name: guarded(step) for name, step in steps.items()}
        return Flow(
            "authenticator",
            version=1,
            first="home",
            steps=named,
            access=Access.MEMBER,
            deliveries={"qr": self.picture},
        )

    async def show_home(self, data: Data) -> Screen:
        """What it is, or since when there is one."""
        state = await self.app.state(self.visit)
        if state.since is None:
            add = ((Button("security.app.add", Choose("add")),),)
            return Screen("security.app.none", rows=(*add, *footer()))
        rows = (
            (Button("security.app.renew", Choose("renew")),),
            (Button("security.app.remove", Choose("remove")),),
        )
        params = {"since": state.since, "left": state.recovery_left}
        return Screen("security.app.enrolled", params, (*rows, *footer()))

    async def take_home(self, data: Data, given: Input) -> Outcome:
        """Each way begins with its proof."""
        match given:
            case Choose("add"):
                return await self._add.begin({})
            case Choose("renew"):
                return await self._renew.begin({})
            case Choose("remove"):
                return self._pin.begin()
        return wander(given, SECURITY) or Go("home")

    async def show_key(self, data: Data) -> Screen:
        """The key to copy, for who has everything on one telephone."""
        seed = await self.app.seed(self.visit)
        if seed is None:
            return Screen("security.too_late", rows=footer())
        params = {"key": seed.secret, "account": self.cooperative.short_name}
        again = ((Button("security.app.again", Choose("again")),),)
        return Screen("security.app.key", params, (*again, *footer()))

    async def take_key(self, data: Data, given: Input) -> Outcome:
        """The first code that the app shows; only then does it count."""
        if isinstance(given, Choose) and given.what == "again":
            return Go("key", data, Phrase("security.app.sending"), QR)
        if isinstance(given, str) and any(map(str.isdigit, given)):
            return await self._confirm(data, given)
        return wander(given, SECURITY) or Go("key", data)

    async def show_recovery(self, data: Data) -> Screen:
        """The recovery codes, until they are written down."""
        codes = self.app.recovery_codes(self.visit, data["nonce"])
        lines = "\n".join(f"{code[:4]} {code[4:]}" for code in codes)
        saved = ((Button("security.app.saved", Choose("saved")),),)
        return Screen("security.app.recovery", {"codes": lines}, saved)

    async def take_recovery(self, data: Data, given: Input) -> Outcome:
        """They are shown this once; typed words do not take them away."""
        if isinstance(given, Choose) and given.what == "saved":
            return Go("home", notice=Phrase("security.app.kept"))
        return Go("recovery", data, Phrase("security.app.save_first"))

    async def picture(self, params: Data) -> Attachment | None:
        """The QR code of the seed that waits to be confirmed; None when none does any more."""
        try:
            seed = await self.app.seed(self.visit)
        except NotProven:
            return None
        if seed is None:
            return None
        name = self.cooperative.short_name
        account, filename = plain("security.app.account"), plain("security.app.filename")
        address = seed.address(name, account)
        caption = Phrase("security.app.caption", {"short_name": name, "account": account})
        maker = "handlers.documents.qr_picture:qr_picture"
        return Attachment(maker, (address,), filename, caption, picture=True)

    async def _confirm(self, data: Data, typed: str) -> Outcome:
        code, nonce = read_code(typed), fresh_nonce()
        if code is None:
            return Go("key", data, Phrase("security.app.malformed"))
        if not await self.app.confirm(self.visit, code, nonce):
            return Go("key", data, Phrase("security.app.wrong"))
        return Go("recovery", {"nonce": nonce}, Phrase("security.app.added"), tidy=True)

    @property
    def _add(self) -> StepUpStep:
        return self._proof(Purpose.ADD_APP, "prove_add", self._to_key)

    @property
    def _renew(self) -> StepUpStep:
        return self._proof(Purpose.RECOVERY_CODES, "prove_renew", self._to_recovery)

    @property
    def _remove(self) -> StepUpStep:
        return self._proof(Purpose.REMOVE_APP, "prove_remove", self._forget)

    @property
    def _pin(self) -> OwnPinStep:
        at = (self.visit, self.own, self.shuffle)
        return OwnPinStep(*at, "remove_pin", "security.app.pin", self._remove.begin)

    def _proof(self, purpose: Purpose, here: str, onward: Onward) -> StepUpStep:
        at = (self.visit, self.step_up, purpose, self.cooperative, here)
        return StepUpStep(*at, lambda _: SECURITY, onward)

    async def _to_key(self, data: Data) -> Outcome:
        begun = await self.app.begin(self.visit)
        return Go("key", deliver=QR) if begun else TOO_LATE

    async def _to_recovery(self, data: Data) -> Outcome:
        nonce = fresh_nonce()
        await self.app.renew_recovery(self.visit, nonce)
        return Go("recovery", {"nonce": nonce})

    async def _forget(self, data: Data) -> Outcome:
        await self.app.remove(self.visit)
        return Go("home", notice=Phrase("security.app.removed"))
