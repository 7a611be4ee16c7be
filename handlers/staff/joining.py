"""The invited employee: who they are invited as, the authenticator, the first code."""

from dataclasses import dataclass

from domain.access.codes import read_code
from domain.conversation import Session, Visit
from domain.cooperative import Cooperative
from domain.staff.joining import Joining, LinkDead
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Data, Delivery, Flow, Go, Input, Leave, Outcome, SignIn, Step
from handlers.kit.screen import Attachment, Button, Phrase, Screen
from handlers.kit.texts import plain

DEAD_LINK = Leave("welcome", notice=Phrase("kernel.dead_link"))
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Accept(Callback):
    prefix = "sja"


@dataclass(frozen=True, slots=True)
class SendPicture(Callback):
    prefix = "sjp"


@dataclass(frozen=True, slots=True)
class Decline(Callback):
    prefix = "sjn"


@dataclass(frozen=True, slots=True)
class JoiningFlow:
    """Begun with `invitation` in its data: the number of one that this account opened."""

    visit: Visit
    joining: Joining
    cooperative: Cooperative

    def flow(self) -> Flow:
        steps = {
            "who": _alive(Step(self.show_who, self.take_who)),
            "app": _alive(Step(self.show_app, self.take_app, discreet=True)),
        }
        deliveries = {"picture": self.picture}
        return Flow("staff_joining", version=1, first="who", steps=steps, deliveries=deliveries)

    async def show_who(self, data: Data) -> Screen:
        """Whom the link is for, and as what."""
        invitation = await self.joining.invitation(self.visit, data["invitation"])
        params = {
            "name": invitation.name,
            "role": Phrase(f"staff.role.{invitation.role}"),
            "cooperative": self.cooperative.name,
        }
        rows = (
            (Button("staff_joining.accept", Accept()),),
            (Button("staff_joining.decline", Decline()),),
        )
        return Screen("staff_joining.who", params, rows)

    async def take_who(self, data: Data, given: Input) -> Outcome:
        """The right person goes on to the authenticator."""
        match given:
            case Decline():
                return Leave("welcome")
            case Accept():
                if await self.joining.accept(self.visit, data["invitation"]):
                    return Leave("welcome", notice=Phrase("staff_joining.account_taken"))
                return Go("app", data, deliver=Delivery("picture", data))
        return Go("who", data, Phrase("staff.use_buttons"))

    async def show_app(self, data: Data) -> Screen:
        """The seed as text, beside the picture; the first code is asked for."""
        seed = await self.joining.seed(self.visit, data["invitation"])
        groups = (seed.secret[i : i + _GROUP] for i in range(0, len(seed.secret), _GROUP))
        rows = (
            (Button("staff_joining.picture", SendPicture()),),
            (Button("staff_joining.cancel", Decline()),),
        )
        return Screen("staff_joining.app", {"key": " ".join(groups)}, rows)

    async def take_app(self, data: Data, given: Input) -> Outcome:
        """The first code, and the employee is in."""
        match given:
            case Decline():
                return Leave("welcome")
            case SendPicture():
                return Go("app", data, deliver=Delivery("picture", data))
        code = read_code(given) if isinstance(given, str) else None
        if code is None:
            return Go("app", data, Phrase("staff_entry.malformed"))
        entered = await self.joining.confirm(self.visit, data["invitation"], code)
        if isinstance(entered, Session):
            return SignIn(entered, Phrase("staff_joining.done"))
        return Go("app", data, Phrase(f"staff_joining.{entered.value}"))

    async def picture(self, params: Data) -> Attachment:
        """The seed as a picture for the app's camera."""
        invitation = await self.joining.invitation(self.visit, params["invitation"])
        seed = await self.joining.seed(self.visit, params["invitation"])
        address = seed.address(self.cooperative.short_name, invitation.name)
        return Attachment(
            "handlers.documents.qr_picture:qr_picture",
            (address,),
            plain("staff_joining.filename"),
            Phrase("staff_joining.caption"),
            picture=True,
        )


def _alive(step: Step) -> Step:
    """The step, with a kind end when the link is dead by now."""

    async def show(data: Data) -> Screen:
        try:
            return await step.show(data)
        except LinkDead:
            return Screen("staff_joining.dead", rows=((Button("staff_joining.away", Decline()),),))

    async def answer(data: Data, given: Input) -> Outcome:
        try:
            return await step.answer(data, given)
        except LinkDead:
            return DEAD_LINK

    return Step(show, answer, step.discreet)
