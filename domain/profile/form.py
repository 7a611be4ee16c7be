"""What a form is made of: fields with a kind each, in sections that are filed together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.profile.kinds import Kind
from domain.profile.reading import Beside

Values = Mapping[str, str]
Asked = Callable[[Values], bool]


def always(_values: Values) -> bool:
    return True


def chosen(field: str, *options: str) -> Asked:
    """Asked only when that field has one of these answers."""
    return lambda values: values.get(field) in options


def above_zero(field: str) -> Asked:
    """Asked only when that amount is not nothing."""
    return lambda values: values.get(field, "0") != "0"


@dataclass(frozen=True, slots=True)
class Field:
    """`risky`: the verifier is warned of its change. `optional`: may be skipped or emptied."""

    name: str
    kind: Kind
    optional: bool = False
    asked: Asked = always
    risky: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """What does not fit together in a section; the sentence is `profile.wrong.<rule>`."""

    rule: str
    field: str


Rule = Callable[["Section", tuple[Values, ...]], Iterator[Wrong]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form that is filed and decided as one.

    `most`: how many entries a repeating section may have; 0: it has none, only its fields.
    `others`: it holds data of third persons, whose authorisation the member declares.
    """

    name: str
    fields: tuple[Field, ...]
    most: int = 0
    others: bool = False
    rules: tuple[Rule, ...] = ()

    @property
    def repeats(self) -> bool:
        return self.most > 0

    def field(self, name: str) -> Field:
        """The field of that name; KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"section {self.name!r} has no field {name!r}")

    def asked(self, values: Values) -> tuple[Field, ...]:
        """The fields that these values make worth asking, in order."""
        return tuple(field for field in self.fields if field.asked(values))

    def missing(self, values: Values) -> tuple[Field, ...]:
        """Those that must be answered and are not.

        An entry must be whole. Of the other sections the core system knows more than we do: only
        what an answer made worth asking must follow it.
        """
        due = (f for f in self.asked(values) if self.repeats or f.asked is not always)
        return tuple(f for f in due if not f.optional and f.name not in values)

    def read(self, field: Field, typed: str, values: Values, today: date) -> str:
        """The value as it is kept; Unreadable says why it is none."""
        return field.kind.read(typed, Beside(today, values))

    def pruned(self, values: Values) -> dict[str, str]:
        """Without the answers to what is no longer asked."""
        kept = dict(values)
        while unasked := kept.keys() - {f.name for f in self.asked(kept)}:
            for name in unasked:
                del kept[name]
        return kept

    def wrong(self, entries: tuple[Values, ...]) -> tuple[Wrong, ...]:
        """What does not fit together; `entries` has one element unless the section repeats."""
        return tuple(found for rule in self.rules for found in rule(self, entries))
