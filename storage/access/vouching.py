"""What an operator's word does for a member: unlocked, a new PIN, no authenticator any more."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

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
    ) -> bool:
        """Unlock, and what else is asked for; the mailbox is told. False for no such member.

        `until`: until then the member may choose a new PIN without a second proof.
        """
        seal = Seal(self._secrets.documents)
        member_id = await UnlockingRepository(self._connection, seal).unlock(document, at)
        if member_id is None:
            return False
        if until is not None:
            await self._grant(member_id, until, at)
        if remove_app:
            await self._remove_app(member_id, at)
        return True

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
