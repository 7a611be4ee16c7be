"""Finding a member by document, member number or name."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.access.journal import Action, Journal, Result
from domain.conversation import Visit
from domain.members import Document, DocumentType, MemberStatus
from domain.staff.duties import Duty, employee_for

A_PAGE, LAST_PAGE = 6, 8
_LONGEST = 80
_KINDS = "|".join(DocumentType)
_NUMBER = re.compile(rf"(?:({_KINDS})[ .:]*)?0*([0-9A-Z][0-9A-Z._/-]{{2,29}})")


@dataclass(frozen=True, slots=True)
class Sought:
    """A number (a document's or a member's) or the beginnings of words of a name."""

    number: str = ""
    kind: DocumentType | None = None
    words: tuple[str, ...] = ()


class TooShort(ValueError):
    """There is too little to search for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A member in a list of results."""

    id: int
    surnames: str
    first_names: str
    document: Document
    status: MemberStatus
    barred: bool


@dataclass(frozen=True, slots=True)
class Results:
    """One page of them, from 0; `more`: another follows, and none beyond the last page."""

    members: Sequence[Found]
    page: int
    more: bool


class Directory(Protocol):
    async def numbered(self, number: str, kind: DocumentType | None) -> Sequence[Found]:
        """Members with that document number or member number; few."""

    async def named(self, words: Sequence[str], skip: int, limit: int) -> Sequence[Found]:
        """Members whose names have words that begin so, in the order of their surnames."""


def read_sought(typed: str) -> Sought:
    """What to search for; TooShort when it is not enough to go by."""
    bare = unicodedata.normalize("NFKC", typed[:_LONGEST]).upper().strip()
    if re.search(r"[0-9]", bare):
        joined = re.sub(r"(?<=[0-9])[\s.,](?=[0-9])", "", bare)
        found = _NUMBER.fullmatch(joined)
        if found is None:
            raise TooShort
        kind = DocumentType(found[1]) if found[1] else None
        return Sought(number=found[2], kind=kind)
    words = tuple(folded(typed[:_LONGEST]).split())
    if max(map(len, words), default=0) < 3:
        raise TooShort
    return Sought(words=words)


def folded(text: str) -> str:
    """Lower case without accents or signs, as the database folds names."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalpha() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(letters.split())


@dataclass(frozen=True, slots=True)
class FindMembers:
    directory: Directory
    journal: Journal

    async def begin(self, visit: Visit, typed: str) -> Sought:
        """What is searched for, with a trace; TooShort, NotAllowed."""
        employee_for(Duty.MEMBERS, visit)
        sought = read_sought(typed)
        how = "name" if sought.words else "number"
        await self.journal.write(visit, Action.MEMBER_SOUGHT, Result.DONE, None, how)
        return sought

    async def page(self, visit: Visit, sought: Sought, page: int) -> Results:
        """One page of what was found; NotAllowed."""
        employee_for(Duty.MEMBERS, visit)
        if not sought.words:
            return Results(await self.directory.numbered(sought.number, sought.kind), 0, False)
        page = min(max(page, 0), LAST_PAGE)
        found = await self.directory.named(sought.words, page * A_PAGE, A_PAGE + 1)
        return Results(found[:A_PAGE], page, len(found) > A_PAGE and page < LAST_PAGE)
