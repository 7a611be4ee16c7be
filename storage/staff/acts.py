"""What employees did."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.staff.conduct import StaffAct
from domain.staff.people import Employee
from storage.schema import staff_act
from storage.staff.own import is_own


class ActRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_own(self, employee: Employee, telegram_id: int, member_id: int) -> bool:
        """Whether that member is the employee, or was ever at a Telegram account of theirs."""
        own = select(is_own(employee.id, telegram_id, member_id))
        return bool(await self._connection.scalar(own))

    async def add(self, act: StaffAct) -> None:
        """Keep it, for good."""
        values = {
            "at": act.at,
            "staff_id": act.staff_id,
            "telegram_id": act.telegram_id,
            "action": act.deed.action.value,
            "member_id": act.deed.member_id,
            "about": act.deed.about,
            "reason": act.reason,
        }
        await self._connection.execute(insert(staff_act).values(values))
