"""Work that employees' things need by themselves: announcing, recalling, what falls due."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.cooperative import Policies
from storage.database import Database
from storage.secrets import Secrets
from storage.staff.work import StaffWork
from storage.unit import unit_of_work


@dataclass(frozen=True, slots=True)
class Secretary:
    database: Database
    secrets: Secrets
    policies: Policies
    clock: Clock

    async def look_round(self) -> None:
        """One round, in a unit of work for the tickets and one for the changes of contact."""
        async with unit_of_work(self.database) as unit:
            await StaffWork(unit, self.secrets, self.policies).ticket_rounds.look(self.clock.now())
        async with unit_of_work(self.database) as unit:
            await StaffWork(unit, self.secrets, self.policies).change_rounds.look(self.clock.now())
