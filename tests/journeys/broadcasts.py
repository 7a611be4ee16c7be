"""Employees who write to many members, and the sender that carries it out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.broadcast_flows import BroadcastFlows
from bot.notifications.chores import Chores
from domain.clock import Clock
from domain.cooperative import Cooperative
from domain.notifications.hours import Hours
from domain.notifications.schedule import Timetable
from domain.staff.people import Role
from storage.notifications.broadcasts import Broadcasting
from storage.notifications.content import Envelopes
from storage.schema import audit, notification
from storage.secrets import Secrets
from tests.journeys.employee import StaffPhone, at_phone
from tests.journeys.member import World
from tests.notifications.dispatch import FAST, open_sender

SECRETS = Secrets(bytes(range(32)))
ENVELOPES = Envelopes(SECRETS.notifications)
LUZ, PEDRO, ROSA = 2011, 2012, 2013
TUNJA = ("Por municipio", "Tunja", "Volver")


def alone(cooperative: Cooperative, most: int) -> Cooperative:
    """The cooperative where one person may write to so many."""
    policies = replace(cooperative.policies, broadcast_alone=most)
    return replace(cooperative, policies=policies)


@dataclass(frozen=True, slots=True)
class Press:
    """What the office does by itself for broadcasts, when a test asks for it."""

    world: World

    @property
    def clock(self) -> Clock:
        return self.world.clock

    async def expand(self) -> None:
        """Make the notifications of what was started."""
        work = Broadcasting(self.world.database, self.clock, ENVELOPES, Timetable(Hours()))
        while await work.run_once():
            pass

    async def send(self) -> None:
        """Send what is due."""
        await self.expand()
        async with self.sender() as sender:
            while await sender.run_once():
                pass
        await self.tidy()

    async def tidy(self) -> None:
        """Close what is done."""
        await Chores(self.world.database, self.clock).tidy()

    @asynccontextmanager
    async def sender(self) -> AsyncIterator:
        world = self.world
        async with open_sender(
            world.sandbox, world.database, world.clock, FAST, envelopes=ENVELOPES
        ) as sender:
            yield sender

    async def look(self, seconds: float = 5) -> None:
        """A round after so long, and the notes that follow from it."""
        self.world.clock.forward(seconds=seconds)
        flows = BroadcastFlows(self.world.cooperative, SECRETS)
        await flows.rounds(self.world.database, self.clock)()
        await self.world.deliver()

    async def states(self) -> list[str]:
        async with self.world.database.unit() as connection:
            found = select(notification.c.state).order_by(notification.c.id)
            return list(await connection.scalars(found))

    async def audited(self) -> list[str]:
        async with self.world.database.unit() as connection:
            mine = audit.c.action.like("broadcast%") | (audit.c.action == "requeue")
            found = select(audit.c.action, audit.c.result).where(mine).order_by(audit.c.id)
            rows = await connection.execute(found)
            return [row.action if row.result == "done" else f"{row.action}!" for row in rows]


async def broadcaster(
    world: World, number: int, name: str, role: Role = Role.BROADCASTER
) -> StaffPhone:
    """An employee inside, at their phone."""
    phone = at_phone(world, number)
    await phone.join(name, role)
    return phone


async def compose(phone: StaffPhone, text: str, *audience: str) -> None:
    """Write it, choose what it is about and whom it is for; the draft is on the screen."""
    await phone.say("/menu")
    await phone.tap("Comunicados")
    await phone.tap("✍️")
    await phone.tap("📝 Texto")
    await phone.say(text)
    await phone.tap("🏷️ Tipo")
    await phone.tap("Cambios en los productos")
    await phone.tap("Para quiénes")
    for label in (*(audience or ("Todos los asociados",)), "Volver"):
        await phone.tap(label)


async def launch(phone: StaffPhone, text: str, *audience: str) -> None:
    """All the way to the word that sends it."""
    await compose(phone, text, *audience)
    await phone.tap("Ver cómo queda")
    await phone.tap("📣 ")
