"""What an operator's word does for a member: unlocked, a new PIN, no authenticator any more."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.help_number import HelpNumbers
from domain.access.journal import Action, Result
from domain.access.letters import MailKind
from domain.access.seals import Seal
from domain.access.totp import Holder
from domain.members import Document
from storage.access.journal import JournalRepository
from storage.access.locks import ResetRepository
from storage.access.totp import AuthenticatorRepository
from storage.access.unlocking import UnlockingRepository
from storage.conversations import SqlSessions
from storage.post.queue import MailQueueRepository
from storage.secrets import Secrets


class VouchingRepository:
    def __init__(self, connection: AsyncConnection, secrets: Secrets) -> None:
        self._connection, self._secrets = connection, secrets

    async def vouch(
        self, document: Document, at: datetime, until: datetime | None, remove_app: bool
    ) -> str | None:
        """Unlock, and what else is asked for; the mailbox is told. None for no such member.

        `until`: until then the member may choose a new PIN with the number that is returned, to be
        told to nobody but them; otherwise nothing is to be told.
        """
        seal = Seal(self._secrets.documents)
        member_id = await UnlockingRepository(self._connection, seal).unlock(document, at)
        if member_id is None:
            return None
        if until is not None:
            await self._grant(member_id, until, at)
        if remove_app:
            await self._remove_app(member_id, at)
        numbers = HelpNumbers(Seal(self._secrets.help_numbers))
        return numbers.spoken(member_id, at) if until is not None else ""

    async def _grant(self, member_id: int, until: datetime, at: datetime) -> None:
        await ResetRepository(self._connection).grant(member_id, until, at)
        await SqlSessions(self._connection).end_all(member_id, "pin_changed", at)
        await self._note(member_id, at, Action.RESET, MailKind.RESET_GRANTED)

    async def _remove_app(self, member_id: int, at: datetime) -> None:
        kept = AuthenticatorRepository(self._connection, self._secrets.seeds)
        if await kept.remove(Holder(member_id=member_id)):
            await self._note(member_id, at, Action.APP, MailKind.APP_REMOVED)

    async def _note(self, member_id: int, at: datetime, action: Action, kind: MailKind) -> None:
        journal = JournalRepository(self._connection)
        await journal.note(at, action, Result.DONE, member_id, "operator")
        await MailQueueRepository(self._connection).notify(kind, member_id, at)
