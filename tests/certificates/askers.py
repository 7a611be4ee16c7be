"""Members in session who ask for certificates, and what must be true of every paper they get."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import func, insert, select

from bot.sandbox.files import StoredFile
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from storage.schema import certificate, certificate_copy, conversation, outbox, session
from tests.certificates.bulk import NUMBERS, Owner, enrol
from tests.documents.reading import pesos, text
from tests.kills.life import Life
from tests.kills.people import Person

ANNUAL = "retención"
WORDS = (ANNUAL, "constancia", "paz y salvo")


@dataclass(slots=True)
class Asker:
    """A member, their chat, and what they asked for."""

    life: Life
    owner: Owner
    asked: list[str] = field(default_factory=list)

    @property
    def chat(self) -> int:
        return self.life.person.telegram_id

    async def ask(self) -> None:
        """For one of the papers, without waiting for the one asked for before."""
        if not self.asked:
            await self.life.say("/menu", "Hola")
        words = self.life.random.choice(WORDS)
        await self.life.say(words)
        if words == ANNUAL:
            await self.life.tap("2025", pesos(self.owner.amount).split()[-1])
        await self.life.tap("Recibirlo aquí")
        self.asked.append(words)

    def mistaken(self, name: str, content: bytes) -> list[str]:
        """Whether this paper says what it should of its member, and nobody else's number."""
        said = text(content)
        numbers = {number.replace(".", "") for number in NUMBERS.findall(said)}
        own = self.owner.name in said and numbers == {self.owner.document}
        if own and ("retencion" not in name or self.owner.is_in(said)):
            return []
        return [f"chat {self.chat}: {name} is of {numbers}"]


async def in_session(
    database: Database, sandbox: Sandbox, count: int, chance: random.Random
) -> list[Asker]:
    """So many members, each with a session that has just begun."""
    owners, now = await enrol(database, count), datetime.now(UTC)
    lives = [Life(sandbox, Person(n), random.Random(chance.random())) for n in range(1, count + 1)]
    chats = [(f"s{n}", life.person.telegram_id) for n, life in enumerate(lives, 1)]
    begun = [
        {"id": name, "member_id": n, "chat_id": chat, "telegram_id": chat, "started_at": now}
        for n, (name, chat) in enumerate(chats, 1)
    ]
    state = {"version": 0, "data": "{}", "run": "", "recent_updates": "[]"}
    held = [{"chat_id": chat, "session_id": name} | state for name, chat in chats]
    async with database.unit() as connection:
        await connection.execute(insert(session), begun)
        await connection.execute(insert(conversation), held)
    return [Asker(life, owner) for life, owner in zip(lives, owners, strict=True)]


async def misdirected(database: Database, sandbox: Sandbox, askers: Sequence[Asker]) -> list[str]:
    """Papers that arrived in a chat, now or once, and are not its member's as they were issued."""
    copies = select(certificate_copy.c.sha256, certificate.c.member_id).join(certificate)
    async with database.unit() as connection:
        owners = {row.sha256: row.member_id for row in await connection.execute(copies)}
    arrived, problems = arrivals(sandbox), []
    for member_id, asker in enumerate(askers, 1):
        papers = {sha256(file.content).hexdigest(): file for file in arrived[asker.chat]}
        for digest, file in papers.items():
            if owners.get(digest) != member_id:
                problems.append(f"chat {asker.chat}: a copy of member {owners.get(digest)}")
            problems += asker.mistaken(file.name, file.content)
    return problems


async def miscounted(database: Database, sandbox: Sandbox, askers: Sequence[Asker]) -> list[str]:
    """Chats to which not as many papers were sent as asked for, or that made a kind twice."""
    papers = select(outbox.c.chat_id, func.count()).where(outbox.c.kind == "file")
    sent = papers.where(outbox.c.state == "sent").group_by(outbox.c.chat_id)
    issued = select(certificate.c.member_id, func.count()).group_by(certificate.c.member_id)
    async with database.unit() as connection:
        ordered = Counter({row[0]: row[1] for row in await connection.execute(sent)})
        made = Counter({row[0]: row[1] for row in await connection.execute(issued)})
    arrived, problems = arrivals(sandbox), []
    for member_id, asker in enumerate(askers, 1):
        asked, kinds, here = len(asker.asked), len(set(asker.asked)), len(arrived[asker.chat])
        if (ordered[asker.chat], made[member_id]) != (asked, kinds) or here < asked:
            counts = f"{asked} asked, {ordered[asker.chat]} sent, {here} arrived"
            problems.append(f"chat {asker.chat}: {counts}; {made[member_id]} for {kinds} kinds")
    return problems


def arrivals(sandbox: Sandbox) -> dict[int | None, list[StoredFile]]:
    """The papers that came into each chat, those deleted since among them."""
    found: dict[int | None, list[StoredFile]] = defaultdict(list)
    for call in sandbox.ledger.of("sendDocument", outcome="ok"):
        file = sandbox.telegram.files.by_id(call.result["document"]["file_id"])
        assert file
        found[call.chat_id].append(file)
    return found
