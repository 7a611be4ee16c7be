"""Members with a chat each, and what they are to be told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import insert

from bot.sandbox.sandbox import Sandbox
from domain.notifications.acceptance import Accept, Draft
from domain.notifications.categories import Category
from domain.notifications.hours import Hours
from domain.notifications.messages import Message
from domain.notifications.schedule import Timetable
from storage.database import Database
from storage.notifications.content import Envelopes
from storage.notifications.ledger import LedgerRepository
from storage.notifications.recipients import RecipientRepository
from storage.schema import credential
from tests.keys import SECRETS
from tests.statement_rows import add_member

FIRST_CHAT = 10_000
AT_ONCE = 500


def number_of(member_id: int) -> str:
    return f"A{member_id:05}"


def tag(member_id: int, turn: int) -> str:
    """What a notification is recognised by, in the ledger and in the chat."""
    return f"n{member_id}-{turn}"


async def enrol(database: Database, sandbox: Sandbox, members: int) -> None:
    """So many members; each has written to the bot before."""
    async with database.unit() as connection:
        for member_id in range(1, members + 1):
            await add_member(connection, member_id, email=f"m{member_id}@correo.example")
        rows = [
            {"member_id": member_id, "telegram_id": FIRST_CHAT + member_id}
            for member_id in range(1, members + 1)
        ]
        await connection.execute(insert(credential), rows)
    for member_id in range(1, members + 1):
        chat = sandbox.phone(FIRST_CHAT + member_id, f"Socia {member_id}").chat
        chat.started = True


async def accept(database: Database, members: int, turns: int) -> int:
    """Accept so many notifications for each member, in order; how many in all."""
    envelopes, timetable = Envelopes(SECRETS.notifications), Timetable(Hours())
    drafts, count = _drafts(members, turns), 0
    while some := list(islice(drafts, AT_ONCE)):
        async with database.unit() as connection:
            ledger = LedgerRepository(connection, envelopes)
            use_case = Accept(RecipientRepository(connection), ledger, timetable)
            for draft in some:
                await use_case.all("core", [draft], datetime.now(UTC))
        count += len(some)
    return count


def _drafts(members: int, turns: int) -> Iterator[Draft]:
    for turn in range(turns):
        for member_id in range(1, members + 1):
            name = tag(member_id, turn)
            message = Message(Category.OPERATION, f"Aviso {name}.")
            yield Draft(name, number_of(member_id), message, name)
