"""Who is simulating: a visitor, a member with what they have on file, or an employee."""

from dataclasses import dataclass

from domain.clock import local_date
from domain.conversation import Visit
from domain.means import Means, MembersMeans
from domain.products.ranges import Situation


@dataclass(frozen=True, slots=True)
class Person:
    visit: Visit
    on_file: MembersMeans

    @property
    def member_id(self) -> int | None:
        """None for visitors and employees."""
        return self.visit.session.member_id if self.visit.session else None

    @property
    def is_employee(self) -> bool:
        return self.visit.session is not None and self.visit.session.employee is not None

    async def means(self) -> Means | None:
        """What is on file, of a member who has entered."""
        return None if self.member_id is None else await self.on_file.means(self.member_id)

    async def situation(self) -> Situation:
        """Today in Colombia, with the member's contributions."""
        means = await self.means()
        day = local_date(self.visit.now)
        return Situation(day, means.contributions if means else None)
