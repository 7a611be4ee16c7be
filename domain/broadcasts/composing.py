"""Composing a broadcast: each part checked when it is given, none lost when another changes."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from typing import Any, Protocol

from domain.broadcasts.audience import Audience, Reach
from domain.broadcasts.draft import Attached, Draft, Lack, Unready
from domain.conversation import Visit
from domain.notifications.api_keys import OWN
from domain.notifications.categories import Category
from domain.notifications.editing import Editor
from domain.notifications.files import FileKind, PushedFile, read_file
from domain.notifications.flaws import Flawed
from domain.notifications.markup import FOOTER, MESSAGE_LIMIT, Markup, read_markup
from domain.notifications.messages import Message
from domain.notifications.schedule import Timetable
from domain.staff.duties import Duty, employee_for

LONGEST = MESSAGE_LIMIT - FOOTER
_TAG = re.compile(r"</?[a-zA-Z]")


class TooLong(ValueError):
    """More characters than fit into a message; `length` as Telegram counts them."""

    def __init__(self, length: int) -> None:
        super().__init__(str(length))
        self.length = length


class Drafts(Protocol):
    async def of(self, staff_id: int) -> Draft:
        """The employee's draft; an empty one when there is none."""

    async def keep(self, staff_id: int, draft: Draft, at: datetime) -> None: ...

    async def drop(self, staff_id: int) -> None: ...


class Files(Protocol):
    async def keep(self, client: str, file: PushedFile, at: datetime) -> int:
        """Its number."""

    async def touch(self, client: str, file_id: int, at: datetime) -> bool:
        """Have it stay as long as if it were new; False when it is gone."""


@dataclass(frozen=True, slots=True)
class Compose:
    drafts: Drafts
    files: Files
    audience: Audience
    editor: Editor
    timetable: Timetable

    async def draft(self, visit: Visit) -> Draft:
        """What the employee has composed so far; NotAllowed."""
        return await self.drafts.of(employee_for(Duty.BROADCASTS, visit).id)

    async def change(self, visit: Visit, **parts: Any) -> Draft:
        """The draft with these parts new; NotAllowed."""
        employee = employee_for(Duty.BROADCASTS, visit)
        changed = replace(await self.drafts.of(employee.id), **parts)
        await self.drafts.keep(employee.id, changed, visit.now)
        return changed

    async def drop(self, visit: Visit) -> None:
        """Begin anew; NotAllowed."""
        await self.drafts.drop(employee_for(Duty.BROADCASTS, visit).id)

    async def write(self, visit: Visit, typed: str) -> None:
        """Keep the text; MarkupError, TooLong, NotAllowed."""
        text = read_typed(typed, self.editor.settings.link_hosts)
        if text.length > LONGEST:
            raise TooLong(text.length)
        await self.change(visit, html=text.html)

    async def attach(self, visit: Visit, name: str, content: bytes) -> None:
        """Keep a file with the draft; Flawed when it is none that may be sent, NotAllowed."""
        employee_for(Duty.BROADCASTS, visit)
        file = read_file(name, content)
        number = await self.files.keep(OWN, file, visit.now)
        attached = Attached(number, file.name, file.kind is FileKind.PICTURE)
        await self.change(visit, attached=attached)

    async def reach(self, draft: Draft, now: datetime) -> Reach | None:
        """Whom it reaches as it is; None before an audience was chosen."""
        if not draft.has_audience:
            return None
        category = draft.category or Category.CONTRACT
        return await self.audience.reach(draft.segment, category, now)

    def due(self, category: Category, now: datetime) -> datetime:
        """When a broadcast of that category would begin to be sent (UTC)."""
        return self.timetable.earliest(category, now)

    def fits(self, draft: Draft, now: datetime) -> bool:
        """Whether the text is short enough for what goes with it."""
        try:
            self.editor.edit(draft.request(), now)
        except Flawed as error:
            return all(flaw.code != "too_long" for flaw in error.flaws)
        return True

    async def message(self, visit: Visit, draft: Draft) -> Message:
        """What would be sent; Unready, NotAllowed."""
        employee_for(Duty.BROADCASTS, visit)
        lacks = draft.lacks()
        if not self.fits(draft, visit.now):
            lacks = (*lacks, Lack.LENGTH)
        file = draft.attached
        if file and not await self.files.touch(OWN, file.id, visit.now):
            lacks = (*lacks, Lack.FILE)
        if lacks:
            raise Unready(lacks)
        return self.editor.edit(draft.request(), visit.now)


def read_typed(typed: str, link_hosts: Collection[str]) -> Markup:
    """The checked text: with tags it is markup, without any every sign is meant; MarkupError."""
    text = typed if _TAG.search(typed) else escape(typed, quote=False)
    return read_markup(text, link_hosts)
