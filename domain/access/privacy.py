"""What a member may know and decide of their personal data (Ley 1581 of 2012, arts. 8 and 15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from domain.access.change_pin import NotProven
from domain.access.consent import Consent
from domain.access.inside import insider
from domain.access.journal import AccessLog, AccessRecord, Action, Journal, Result
from domain.access.letters import MailKind, MailQueue
from domain.access.step_up import Purpose, StepUp
from domain.conversation import Sessions, Visit

LOG_SHOWN = 20

# Rows as JSON values by column, in the order in which they were written.
Section = Sequence[Mapping[str, Any]]


class Withdrawals(Protocol):
    async def newest(self, member_id: int) -> Consent | None:
        """The member's newest authorisation that was not withdrawn."""

    async def withdraw(self, member_id: int, at: datetime) -> bool:
        """Withdraw all of the member's; False when there was none."""


class MemberData(Protocol):
    async def everything(self, member_id: int) -> Mapping[str, Section]:
        """All that the office keeps about the member by table, secrets apart."""


@dataclass(frozen=True, slots=True)
class Privacy:
    consents: Withdrawals
    data: MemberData
    log: AccessLog
    sessions: Sessions
    mail: MailQueue
    journal: Journal
    step_up: StepUp

    async def authorisation(self, visit: Visit) -> Consent | None:
        """The proof on file; None for a member who entered before proofs were kept."""
        return await self.consents.newest(insider(visit).member_id)

    async def withdraw(self, visit: Visit) -> None:
        """Withdraw it and end the session; nobody enters as the member without a new one."""
        member_id, now = insider(visit).member_id, visit.now
        await self.consents.withdraw(member_id, now)
        await self.sessions.end_all(member_id, "consent_withdrawn", now)
        await self.journal.write(visit, Action.WITHDRAWAL, Result.DONE, member_id)
        await self.mail.notify(MailKind.CONSENT_WITHDRAWN, member_id, now)

    async def needs_proof(self, visit: Visit) -> bool:
        """Whether a code must be given before a copy is handed over."""
        return await self.step_up.needed(visit, Purpose.DATA_COPY)

    async def copy(self, visit: Visit) -> Mapping[str, Section]:
        """Everything, for the member alone; NotProven without a fresh code."""
        if await self.needs_proof(visit):
            raise NotProven
        member_id = insider(visit).member_id
        await self.journal.write(visit, Action.DATA_COPY, Result.DONE, member_id)
        return await self.data.everything(member_id)

    async def last_entries(self, visit: Visit) -> Sequence[AccessRecord]:
        """What happened at the member's door, newest first."""
        return await self.log.newest(insider(visit).member_id, LOG_SHOWN)
