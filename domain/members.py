"""Who a member is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentType(StrEnum):
    """Identity documents of Colombia, by their usual letters."""

    CC = "CC"
    CE = "CE"
    TI = "TI"
    RC = "RC"
    PA = "PA"
    PPT = "PPT"
    NIT = "NIT"


class MemberStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"


def masked(number: str) -> str:
    """A number with all but its last three characters hidden."""
    return "•" * max(len(number) - 3, 3) + number[-3:]


@dataclass(frozen=True, slots=True)
class Document:
    """An identity document; the number is text, as printed, without points."""

    kind: DocumentType
    number: str

    @property
    def masked(self) -> str:
        """The number with all but its last three characters hidden."""
        return masked(self.number)


@dataclass(frozen=True, slots=True)
class Member:
    id: int
    number: str
    document: Document
    first_names: str
    surnames: str
    birth_date: date
    email: str | None
    mobile: str | None
    status: MemberStatus
