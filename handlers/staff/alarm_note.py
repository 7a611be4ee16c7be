"""What employees are told of attacks, with nothing of anybody but the masked document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from domain.alarms import AlarmKind
from domain.members import Document
from handlers.kit.screen import Screen


class Documents(Protocol):
    async def document_of(self, member_id: int) -> Document | None: ...


@dataclass(frozen=True, slots=True)
class AlarmNote:
    documents: Documents

    async def told(self, params: Mapping[str, Any]) -> Screen | None:
        """The alarm in words; None for one that there are no words for."""
        match params["kind"]:
            case AlarmKind.SPRAYING:
                return Screen("staff.alarm.spraying")
            case AlarmKind.LOCKED:
                return await self._locked(params.get("member"))
        return None

    async def _locked(self, member_id: int | None) -> Screen:
        found = await self.documents.document_of(member_id) if member_id else None
        if found is None:
            return Screen("staff.alarm.locked_unknown")
        return Screen("staff.alarm.locked", {"kind": found.kind.value, "document": found.masked})
