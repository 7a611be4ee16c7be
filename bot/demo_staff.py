"""The demo's employees: invited and enrolled like any other, with their app's key known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from bot.sandbox.people import PhoneCard, Who
from bot.settings import Settings
from domain.conversation import Session, Visit
from domain.cooperative import Policies
from domain.staff.people import Role
from handlers.kit.texts import plain
from storage.audit.chain import Chain
from storage.database import Database
from storage.secrets import Secrets
from storage.staff.roster import Roster
from storage.staff.work import StaffWork
from storage.unit import Unit, unit_of_work

FIRST_PHONE = 2001
# Some things take two people.
EMPLOYEES = (("elena", Role.SUPPORT), ("pedro", Role.ADMIN), ("luz", Role.BROADCASTER))


@dataclass(frozen=True, slots=True)
class DemoEmployee:
    """`app_key`: what their authenticator app keeps; the chat page shows its codes."""

    phone: int
    name: str
    about: str
    app_key: str

    @property
    def card(self) -> PhoneCard:
        return PhoneCard(self.phone, self.name, plain("demo.role.staff"), self.about)

    @property
    def who(self) -> Who:
        return Who(self.name, "", "", "", "", self.about, self.app_key)


async def enrol(settings: Settings, policies: Policies, now: datetime) -> Sequence[DemoEmployee]:
    """Have everybody join; they are outside, ready to enter with a code."""
    secrets = Secrets(settings.key())
    database = Database(settings.database_url, Chain.of(secrets))
    try:
        async with unit_of_work(database) as unit:
            work = StaffWork(unit, secrets, policies)
            roster = Roster(unit.connection, secrets)
            numbered = enumerate(EMPLOYEES, start=FIRST_PHONE)
            return [await _join(unit, work, roster, n, *who, now) for n, who in numbered]
    finally:
        await database.close()


async def _join(
    unit: Unit, work: StaffWork, roster: Roster, phone: int, who: str, role: Role, now: datetime
) -> DemoEmployee:
    name, visit = plain(f"demo.{who}.name"), Visit(phone, phone, now)
    invitation = await work.joining.arrive(visit, await roster.invite(name, role, None, now))
    number = invitation.id if invitation else 0
    await work.joining.accept(visit, number)
    seed = await work.joining.seed(visit, number)
    app = pyotp.TOTP(seed.secret)
    # A code serves once: that of now is left for whoever tries the demo at once.
    before = app.at(now - timedelta(seconds=app.interval))
    entered = await work.joining.confirm(visit, number, before)
    if isinstance(entered, Session):
        await unit.sessions.end(entered.id, "left", now)
        await unit.sessions.mark_clean(entered.id, now)
    return DemoEmployee(phone, name, plain(f"demo.{who}.about"), seed.secret)
