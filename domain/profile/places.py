"""Departments and municipalities of Colombia (DANE, DIVIPOLA), found by a few typed letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from domain.profile.reading import bare

# One slip in six letters: "Sogamozo", "Chiquinquira".
_ALIKE = 80


@dataclass(frozen=True, slots=True)
class Place:
    """`code`: two digits of the department and three of the municipality."""

    code: str
    municipality: str
    department: str


@dataclass(frozen=True)
class Places:
    """All of them by code."""

    by_code: Mapping[str, Place] = field(repr=False)

    def named(self, code: str) -> Place | None:
        return self.by_code.get(code)

    def like(self, typed: str, most: int) -> tuple[Place, ...]:
        """Those meant by the letters, the likeliest first: beginnings, then parts, then slips."""
        wanted = bare(typed)
        if not wanted:
            return ()
        begin = [c for c, name in self._names.items() if name.startswith(wanted)]
        inside = [c for c, name in self._whole.items() if _every_word(wanted, name)]
        slips = [] if begin or inside else self._slips(wanted, most)
        found = dict.fromkeys([*sorted(begin, key=self._shortest), *inside, *slips])
        return tuple(self.by_code[code] for code in list(found)[:most])

    def _slips(self, wanted: str, most: int) -> list[str]:
        alike = process.extract(
            wanted, self._names, scorer=fuzz.ratio, limit=most, score_cutoff=_ALIKE
        )
        return [code for _, _, code in alike]

    def _shortest(self, code: str) -> tuple[int, str]:
        return len(self._names[code]), code

    @cached_property
    def _names(self) -> dict[str, str]:
        return {code: bare(place.municipality) for code, place in self.by_code.items()}

    @cached_property
    def _whole(self) -> dict[str, str]:
        """With the department: "armenia quindio" names one of two."""
        return {c: f"{self._names[c]} {bare(p.department)}" for c, p in self.by_code.items()}


def _every_word(wanted: str, name: str) -> bool:
    """Whether each typed word begins a word of the municipality or its department."""
    words = name.split()
    return all(any(word.startswith(w) for word in words) for w in wanted.split())
