"""\"Me interesa\": the simulation goes to the employees; a visitor leaves who to call."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.access.consent import Authorisation
from domain.contact import BadContact, read_mobile
from domain.cooperative import Cooperative
from domain.leads.lead import LONGEST_NAME, NewLead, Visitor, Wish
from domain.leads.sending import SendLead, TooManyLeads
from handlers.kit.flow import Contact, Data, Go, Input, Outcome, Step
from handlers.kit.navigation import footer, navigate
from handlers.kit.screen import Params, Phrase, Screen
from handlers.kit.texts import html
from handlers.simulation.counters import Counter
from handlers.simulation.course import Course, stray
from handlers.simulation.drafts import Draft, draft_of
from handlers.simulation.people import Person
from handlers.simulation.taps import Do, do

KEY = "simulation.interest"
CONSENT = f"{KEY}.visitor"
NAME, NUMBER = "visitor_name", "lead"
_ENDING = 3
Wishing = Callable[[Draft], Awaitable[Wish]]


@dataclass(frozen=True, slots=True)
class LeadOffice:
    """What sending takes: the use cases, and whose personal-data policy it is."""

    sending: SendLead
    authorisation: Authorisation
    cooperative: Cooperative


@dataclass(frozen=True, slots=True)
class Interest:
    """`wishing`: what of a draft is sent."""

    course: Course[Counter]
    person: Person
    office: LeadOffice
    wishing: Wishing

    def steps(self) -> Mapping[str, Step]:
        """The steps of both simulators."""
        course = self.course
        return {
            "interest": course.step(self.show, self.answer),
            "name": course.step(self.show_name, self.take_name),
            "mobile": Step(self.show_mobile, self.take_mobile, contact=True),
            "sent": course.step(self.show_sent, self.answer_sent),
        }

    async def show(self, data: Data) -> Screen:
        """To a member: what will be sent. To a visitor: the authorisation that it takes."""
        means = await self.person.means()
        if means is not None:
            return _members(means.mobile)
        rows = ((do("authorise"),), (do("decline"),), *footer())
        return Screen(CONSENT, self._terms(), rows)

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A member's is sent at once; a visitor's yes is kept with its proof."""
        member = self.person.member_id is not None
        match given:
            case Do("send") if member:
                return await self._send(data, None)
            case Do("authorise") if not member:
                await self._keep_proof()
                return Go("name", data)
            case Do("decline"):
                return Go("result", data, Phrase(f"{KEY}.declined"))
        unclear = Phrase("simulation.unclear.button")
        return stray(given, Go("interest", data), Go("result", data), unclear)

    async def show_name(self, data: Data) -> Screen:
        return Screen(f"{KEY}.name", rows=footer())

    async def take_name(self, data: Data, given: Input) -> Outcome:
        """A name of letters."""
        name = " ".join(given.split()) if isinstance(given, str) else ""
        if _is_name(name):
            return Go("mobile", data | {NAME: name})
        if isinstance(given, str):
            return Go("name", data, Phrase(f"{KEY}.which_name"))
        return navigate(given, Go("interest", data)) or Go("name", data)

    async def show_mobile(self, data: Data) -> Screen:
        """The number is typed, or shared with one key."""
        return Screen(
            f"{KEY}.mobile", {"name": data[NAME]}, ((do("give_up"),),), share=f"{KEY}.share"
        )

    async def take_mobile(self, data: Data, given: Input) -> Outcome:
        """A mobile number ends it."""
        match given:
            case Do("give_up"):
                return Go("result", _without_visitor(data), Phrase(f"{KEY}.declined"))
            case str() | Contact():
                written = given if isinstance(given, str) else _international(given.phone)
                try:
                    return await self._send(data, Visitor(data[NAME], read_mobile(written)))
                except BadContact:
                    return Go("mobile", data, Phrase(f"{KEY}.which_mobile"))
        return Go("mobile", data)

    async def show_sent(self, data: Data) -> Screen:
        rows = ((do("to_result"),), *footer())
        params = {"number": data[NUMBER], **self._contact()}
        return Screen(f"{KEY}.sent", params, rows)

    async def answer_sent(self, data: Data, given: Input) -> Outcome:
        back = Go("result", data)
        if isinstance(given, Do):
            return back
        return stray(given, Go("sent", data), back, Phrase("simulation.unclear.button"))

    async def _send(self, data: Data, visitor: Visitor | None) -> Outcome:
        wish, visit = await self.wishing(draft_of(data)), self.person.visit
        lead = NewLead(wish, visit.chat_id, visit.now, self.person.member_id, visitor)
        try:
            number = await self.office.sending.send(lead)
        except TooManyLeads:
            return Go("result", _without_visitor(data), Phrase(f"{KEY}.too_many", self._contact()))
        return Go("sent", _without_visitor(data) | {NUMBER: number})

    async def _keep_proof(self) -> None:
        text = html(CONSENT, self._terms())
        version = f"call:{self.office.cooperative.data_processing.version}"
        await self.office.authorisation.give(self.person.visit, version, text)

    def _terms(self) -> Params:
        who = self.office.cooperative
        terms = who.data_processing
        return {
            "cooperative": who.name,
            "nit": who.nit,
            "contact": terms.contact,
            "policy": terms.policy_address,
            "version": terms.version,
        }

    def _contact(self) -> Params:
        who = self.office.cooperative
        return {"phone": who.phone, "hours": who.hours}


def _members(mobile: str | None) -> Screen:
    """What a member is told before sending: where they will be called."""
    rows = ((do("send"),), *footer())
    if not mobile:
        return Screen(f"{KEY}.no_mobile", rows=rows)
    return Screen(f"{KEY}.member", {"ending": mobile[-_ENDING:]}, rows)


def _is_name(name: str) -> bool:
    """At least two letters and no digits; any word may be a name."""
    letters = sum(c.isalpha() for c in name)
    clean = all(c.isalpha() or c in " .'’-" for c in name)
    return letters > 1 and clean and len(name) <= LONGEST_NAME


def _international(phone: str) -> str:
    """Telegram gives the number of a contact without its plus sign."""
    return phone if phone.startswith("+") else f"+{phone}"


def _without_visitor(data: Data) -> Data:
    return {name: value for name, value in data.items() if name != NAME}
