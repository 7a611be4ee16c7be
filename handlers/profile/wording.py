"""Values and fields as they are read."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import phonenumbers

from domain.money import Centavos, Percent
from domain.profile.changes import Change
from domain.profile.form import Field, Section, Values
from domain.profile.kinds import Amount, Choice, Day, Municipality, Share, Telephone
from domain.profile.places import Place, Places
from domain.profile.sections import SECTIONS
from handlers.kit.screen import Phrase

NOTHING = Phrase("profile.nothing")


def name_of(section: str) -> Phrase:
    return Phrase(f"profile.section_name.{section}")


def label_of(section: str, field: str) -> Phrase:
    return Phrase(f"profile.label.{section}.{field}")


def place_name(place: Place) -> Phrase:
    """`Tunja (Boyacá)`."""
    params = {"municipality": place.municipality, "department": place.department}
    return Phrase("profile.place", params)


def shown(field: Field, value: str | None, places: Places) -> object:
    """A kept value as a parameter of a text."""
    if value is None:
        return NOTHING
    match field.kind:
        case Choice(words=words):
            return Phrase(f"profile.option.{words}.{value}")
        case Day():
            return date.fromisoformat(value)
        case Amount():
            return Centavos(int(value))
        case Share():
            return Percent(Decimal(value) / 100)
        case Municipality():
            place = places.named(value)
            return place_name(place) if place else value
        case Telephone():
            return _telephone(value)
    return value


def _telephone(kept: str) -> str:
    """As it is dialled here; a foreign one with its country."""
    try:
        number = phonenumbers.parse(kept, "CO")
    except phonenumbers.NumberParseException:
        return kept
    formats = phonenumbers.PhoneNumberFormat
    form = formats.NATIONAL if number.country_code == 57 else formats.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def lines_of(section: Section, values: Values, places: Places) -> tuple[Phrase, ...]:
    """A line for each question that is asked, with its answer."""
    return tuple(
        Phrase(
            "profile.line",
            {
                "label": label_of(section.name, field.name),
                "value": shown(field, values.get(field.name), places),
            },
        )
        for field in section.asked(values)
    )


def summary_of(section: Section, entry: Values, places: Places) -> Phrase:
    """An entry of a repeating section on one line."""
    parts = [shown(f, entry.get(f.name), places) for f in section.fields if f.name in entry]
    return _joined(parts)


def _joined(parts: list[object]) -> Phrase:
    if not parts:
        return NOTHING
    first, *rest = parts
    if not rest:
        return Phrase("profile.alone", {"value": first})
    return Phrase("profile.joined", {"first": first, "rest": _joined(rest)})


def change_lines(change: Change, places: Places) -> Iterator[Phrase]:
    """What an approval would do: old to new, or entries that go and come."""
    section = SECTIONS[change.section]
    if section.repeats:
        gone = [entry for entry in change.before if entry not in change.after]
        yield from (_line("removed", section, e, places) for e in gone)
        yield from (_line("added", section, e, places) for e in change.added)
        if not gone and not change.added:
            yield Phrase("profile.change.reordered")
        return
    for name in (f.name for f in section.fields if f.name in change.fields):
        field = section.field(name)
        yield Phrase(
            "profile.change.risky" if field.risky else "profile.change.field",
            {
                "label": label_of(section.name, name),
                "old": shown(field, change.before[0].get(name), places),
                "new": shown(field, change.after[0].get(name), places),
            },
        )


def _line(how: str, section: Section, entry: Values, places: Places) -> Phrase:
    return Phrase(f"profile.change.{how}", {"entry": summary_of(section, entry, places)})


def headed(changes: tuple[Change, ...], places: Places) -> tuple[Phrase, ...]:
    """Every change under its section's name."""
    lines: list[Phrase] = []
    for change in changes:
        lines.append(Phrase("profile.change.heading", {"section": name_of(change.section)}))
        lines += change_lines(change, places)
    return tuple(lines)
