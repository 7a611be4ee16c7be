"""How much waits for employees, by duty."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.leads.lead import LeadState
from domain.staff.duties import Duty
from domain.staff.tickets import TicketState
from storage.schema import broadcast, contact_change, lead, profile_request, ticket

_WAITING: Mapping[Duty, Select[Any]] = {
    Duty.TICKETS: select(func.count()).where(ticket.c.state == TicketState.OPEN.value),
    Duty.PROFILES: select(func.count()).where(profile_request.c.closed_at.is_(None)),
    Duty.CHANGES: select(func.count()).where(
        contact_change.c.closed_at.is_(None), contact_change.c.confirmed_at.is_(None)
    ),
    Duty.BROADCASTS: select(func.count()).where(
        broadcast.c.batch_id.is_(None), broadcast.c.closed_at.is_(None)
    ),
    Duty.LEADS: select(func.count()).where(lead.c.state == LeadState.OPEN.value),
}


class WorkloadRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self, duty: Duty) -> int:
        """How much waits for anybody with that duty."""
        counted = _WAITING.get(duty)
        return 0 if counted is None else int(await self._connection.scalar(counted) or 0)
