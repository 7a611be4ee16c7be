"""One question of the form: buttons where the answers are known, else typed."""

from dataclasses import dataclass
from decimal import Decimal

from domain.money import Centavos
from domain.profile.draft import PROVEN
from domain.profile.form import Field, Values
from domain.profile.kinds import Amount, Choice, Day, Municipality
from domain.profile.reading import Unreadable, bare
from handlers.kit.amounts import UnclearAmount, parse_amount
from handlers.kit.flow import Data, Go, Input, Outcome
from handlers.kit.navigation import Back, Home, footer
from handlers.kit.screen import Button, Phrase, Rows, Screen
from handlers.kit.texts import plain
from handlers.profile.form import Form, Spot, section_step, spot_in
from handlers.profile.proving import Proving
from handlers.profile.taps import Choose, Clear, Keep, ShareNumber
from handlers.profile.wording import label_of, name_of, place_name, shown
from handlers.profile.written import with_numbers
from handlers.understand import wander

MOST_PLACES = 6
_SHORT_LABEL = 16


@dataclass(frozen=True, slots=True)
class Question:
    form: Form
    proving: Proving

    async def show(self, data: Data) -> Screen:
        """The question, what we have, how far it is, and the answers that are known."""
        spot = spot_in(data)
        values = await self.form.values(spot)
        params = {
            "section": name_of(spot.section.name),
            "progress": _progress(spot, values, walking=bool(data.get("walk"))),
            "question": Phrase(f"profile.ask.{spot.section.name}.{spot.field.name}"),
            "current": _current(shown(spot.field, values.get(spot.field.name), self.form.places)),
        }
        answers = (*self._found(data), *_options(spot.field))
        return Screen("profile.question", params, (*answers, *_others(spot, values, data)))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """Keep the answer and go on; what cannot be read is said so, and nothing is lost."""
        spot = spot_in(data)
        match given:
            case Back():
                return await self._back(spot, data)
            case Home():
                return wander(given) or Go("question", data)
            case Keep():
                return await self._kept(spot, data)
            case Clear() if spot.field.optional:
                return await self._answered(spot, data, None)
            case ShareNumber() if spot.field.name == "mobile":
                return Go("mobile", _plain(data))
            case Choose(value):
                return await self._typed(spot, data, value)
            case str():
                return await self._said(spot, data, given)
        return Go("question", data)

    async def _said(self, spot: Spot, data: Data, typed: str) -> Outcome:
        """Typed words: an option's name, letters of a place, an amount in words, a date."""
        match spot.field.kind:
            case Choice(words, options):
                return await self._typed(spot, data, _option(words, options, typed))
            case Municipality():
                return await self._place(spot, data, typed)
            case Amount() if not _is_zero(typed):
                return await self._amount(spot, data, typed)
            case Day():
                return await self._typed(spot, data, with_numbers(typed))
        return await self._typed(spot, data, typed)

    async def _typed(self, spot: Spot, data: Data, typed: str) -> Outcome:
        try:
            value = await self.form.read(spot, typed)
        except Unreadable as error:
            problem = Phrase(f"profile.problem.{error.problem}", error.params)
            return Go("question", _plain(data), problem)
        if isinstance(spot.field.kind, Municipality) and self.form.places.named(value) is None:
            return Go("question", _plain(data), Phrase("profile.problem.place"))
        return await self._answered(spot, data, value)

    async def _place(self, spot: Spot, data: Data, typed: str) -> Outcome:
        """A single place is taken at once; several are shown to choose from."""
        found = self.form.places.like(typed, MOST_PLACES)
        if len(found) == 1:
            return await self._answered(spot, data, found[0].code)
        if not found:
            return Go("question", _plain(data), Phrase("profile.problem.place"))
        codes = [place.code for place in found]
        return Go("question", _plain(data) | {"places": codes}, Phrase("profile.which_place"))

    async def _amount(self, spot: Spot, data: Data, typed: str) -> Outcome:
        try:
            pesos = parse_amount(typed)
        except UnclearAmount as error:
            if not error.candidates:
                return Go("question", _plain(data), Phrase("profile.problem.amount"))
            amounts = [str(candidate) for candidate in error.candidates]
            return Go(
                "question", _plain(data) | {"amounts": amounts}, Phrase("profile.which_amount")
            )
        return await self._typed(spot, data, str(pesos))

    async def _answered(self, spot: Spot, data: Data, value: str | None) -> Outcome:
        """Keep it; a new mobile or e-mail is proven at once."""
        before = await self.form.values(spot)
        values = await self.form.answer(spot, value)
        if value is not None and spot.section.name == "personal" and spot.field.name in PROVEN:
            proof = await self.proving.begin(spot.field.name, value, _plain(data))
            if proof is not None:
                return proof
        notice = _noted(spot) if value != before.get(spot.field.name) else None
        return self._next(spot, data, values, notice)

    async def _kept(self, spot: Spot, data: Data) -> Outcome:
        values = await self.form.values(spot)
        if spot.field in spot.section.missing(values):
            return Go("question", _plain(data), Phrase("profile.problem.empty"))
        return self._next(spot, data, values, None)

    def _next(self, spot: Spot, data: Data, values: Values, notice: Phrase | None) -> Outcome:
        """The question after it when walking, one that this answer made necessary, or back."""
        asked = spot.section.asked(values)
        after = asked[_position(spot, values) + 1 :]
        if data.get("walk") and after:
            following = Spot(spot.section, spot.entry, after[0])
            return Go("question", following.data | {"walk": True}, notice, once=True)
        missing = spot.section.missing(values)
        if missing:
            return Go(
                "question", Spot(spot.section, spot.entry, missing[0]).data, notice, once=True
            )
        return Go(*_home(spot), notice)

    async def _back(self, spot: Spot, data: Data) -> Outcome:
        values = await self.form.values(spot)
        position = _position(spot, values)
        if data.get("walk") and position > 0:
            before = spot.section.asked(values)[position - 1]
            data = Spot(spot.section, spot.entry, before).data | {"walk": True}
            return Go("question", data, once=True)
        if data.get("walk") and not values:
            return section_step(spot.section)
        return Go(*_home(spot))

    def _found(self, data: Data) -> Rows:
        """Buttons for what the typed letters or digits may have meant."""
        named = [(code, self.form.places.named(code)) for code in data.get("places", ())]
        places = [
            (Button("profile.choose", Choose(code), {"value": place_name(place)}),)
            for code, place in named
            if place
        ]
        amounts = [
            (Button("profile.choose_amount", Choose(text), {"pesos": _centavos(text)}),)
            for text in data.get("amounts", ())
        ]
        return (*places, *amounts)


def _home(spot: Spot) -> tuple[str, Data]:
    """Where a single question was asked from."""
    if not spot.section.repeats:
        return "section", {"section": spot.section.name}
    return "entries", {"section": spot.section.name}


def _position(spot: Spot, values: Values) -> int:
    names = [field.name for field in spot.section.asked(values)]
    return names.index(spot.field.name) if spot.field.name in names else 0


def _progress(spot: Spot, values: Values, *, walking: bool) -> Phrase:
    if not walking:
        return label_of(spot.section.name, spot.field.name)
    asked = spot.section.asked(values)
    params = {"position": _position(spot, values) + 1, "all": len(asked)}
    return Phrase("profile.progress", params)


def _current(value: object) -> Phrase:
    if isinstance(value, Phrase) and value.key == "profile.nothing":
        return Phrase("profile.no_current")
    return Phrase("profile.current", {"value": value})


def _options(field: Field) -> Rows:
    if not isinstance(field.kind, Choice):
        return ()
    keys = [(o, f"profile.option.{field.kind.words}.{o}") for o in field.kind.options]
    buttons = [Button(key, Choose(option)) for option, key in keys]
    width = 2 if all(len(plain(key)) <= _SHORT_LABEL for _, key in keys) else 1
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def _others(spot: Spot, values: Values, data: Data) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if spot.section.name == "personal" and spot.field.name == "mobile":
        rows.append((Button("profile.button.this_number", ShareNumber()),))
    answered = spot.field.name in values
    if data.get("walk") and answered:
        rows.append((Button("profile.button.keep", Keep()),))
    elif data.get("walk") and spot.field not in spot.section.missing(values):
        rows.append((Button("profile.button.skip", Keep()),))
    if spot.field.optional and answered:
        rows.append((Button("profile.button.clear", Clear()),))
    return (*rows, *footer())


def _noted(spot: Spot) -> Phrase:
    return Phrase("profile.noted", {"label": label_of(spot.section.name, spot.field.name)})


def _plain(data: Data) -> Data:
    """Without what earlier words may have meant."""
    return {name: value for name, value in data.items() if name not in ("places", "amounts")}


def _option(words: str, options: tuple[str, ...], typed: str) -> str:
    """The option that the words name; the words themselves when they name none."""
    named = {bare(plain(f"profile.option.{words}.{o}")): o for o in options}
    wanted = bare(typed)
    begun = [option for name, option in named.items() if wanted and name.startswith(wanted)]
    return named.get(wanted) or (begun[0] if len(begun) == 1 else typed)


def _is_zero(typed: str) -> bool:
    return bare(typed) in plain("profile.zero").split("\n") or not typed.strip("$ 0.,")


def _centavos(pesos: str) -> Centavos:
    return Centavos(int(Decimal(pesos) * 100))
