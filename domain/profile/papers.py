"""Supporting papers: which change needs one, and what may be sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.profile.changes import Change

MOST_BYTES = 5 * 1024 * 1024
MOST_PAPERS = 6


class Proves(StrEnum):
    """What a paper is for."""

    IDENTITY = "identity"
    EMPLOYMENT = "employment"
    INCOME = "income"
    KINSHIP = "kinship"


_NEEDED_BY = {
    ("personal", "first_names"): Proves.IDENTITY,
    ("personal", "surnames"): Proves.IDENTITY,
    ("work", "employer"): Proves.EMPLOYMENT,
    ("income", "salary"): Proves.INCOME,
    ("income", "pension"): Proves.INCOME,
}


class Media(StrEnum):
    """What is taken: told by the bytes, whatever the name says."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


_BEGINNINGS = (
    (b"\xff\xd8\xff", Media.JPEG),
    (b"\x89PNG\r\n\x1a\n", Media.PNG),
    (b"%PDF-", Media.PDF),
)


def media_of(content: bytes) -> Media | None:
    """What the bytes are; None when it is not something we take."""
    return next((media for start, media in _BEGINNINGS if content.startswith(start)), None)


def needed(changes: Sequence[Change]) -> tuple[Proves, ...]:
    """What these changes must be shown with, each once."""
    return tuple(dict.fromkeys(reason for change in changes for reason in _needed(change)))


def _needed(change: Change) -> Iterator[Proves]:
    for name in sorted(change.fields):
        reason = _NEEDED_BY.get((change.section, name))
        # An amount of nothing, or an employer who is no longer, has no paper.
        if reason and change.after[0].get(name, "0") != "0":
            yield reason
    if change.section == "dependants" and change.added:
        yield Proves.KINSHIP


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on file, without its content."""

    id: int
    proves: Proves
    media: Media
    size: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class NewPaper:
    member_id: int
    proves: Proves
    media: Media
    content: bytes = field(repr=False)
    at: datetime


class Papers(Protocol):
    """Kept sealed; those of a draft belong to no request yet."""

    async def keep(self, paper: NewPaper, most: int) -> bool:
        """Keep it with the member's draft; False when there are that many already."""

    async def of_draft(self, member_id: int) -> Sequence[Paper]: ...

    async def of_request(self, request_id: int) -> Sequence[Paper]: ...

    async def drop(self, member_id: int, paper_id: int) -> None:
        """Remove the paper from the member's draft; another's stays."""

    async def attach(self, member_id: int, request_id: int, wanted: Sequence[Proves]) -> None:
        """The draft's papers go with the request; those not wanted are removed."""

    async def content(self, request_id: int, paper_id: int) -> bytes | None:
        """The request's paper as it was sent; None when it is gone or another's."""

    async def delete_after(self, request_id: int, at: datetime) -> None:
        """Have the request's papers removed from that instant on."""
