"""The Telegram accounts of the member, and closing everywhere."""

from dataclasses import dataclass

from domain.access.bindings import Binding
from domain.access.own_devices import OwnDevices
from domain.conversation import Visit
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Outcome, SignOut, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Button, Phrase, Screen
from handlers.security.guard import SECURITY
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class CloseAll(Callback):
    prefix = "sdc"


@dataclass(frozen=True, slots=True)
class SureCloseAll(Callback):
    prefix = "sds"


@dataclass(frozen=True, slots=True)
class DevicesFlow:
    visit: Visit
    devices: OwnDevices

    def flow(self) -> Flow:
        steps = {
            "list": Step(self.show_list, self.take_list),
            "sure": Step(self.show_sure, self.take_sure),
        }
        return Flow("devices", version=1, first="list", steps=steps, access=Access.MEMBER)

    async def show_list(self, data: Data) -> Screen:
        """The present account and earlier ones."""
        present, *earlier = await self.devices.list(self.visit)
        lines = tuple(_line(binding) for binding in earlier) or (Phrase("security.devices.only"),)
        params = {
            "ending": _ending(present),
            "since": present.bound_at,
            "last": present.last_entry_at,
            "earlier": lines,
        }
        rows = ((Button("security.devices.close", CloseAll()),), *footer())
        return Screen("security.devices.text", params, rows)

    async def take_list(self, data: Data, given: Input) -> Outcome:
        if isinstance(given, CloseAll):
            return Go("sure")
        return wander(given, SECURITY) or Go("list")

    async def show_sure(self, data: Data) -> Screen:
        rows = ((Button("security.devices.sure", SureCloseAll()),), *footer())
        return Screen("security.devices.explained", rows=rows)

    async def take_sure(self, data: Data, given: Input) -> Outcome:
        """The session ends, and no Telegram is known any more."""
        if isinstance(given, SureCloseAll):
            await self.devices.close_everywhere(self.visit)
            return SignOut(Phrase("security.devices.closed"))
        return wander(given, Go("list")) or Go("sure")


def _line(binding: Binding) -> Phrase:
    params = {
        "ending": _ending(binding),
        "since": binding.bound_at,
        "last": binding.last_entry_at,
    }
    return Phrase("security.devices.earlier", params)


def _ending(binding: Binding) -> str:
    """The end of the account's number, by which two can be told apart."""
    return str(binding.telegram_id)[-4:]
