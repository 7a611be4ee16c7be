"""What an employee is composing: kept part by part, whole only when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain.notifications.buttons import Opens
from domain.notifications.categories import Category
from domain.notifications.messages import Request
from domain.notifications.segments import Segment

# What an employee may write about; the rest is for one member, and comes from a program.
CATEGORIES = (
    Category.COMMUNITY,
    Category.CONTRACT,
    Category.COMMERCIAL,
    Category.REMINDER,
    Category.ARREARS,
    Category.SECURITY,
)


class Lack(StrEnum):
    """Why a draft cannot be sent yet. LENGTH: the text is too long with its file."""

    TEXT = "text"
    CATEGORY = "category"
    AUDIENCE = "audience"
    LENGTH = "length"
    FILE = "file"
    NOBODY = "nobody"


class Unready(ValueError):
    """The draft cannot be sent as it is; `lacks` names what is missing."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = lacks


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was kept for the draft, by its number."""

    id: int
    name: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """`html`: checked markup. `everybody`: said so, as a segment without filters is none."""

    html: str = ""
    category: Category | None = None
    attached: Attached | None = None
    opens: Opens | None = None
    segment: Segment = field(default_factory=Segment)
    everybody: bool = False

    @property
    def has_audience(self) -> bool:
        return self.everybody or not self.segment.is_everybody

    def lacks(self) -> tuple[Lack, ...]:
        """The parts that are not there."""
        there = {
            Lack.TEXT: bool(self.html),
            Lack.CATEGORY: self.category is not None,
            Lack.AUDIENCE: self.has_audience,
        }
        return tuple(lack for lack, found in there.items() if not found)

    def request(self) -> Request:
        """The same as a program would ask for it."""
        return Request(
            text=self.html,
            category=self.category,
            buttons=((self.opens.value, ""),) if self.opens else (),
            attachment=self.attached.id if self.attached else None,
        )

    def packed(self) -> Mapping[str, Any]:
        """As JSON values."""
        file = self.attached
        return {
            "html": self.html,
            "category": self.category.value if self.category else None,
            "attached": [file.id, file.name, file.is_picture] if file else None,
            "opens": self.opens.value if self.opens else None,
            "segment": self.segment.packed(),
            "everybody": self.everybody,
        }

    @classmethod
    def unpacked(cls, given: Mapping[str, Any]) -> "Draft":
        """From what `packed` gave."""
        return cls(
            html=given["html"],
            category=Category(given["category"]) if given["category"] else None,
            attached=Attached(*given["attached"]) if given["attached"] else None,
            opens=Opens(given["opens"]) if given["opens"] else None,
            segment=Segment.unpacked(given["segment"]),
            everybody=given["everybody"],
        )
