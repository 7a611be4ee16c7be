"""Values of the core system, as it takes them from here (outward.py), read back."""

import json
from collections.abc import Mapping
from datetime import date

from domain.profile.applying import OF_THE_CORE
from domain.profile.form import Section
from domain.profile.reading import Beside, Unreadable
from domain.profile.sections import SECTIONS


class NotOnTheForm(KeyError):
    """No field of the form is called so, or another file brings it."""


class Unfit(ValueError):
    """It is not a value of that field."""


def inward(field: str, value: str, today: date) -> str:
    """The value as it is kept; NotOnTheForm or Unfit."""
    name, _, part = field.partition(".")
    section = SECTIONS.get(name)
    known = section is not None and (
        not part if section.repeats else part in {f.name for f in section.fields}
    )
    if section is None or not known or field in OF_THE_CORE:
        raise NotOnTheForm(field)
    try:
        if section.repeats:
            return _entries(section, value, today)
        return section.field(part).kind.read(value, Beside(today))
    except (Unreadable, ValueError) as error:
        raise Unfit(field) from error


def _entries(section: Section, text: str, today: date) -> str:
    """Each entry of the list, whole and in order."""
    loaded = json.loads(text)
    if not isinstance(loaded, list) or len(loaded) > section.most:
        raise Unfit(section.name)
    entries = tuple(_entry(section, given, today) for given in loaded)
    if any(section.missing(entry) for entry in entries) or section.wrong(entries):
        raise Unfit(section.name)
    return json.dumps(entries, ensure_ascii=False)


def _entry(section: Section, given: object, today: date) -> Mapping[str, str]:
    if not isinstance(given, dict) or set(given) - {f.name for f in section.fields}:
        raise Unfit(section.name)
    said = {name: str(value) for name, value in given.items()}
    beside = Beside(today, said)
    return {f.name: f.kind.read(said[f.name], beside) for f in section.fields if f.name in said}
