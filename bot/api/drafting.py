"""From a request's body to a draft of the ledger, with a fingerprint to know it again by."""

import json
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from bot.api.models import NotificationBody
from domain.access.seals import Seal
from domain.notifications.acceptance import Addressee, Draft
from domain.notifications.editing import Editor
from domain.notifications.flaws import Flaw, Flawed
from domain.notifications.messages import Message


@dataclass(frozen=True, slots=True)
class Drafting:
    """`seal` is keyed: a fingerprint must not give away a one-time code."""

    editor: Editor
    seal: Seal

    def draft(self, body: NotificationBody, now: datetime) -> Draft:
        """The draft; Flawed names every field that is wrong."""
        flaws: list[Flaw] = []
        to, message = self._addressee(body, flaws), self._message(body, now, flaws)
        if to is None or message is None:
            raise Flawed(flaws)
        return Draft(body.external_id, to, message, self.fingerprint(body))

    def fingerprint(self, body: BaseModel) -> str:
        """The same for the same content, however it was written."""
        return self.seal.of(json.dumps(body.model_dump(mode="json"), sort_keys=True))

    def _addressee(self, body: NotificationBody, flaws: list[Flaw]) -> Addressee | None:
        try:
            return body.addressee()
        except Flawed as error:
            flaws += error.flaws
            return None

    def _message(self, body: NotificationBody, now: datetime, flaws: list[Flaw]) -> Message | None:
        try:
            return self.editor.edit(body.request(), now)
        except Flawed as error:
            flaws += error.flaws
            return None
