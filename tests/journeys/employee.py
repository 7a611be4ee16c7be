"""An employee at the phone: opens the link, enrols an app, enters with its codes."""

import re
from dataclasses import dataclass, field

import pyotp
from sqlalchemy import select

from bot.commands_staff import read_own
from bot.secretary import Secretary
from domain.access.totp import STEP
from domain.staff.people import Role
from storage.schema import conversation
from storage.staff.roster import Roster
from tests.journeys.member import MemberPhone, World
from tests.keys import SECRETS

KEY = re.compile(r"^([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})$", re.MULTILINE)
ELENA, PEDRO = 2001, 2002


@dataclass(frozen=True, slots=True)
class StaffPhone(MemberPhone):
    """`app`: the seed that the employee's app keeps."""

    app: list[str] = field(default_factory=list)

    @property
    def app_code(self) -> str:
        """What the app shows now."""
        return pyotp.TOTP(self.app[-1]).at(self.world.clock.now())

    @property
    def next_code(self) -> str:
        """The app's code after half a minute, for whoever used the one before."""
        self.world.clock.forward(seconds=STEP.total_seconds())
        return self.app_code

    async def open_link(self, name: str, role: Role, document: str | None = None) -> None:
        await self.say(f"/start {await invite(self.world, name, role, document)}")

    async def scan(self) -> None:
        """Accept, and type the key into the app."""
        await self.tap("Sí, soy yo")
        self.app.append(self.key)

    @property
    def key(self) -> str:
        """The key on the screen, as an app takes it."""
        found = KEY.search(self.screen)
        assert found, self.screen
        return found[1].replace(" ", "")

    async def join(self, name: str, role: Role = Role.SUPPORT, document: str | None = None) -> None:
        """All the way in with a link of the operator's."""
        await self.open_link(name, role, document)
        await self.scan()
        await self.say(self.app_code)

    async def enter(self, pin: str = "") -> None:
        await self.say("/empleado")
        await self.say(self.next_code)

    async def find(self, typed: str) -> None:
        """Search from home, and open the first that is found."""
        await self.say("/menu")
        await self.say(typed)
        await self.tap("1. ")

    async def help(self, typed: str, act: str, reason: str) -> None:
        """Find a member, and do something for that reason."""
        await self.find(typed)
        await self.tap(act)
        await self.tap(reason)


async def invite(world: World, name: str, role: Role, document: str | None = None) -> str:
    """The token of a link, as `coopbot staff invite` makes it."""
    own = read_own(document) if document else None
    async with world.database.unit() as connection:
        return await Roster(connection, SECRETS).invite(name, role, own, world.clock.now())


async def revoke(world: World, name: str) -> None:
    async with world.database.unit() as connection:
        assert await Roster(connection, SECRETS).revoke(name, world.clock.now())


def at_phone(world: World, number: int) -> StaffPhone:
    """An employee's phone."""
    return StaffPhone(world, world.sandbox.phone(number, "Empleado"))


async def look_round(world: World) -> None:
    """What the office does by itself for employees, and the notes of it."""
    policies = world.cooperative.policies
    await Secretary(world.database, SECRETS, policies, world.clock).look_round()
    await world.deliver()


def as_member(phone: StaffPhone) -> MemberPhone:
    """The same phone, in the member's hands."""
    return phone.world.member(phone.phone.id)


async def forged(world, phone, data: str) -> str:
    """That callback with the run of the chat's present screen."""
    async with world.database.unit() as connection:
        mine = conversation.c.chat_id == phone.phone.id
        run = await connection.scalar(select(conversation.c.run).where(mine))
    return f"{run}:{data}"
