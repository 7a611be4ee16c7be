"""Segments: which members a broadcast is for. Filters are combined: all must hold."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.notifications.flaws import Flaw, Flawed

LONGEST_NAME = 60
MOST_NAMES = 200
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Segment:
    """Active members. `products`: who hold one of these kinds, open. `past_due`: the least and most
    days that their worst credit is late. `entered_within`, `away_for`: days since the last entry;
    who never entered is away."""

    products: frozenset[str] = frozenset()
    past_due: tuple[int, int] | None = None
    municipalities: frozenset[str] = frozenset()
    entered_within: int | None = None
    away_for: int | None = None

    @property
    def is_everybody(self) -> bool:
        return self == Segment()

    def packed(self) -> Mapping[str, Any]:
        """As JSON values."""
        return {
            "products": sorted(self.products),
            "past_due": list(self.past_due) if self.past_due else None,
            "municipalities": sorted(self.municipalities),
            "entered_within": self.entered_within,
            "away_for": self.away_for,
        }

    @classmethod
    def unpacked(cls, given: Mapping[str, Any]) -> "Segment":
        """From what `packed` gave."""
        late = given["past_due"]
        return cls(
            frozenset(given["products"]),
            (late[0], late[1]) if late else None,
            frozenset(given["municipalities"]),
            given["entered_within"],
            given["away_for"],
        )


def checked(segment: Segment, everybody: bool) -> Segment:
    """The segment; Flawed when it contradicts itself, or is everybody without saying so."""
    flaws = []
    if segment.is_everybody != everybody:
        flaws.append(Flaw("segment", "one_of", 'give filters, or {"all": true} for every member'))
    if segment.past_due and segment.past_due[0] > segment.past_due[1]:
        flaws.append(Flaw("segment.past_due", "order", "min_days is more than max_days"))
    if segment.entered_within is not None and segment.away_for is not None:
        flaws.append(Flaw("segment", "contradiction", "entered_within_days excludes away_for_days"))
    if flaws:
        raise Flawed(flaws)
    return segment


def spelled(asked: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The municipalities as they are on file, whatever case and accents; Flawed for others."""
    on_file: dict[str, set[str]] = {}
    for name in known:
        on_file.setdefault(_folded(name), set()).add(name)
    unknown = [name for name in asked if _folded(name) not in on_file]
    if unknown:
        raise Flawed(
            Flaw("segment.municipalities", "unknown", f"no member lives in {name}")
            for name in unknown
        )
    return frozenset(name for each in asked for name in on_file[_folded(each)])


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())
