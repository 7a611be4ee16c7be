"""A request to the cooperative by somebody who cannot enter, or will not by themselves."""

import re
from dataclasses import dataclass

from domain.access.applicants import Applicants
from domain.access.attempts import Attempt, Attempts
from domain.access.journal import Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.limits import DAY, Allowances
from domain.conversation import Visit
from domain.cooperative import Policies
from domain.staff.tickets import LONGEST_NAME, LONGEST_TEXT, NewTicket, TicketKind, Tickets

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_SHORTEST_NAME = 5


class TooManyTickets(Exception):
    """The account, or the document, has as many requests today as it may have."""


class NotAName(ValueError):
    """What was typed cannot be a person's name."""


@dataclass(frozen=True, slots=True)
class AskForHelp:
    applicants: Applicants
    attempts: Attempts
    allowances: Allowances
    tickets: Tickets
    mail: MailQueue
    journal: Journal
    policies: Policies

    async def ask(self, visit: Visit, attempt_id: str, document: str, name: str, text: str) -> str:
        """File it; its number. The same is done and answered for an unknown document.

        `document`: described. TooManyTickets beyond the day's limits; AttemptOver if too late.
        """
        life, name, text = self.policies.attempt_life, read_name(name), read_request(text)
        # Whatever the document was given for, it is the one that was given here.
        attempt = await self.attempts.current(attempt_id, visit, life, purpose=None)
        await self._count(visit, attempt)
        who = await self.applicants.by_id(attempt.member_id)
        await self.attempts.close(attempt.id, visit.now)
        ticket = NewTicket(
            TicketKind.HELP,
            visit.chat_id,
            visit.now,
            attempt.member_id,
            attempt.document_key,
            document,
            name,
            text,
        )
        number = await self.tickets.file(ticket)
        reachable = who is not None and who.member.email is not None
        kind = MailKind.TICKET if reachable else MailKind.NOTHING
        await self.mail.notify(kind, attempt.member_id, visit.now, {"number": number})
        await self.journal.write(visit, Action.TICKET, Result.DONE, attempt.member_id)
        return number

    async def _count(self, visit: Visit, attempt: Attempt) -> None:
        limit = self.policies.tickets_per_day
        subjects = (
            f"tickets:account:{visit.telegram_id}",
            f"tickets:document:{attempt.document_key}",
        )
        for subject in subjects:
            if await self.allowances.take(subject, limit, DAY, visit.now) is None:
                raise TooManyTickets


def read_name(typed: str) -> str:
    """A name on one line, without signs that hide; NotAName when it cannot be one."""
    name = " ".join(_CONTROL.sub(" ", typed).split())
    letters = sum(map(str.isalpha, name))
    if not (letters >= _SHORTEST_NAME and len(name) <= LONGEST_NAME):
        raise NotAName(name)
    return name


def read_request(typed: str) -> str:
    """What was asked, on one line and not longer than a ticket takes."""
    return " ".join(_CONTROL.sub(" ", typed).split())[:LONGEST_TEXT]
