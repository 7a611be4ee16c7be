"""What must be true of the database and of the chats, whatever was killed when."""

import io
import json
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader
from sqlalchemy import func, literal_column, select, text

from bot.sandbox.sandbox import Sandbox
from storage.audit.reading import AuditReading
from storage.audit.verifying import Verification
from storage.database import Database
from storage.schema import audit, chat_message, conversation, entry_attempt, mail, outbox, session
from tests.keys import CHAIN
from tests.kills.life import Life


async def in_order(database: Database, lives: Sequence[Life]) -> list[str]:
    """Each chat's remembered updates are a run of those it sent: none skipped, none twice."""
    async with database.unit() as connection:
        rows = await connection.execute(
            select(conversation.c.chat_id, conversation.c.recent_updates)
        )
        recent = {row.chat_id: json.loads(row.recent_updates) for row in rows}
    return [problem for life in lives for problem in _order(life, recent)]


def _order(life: Life, recent: dict[int, list[int]]) -> list[str]:
    chat = life.person.telegram_id
    done, sent = recent.get(chat, []), list(life.sent)
    if not done or done[0] not in sent:
        return [] if not done else [f"chat {chat}: acted on {done[0]}, which is too old"]
    first = sent.index(done[0])
    expected = sent[first : first + len(done)]
    return [] if done == expected else [f"chat {chat}: acted on {done}, was sent {expected}"]


async def audited(database: Database) -> list[str]:
    """The audit trail is one chain: no kill left a link open or wrote one twice."""
    found = await Verification(AuditReading(database.unit), CHAIN).verify()
    return [f"audit: {each}" for each in found.findings]


async def counted(database: Database, lives: Sequence[Life]) -> list[str]:
    """Every act left exactly the rows it should: one acted on twice or never would show."""
    found = await _found(database)
    problems = []
    for life in lives:
        chat = life.person.telegram_id
        for name, number in _expected(life).items():
            shown = found.get((chat, name), 0)
            if shown != number:
                problems.append(f"chat {chat}: {number} × {name} done, {shown} in the database")
    return problems


def _expected(life: Life) -> dict[str, int]:
    counts = life.counts
    return {
        "consent done": counts["consent"],
        "pin done": counts["pin"],
        "pin refused": 0,
        "lock refused": 0,
        "pin_set done": int(life.has_pin),
        "entry done": counts["entry"],
        "attempt": counts["document"],
        "letter": counts["letter"],
        "code": counts["code"],
        "paper": counts["paper"],
        "session": counts["entry"],
        "left": counts["left"],
    }


async def _found(database: Database) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    async with database.unit() as connection:
        for query in _COUNTS:
            for chat, name, number in await connection.execute(query):
                key = (int(chat), str(name))
                found[key] = found.get(key, 0) + number
    return found


def _count(name: str, table: Any, *where: Any) -> Any:
    named = select(table.c.chat_id, literal_column(f"'{name}'"), func.count(table.c.chat_id))
    return named.where(*where).group_by(table.c.chat_id)


_AUDITED = audit.c.action + literal_column("' '") + audit.c.result
_CODES = select(audit.c.telegram_id, literal_column("'code'"), func.count())
_COUNTS = (
    select(audit.c.telegram_id, func.min(_AUDITED), func.count()).group_by(
        audit.c.telegram_id, audit.c.action, audit.c.result
    ),
    _CODES.where(audit.c.action == "code").group_by(audit.c.telegram_id),
    _count("code", entry_attempt, entry_attempt.c.proven_at.is_not(None)),
    _count("attempt", entry_attempt),
    _count("letter", entry_attempt, mail.c.attempt_id == entry_attempt.c.id),
    _count("paper", outbox, outbox.c.kind == "file"),
    _count("session", session),
    _count("left", session, session.c.end_reason == "left"),
)


async def papers(database: Database, sandbox: Sandbox, lives: Sequence[Life]) -> list[str]:
    """Every paper arrived in its own chat, unless its session ended first; none elsewhere."""
    async with database.unit() as connection:
        wanted = select(outbox.c.chat_id, outbox.c.state, session.c.ended_at).join_from(
            outbox, session, outbox.c.session_id == session.c.id
        )
        rows = (await connection.execute(wanted.where(outbox.c.kind == "file"))).all()
    problems = []
    for life in lives:
        chat = life.person.telegram_id
        arrived = [c.result for c in sandbox.ledger.of("sendDocument", chat, "ok")]
        own = [row for row in rows if row.chat_id == chat]
        sent = sum(row.state == "sent" for row in own)
        if len(arrived) < sent:
            problems.append(f"chat {chat}: {sent} papers sent, {len(arrived)} arrived")
        problems += [f"chat {chat}: a paper is {row.state}" for row in own if _unsettled(row)]
        if arrived and not _names(sandbox, arrived[-1], life.person.number):
            problems.append(f"chat {chat}: the paper of somebody else")
    return problems


def _unsettled(row: Any) -> bool:
    return row.state not in ("sent", "dropped") or (row.state == "dropped" and not row.ended_at)


def _names(sandbox: Sandbox, message: dict[str, Any], number: str) -> bool:
    file = sandbox.telegram.files.by_id(message["document"]["file_id"])
    assert file
    pages = PdfReader(io.BytesIO(file.content)).pages
    return any(number in page.extract_text() for page in pages)


async def busy(database: Database) -> bool:
    """Whether anything is still to be sent or deleted."""
    due = (outbox.c.state == "due", mail.c.state == "due", chat_message.c.due_at.is_not(None))
    async with database.unit() as connection:
        return any([await connection.scalar(select(func.count()).where(each)) for each in due])


async def whole(database: Database) -> list[str]:
    """The database file is sound."""
    if not database.is_sqlite:
        return []
    async with database.unit() as connection:
        state = await connection.scalar(text("PRAGMA integrity_check"))
        loose = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    return [f"integrity_check: {state}"] * (state != "ok") + [f"loose keys: {loose}"] * bool(loose)
