"""The ledger as tests use it: ask for notifications, take them in hand, look at what became."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import insert, select, update

from domain.notifications.acceptance import Accept, Accepted, Draft, Rejected
from domain.notifications.categories import Category
from domain.notifications.hours import Hours
from domain.notifications.messages import Message, Priority
from domain.notifications.schedule import Timetable
from storage.database import Database
from storage.notifications.claims import Claim, ClaimRepository
from storage.notifications.content import Envelopes
from storage.notifications.ledger import LedgerRepository
from storage.notifications.recipients import RecipientRepository
from storage.notifications.tickets import next_ticket
from storage.schema import credential, notification, notification_batch
from tests.offices import HandClock

ENVELOPES = Envelopes(b"e" * 32)
TIMETABLE = Timetable(Hours())
CORE = "core"


@dataclass(slots=True)
class Books:
    database: Database
    clock: HandClock
    _numbers: Any = field(default_factory=lambda: count(1))

    async def bind(self, member_id: int, chat_id: int | None) -> None:
        """The member entered from that account."""
        values = {"member_id": member_id, "telegram_id": chat_id}
        async with self.database.unit() as connection:
            mine = credential.c.member_id == member_id
            known = update(credential).where(mine).values(telegram_id=chat_id)
            if not (await connection.execute(known)).rowcount:
                await connection.execute(insert(credential).values(values))

    def draft(self, member_id: int, text: str = "", **given: Any) -> Draft:
        external_id = given.pop("external_id", None) or f"x{next(self._numbers)}"
        message = Message(given.pop("category", Category.OPERATION), text or external_id, **given)
        number = f"A{member_id:05}"
        return Draft(external_id, number, message, f"{number} {message}")

    async def accept(
        self, *drafts: Draft, client: str = CORE, batch: int | None = None
    ) -> list[Accepted | Rejected]:
        async with self.database.unit() as connection:
            accept = Accept(
                RecipientRepository(connection), LedgerRepository(connection, ENVELOPES), TIMETABLE
            )
            return await accept.all(client, drafts, self.clock.now(), batch)

    async def tell(self, member_id: int, text: str = "", **given: Any) -> int:
        """Have a member told something; the notification's number."""
        (fate,) = await self.accept(self.draft(member_id, text, **given))
        assert isinstance(fate, Accepted), fate
        return fate.id

    async def batch(
        self, *members: int, state: str = "open", priority: Priority = Priority.NORMAL
    ) -> int:
        """Accept a batch with a notification for each; its number."""
        row = {"client": CORE, "kind": "bulk", "state": state, "created_at": self.clock.now()}
        async with self.database.unit() as connection:
            ticket = await next_ticket(connection)
            made = insert(notification_batch).values(row | {"ticket": ticket})
            key = (await connection.execute(made)).inserted_primary_key
        assert key
        drafts = [self.draft(member, priority=priority) for member in members]
        await self.accept(*drafts, batch=key[0])
        return int(key[0])

    async def set_batch(self, number: int, **values: Any) -> None:
        async with self.database.unit() as connection:
            mine = notification_batch.c.id == number
            await connection.execute(update(notification_batch).where(mine).values(values))

    async def claim(self, limit: int = 10) -> list[Claim]:
        async with self.database.unit() as connection:
            return await ClaimRepository(connection).claim(self.clock.now(), limit)

    async def rows(self) -> Sequence[Any]:
        async with self.database.unit() as connection:
            found = select(notification).order_by(notification.c.id)
            return (await connection.execute(found)).all()

    async def row(self, number: int) -> Any:
        return next(row for row in await self.rows() if row.id == number)

    async def change(self, number: int, **values: Any) -> None:
        async with self.database.unit() as connection:
            mine = notification.c.id == number
            await connection.execute(update(notification).where(mine).values(values))
