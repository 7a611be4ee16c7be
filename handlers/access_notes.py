"""The notes about a member's own access, with the button "No fui yo"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.access.applicants import Applicants
from domain.access.bindings import Bindings
from domain.access.notices import News
from domain.cooperative import Cooperative
from handlers.kit.screen import Button, Rows, Screen
from handlers.robbery.buttons import NotMe

_DISOWNABLE = (News.NEW_ACCOUNT, News.PIN_CHANGED, News.APP_ADDED, News.APP_REMOVED)


@dataclass(frozen=True, slots=True)
class AccessNote:
    bindings: Bindings
    applicants: Applicants
    cooperative: Cooperative

    async def write(self, params: Mapping[str, Any]) -> Screen | None:
        """What happened and when; once the access is barred, that it is, and no button."""
        binding = await self.bindings.by_id(int(params["binding"]))
        who = await self.applicants.by_id(binding.member_id if binding else None)
        if binding is None or who is None:
            return None
        news = News(params["news"])
        said: dict[str, object] = {
            "name": who.member.first_names.title(),
            "moment": datetime.fromisoformat(params["at"]),
            "phone": self.cooperative.phone,
        }
        if who.blocked and news in _DISOWNABLE:
            return Screen(f"access_note.{news.value}.blocked", said)
        button: Rows = ((Button("access_note.not_me", NotMe(binding.id)),),)
        rows = button if news in _DISOWNABLE else ()
        return Screen(f"access_note.{news.value}.text", said, rows)
