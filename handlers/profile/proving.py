"""A new mobile or e-mail is shown to be the member's own before it can be filed."""

from dataclasses import dataclass

from domain.access.codes import read_code
from domain.access.outcomes import WrongCode
from domain.access.step_up import Proven, StepUp, TooManyCodes, address_purpose
from domain.cooperative import Policies
from domain.profile.reading import Beside, Unreadable
from domain.profile.sections import PERSONAL
from handlers.kit.flow import Contact, Data, Go, Input, Outcome
from handlers.kit.navigation import Back, Home, footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.kit.texts import plural
from handlers.profile.form import Form, Spot, section_step
from handlers.profile.taps import SendCode
from handlers.understand import wander

EMAIL, MOBILE = "email", "mobile"


@dataclass(frozen=True, slots=True)
class Proving:
    form: Form
    step_up: StepUp
    policies: Policies

    async def begin(self, field: str, value: str, data: Data) -> Outcome | None:
        """The step that proves it; None when it is on file or proven already."""
        standing = await self.form.standing()
        on_file = standing.profile.of(PERSONAL)[0].get(field)
        if value in (on_file, standing.draft.proven.get(field)):
            return None
        if field == MOBILE:
            return Go("mobile", data)
        return Go("address", data, await self._send(value))

    async def show_address(self, data: Data) -> Screen:
        """Where the code went."""
        minutes = int(self.policies.code_life.total_seconds() // 60)
        params = {"email": await self._new(EMAIL), "minutes": minutes}
        again = (Button("profile.address.again", SendCode()),)
        return Screen("profile.address.text", params, (again, *footer()))

    async def answer_address(self, data: Data, given: Input) -> Outcome:
        """The code in digits, another code, or later."""
        match given:
            case SendCode():
                failed = await self._send(await self._new(EMAIL))
                return Go("address", data, failed or Phrase("profile.address.sent"))
            case str():
                return await self._judge(data, given)
        return wander(given, section_step(PERSONAL)) or Go("address", data)

    async def show_mobile(self, data: Data) -> Screen:
        """The key that shares this Telegram's number."""
        return Screen("profile.mobile.text", {}, footer(), share="profile.mobile.share")

    async def answer_mobile(self, data: Data, given: Input) -> Outcome:
        """The member's own number, or later."""
        match given:
            case Contact(telegram_id, phone) if telegram_id == self.form.visit.telegram_id:
                return await self._shared(data, phone)
            case Contact():
                return Go("mobile", data, Phrase("profile.mobile.not_own"))
            case Back() | Home():
                return wander(given, section_step(PERSONAL)) or Go("mobile", data)
        return Go("mobile", data, Phrase("profile.mobile.use_key"))

    async def _shared(self, data: Data, phone: str) -> Outcome:
        """Take the shared number; one that is no mobile cannot be taken."""
        field = PERSONAL.field(MOBILE)
        try:
            number = field.kind.read(f"+{phone.lstrip('+')}", Beside(self.form.visit.now.date()))
        except Unreadable:
            return Go("mobile", data, Phrase("profile.mobile.no_mobile"))
        await self.form.answer(Spot(PERSONAL, 0, field), number)
        await self.form.prove(MOBILE, number)
        return self._proven(MOBILE, data)

    async def _judge(self, data: Data, typed: str) -> Outcome:
        code = read_code(typed)
        if code is None:
            return Go("address", data, Phrase("step_up.malformed"))
        new = await self._new(EMAIL)
        match await self.step_up.check(self.form.visit, address_purpose(new), code):
            case Proven():
                await self.form.prove(EMAIL, new)
                return self._proven(EMAIL, data)
            case WrongCode(left):
                return Go("address", data, _wrong(left))

    def _proven(self, field: str, data: Data) -> Outcome:
        """On with the questions when walking, else back to the section."""
        notice = Phrase(f"profile.{'address' if field == EMAIL else 'mobile'}.proven")
        names = [f.name for f in PERSONAL.fields]
        if data.get("walk") and field in names[:-1]:
            after = PERSONAL.fields[names.index(field) + 1]
            return Go("question", Spot(PERSONAL, 0, after).data | {"walk": True}, notice)
        return Go("section", {"section": PERSONAL.name}, notice)

    async def _send(self, address: str) -> Phrase | None:
        """Why no code is on its way."""
        try:
            await self.step_up.ask(self.form.visit, address_purpose(address), address)
        except TooManyCodes:
            return Phrase("step_up.limit")
        return None

    async def _new(self, field: str) -> str:
        values = await self.form.values(Spot(PERSONAL, 0, PERSONAL.field(field)))
        return values.get(field, "")


def _wrong(left: int) -> Phrase:
    if not left:
        return Phrase("profile.address.dead")
    return Phrase(plural("step_up.wrong", left), {"left": left})
