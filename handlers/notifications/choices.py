"""What the member wants to be told, at which hours, with or without a sound."""

from dataclasses import dataclass, replace

from domain.conversation import Visit
from domain.notifications.categories import CONDUCT, Category, Choice
from domain.notifications.hours import DayPart
from domain.notifications.preferences import Preferences, PreferenceStore
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Outcome, Step
from handlers.kit.membership import member_of
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.understand import wander

CHOOSABLE = tuple(c for c in Category if CONDUCT[c].choice is not Choice.ALWAYS)


@dataclass(frozen=True, slots=True)
class Toggle(Callback):
    prefix = "nto"
    category: str


@dataclass(frozen=True, slots=True)
class ToggleSound(Callback):
    prefix = "nso"


@dataclass(frozen=True, slots=True)
class ChooseHours(Callback):
    """Without a part of the day: show the parts."""

    prefix = "nho"
    part: str


@dataclass(frozen=True, slots=True)
class ChoicesFlow:
    visit: Visit
    store: PreferenceStore

    def flow(self) -> Flow:
        return Flow(
            "notifications",
            version=1,
            first="choices",
            steps={
                "choices": Step(self.show_choices, self.take_choice),
                "hours": Step(self.show_hours, self.take_hours),
            },
            access=Access.MEMBER,
        )

    async def show_choices(self, data: Data) -> Screen:
        """Every category that the member decides about, the hours and the sound."""
        chosen = await self._chosen()
        rows: Rows = tuple((_toggle(category, chosen),) for category in CHOOSABLE)
        hours = Button(f"notification.choices.hours.{chosen.hours}", ChooseHours(""))
        sound = Button(_sound_key(chosen), ToggleSound())
        return Screen("notification.choices.text", {}, (*rows, (hours,), (sound,), *footer()))

    async def take_choice(self, data: Data, given: Input) -> Outcome:
        """One thing changed, and kept at once."""
        match given:
            case Toggle(name) if name in set(CHOOSABLE):
                return await self._toggle(Category(name))
            case ToggleSound():
                chosen = await self._chosen()
                return await self._keep(replace(chosen, sound=not chosen.sound))
            case ChooseHours(""):
                return Go("hours")
        return wander(given) or Go("choices")

    async def show_hours(self, data: Data) -> Screen:
        """The parts of the day."""
        rows: Rows = tuple(
            (Button(f"notification.hours.{part}", ChooseHours(part.value)),) for part in DayPart
        )
        return Screen("notification.hours.text", {}, (*rows, *footer()))

    async def take_hours(self, data: Data, given: Input) -> Outcome:
        """Back to the choices, with the hours kept."""
        if isinstance(given, ChooseHours) and given.part in set(DayPart):
            chosen = await self._chosen()
            return await self._keep(replace(chosen, hours=DayPart(given.part)))
        return wander(given, Go("choices")) or Go("hours")

    async def _toggle(self, category: Category) -> Outcome:
        chosen = await self._chosen()
        return await self._keep(chosen.choosing(category, wanted=not chosen.wants(category)))

    async def _keep(self, chosen: Preferences) -> Outcome:
        await self.store.keep(member_of(self.visit), chosen, self.visit.now)
        return Go("choices", notice=Phrase("notification.choices.kept"), once=True)

    async def _chosen(self) -> Preferences:
        return await self.store.of(member_of(self.visit))


def _toggle(category: Category, chosen: Preferences) -> Button:
    state = "on" if chosen.wants(category) else "off"
    name = Phrase(f"notification.names.{category}")
    return Button(f"notification.choices.{state}", Toggle(category.value), {"name": name})


def _sound_key(chosen: Preferences) -> str:
    return "notification.choices.loud" if chosen.sound else "notification.choices.quiet"
