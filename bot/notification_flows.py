"""The flow and the standing buttons of notifications, for the composition root."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.repertoire import FlowBuilder, PressBuilder
from domain.conversation import Visit
from domain.notifications.muting import Muting
from handlers.notifications.buttons import Presses
from handlers.notifications.choices import ChoicesFlow
from handlers.notifications.wording import Mute, Open
from storage.notifications.buttons import ButtonRepository
from storage.notifications.content import Envelopes
from storage.notifications.preferences import PreferenceRepository
from storage.secrets import Secrets
from storage.unit import Unit

COMMANDS = {"notificaciones": "notifications", "avisos": "notifications"}


@dataclass(frozen=True, slots=True)
class NotificationFlows:
    secrets: Secrets

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        return {
            "notifications": lambda u, v: ChoicesFlow(v, PreferenceRepository(u.connection)).flow()
        }

    def presses(self) -> Mapping[str, PressBuilder]:
        """Who answers each standing button."""
        return {
            Open.prefix: lambda u, v: self._presses(u, v).open,
            Mute.prefix: lambda u, v: self._presses(u, v).mute,
        }

    def _presses(self, unit: Unit, visit: Visit) -> Presses:
        buttons = ButtonRepository(unit.connection, Envelopes(self.secrets.notifications))
        muting = Muting(buttons, PreferenceRepository(unit.connection))
        return Presses(visit, buttons, muting)
