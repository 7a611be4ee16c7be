"""The use cases of leads, put together over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.leads.sending import SendLead
from domain.leads.withdrawing import WithdrawLeads
from domain.notes import Notes
from storage.access.allowances import AllowanceRepository
from storage.leads.crew import CrewRepository
from storage.leads.repository import LeadRepository


def sending(connection: AsyncConnection, notes: Notes, per_day: int) -> SendLead:
    allowances, crew = AllowanceRepository(connection), CrewRepository(connection)
    return SendLead(LeadRepository(connection), allowances, crew, notes, per_day)


def withdrawing(connection: AsyncConnection, notes: Notes) -> WithdrawLeads:
    return WithdrawLeads(LeadRepository(connection), notes)
