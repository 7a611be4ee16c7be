"""What somebody who has not entered may ask for: help, and to be barred after a robbery."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.ask_for_help import AskForHelp
from domain.access.report_robbery import Barring, ReportRobbery
from domain.access.seals import Seal
from domain.cooperative import Policies
from storage.access.locks import LockRepository
from storage.access.parts import Parts
from storage.secrets import Secrets
from storage.staff.tickets import TicketRepository


def ask_for_help(connection: AsyncConnection, secrets: Secrets, policies: Policies) -> AskForHelp:
    """A request to the employees, in this unit of work."""
    of = Parts(connection, secrets, policies)
    tickets = TicketRepository(connection)
    return AskForHelp(
        *(of.applicants, of.attempts, of.allowances, tickets, of.mail, of.journal), policies
    )


def report_robbery(
    connection: AsyncConnection, secrets: Secrets, policies: Policies
) -> ReportRobbery:
    """Barring a member at their word, in this unit of work."""
    of = Parts(connection, secrets, policies)
    locks, tickets = LockRepository(connection), TicketRepository(connection)
    seal = Seal(secrets.documents)
    barring = Barring(locks, of.sessions, tickets, of.notices, of.journal, seal)
    return ReportRobbery(of.applicants, of.attempts, of.bindings, of.allowances, barring, policies)
