"""The place where the storyboard is shot: the real flows, a sandbox, one phone per scene."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import Flows
from bot.sandbox.limits import Limits
from bot.sandbox.sandbox import Sandbox
from bot.warden import Warden
from bot.workshop import Workshop
from domain.access.shuffle import Shuffle
from storage.audit.chain import Chain
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.migrate import migrate
from storage.pins import ArgonPins
from storage.schema import binding, conversation, credential, member, session, staff
from storage.secrets import Secrets
from tests.journeys.member import PIN, World
from tests.journeys.replicas import CHECKED_AT, open_replica
from tests.offices import HandClock, sink
from tests.statement_rows import add_member, add_teacher
from tests.storyboard.actors import Actor
from tests.storyboard.frames import Frame

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
SECRETS = Secrets(bytes(range(32)))
BORN = date(1958, 4, 12)
TEACHER = 1
Products = Callable[[AsyncConnection, int], Awaitable[None]]


@dataclass(slots=True)
class Studio:
    world: World
    pins: ArgonPins
    frames: list[Frame] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: count(TEACHER + 1))
    _phones: Iterator[int] = field(default_factory=lambda: count(1001))
    _seen: dict[int, tuple[int, int]] = field(default_factory=dict)

    async def play(self, scene: Callable[["Studio"], Awaitable[None]]) -> None:
        """Shoot one scene; always on the same morning, with the same pictures."""
        self.world.clock.instant = HandClock().instant
        with same_pictures(), patch.object(Workshop, "make", _instead):
            await scene(self)

    async def stranger(self) -> Actor:
        return self._actor("41789123", "nadie@correo.example")

    async def member(
        self, pin: str | None = None, access: dict[str, Any] | None = None, **columns: Any
    ) -> Actor:
        """A member, with that PIN if any, at a Telegram account not yet bound to them."""
        return await self._enrol(next(self._ids), pin, access or {}, columns)

    async def teacher(self) -> Actor:
        """The teacher of `statement_rows`, with a PIN."""
        async with self.world.database.unit() as connection:
            await add_teacher(connection)
        return await self._enrol(TEACHER, PIN, {}, {})

    def teacher_phone(self) -> Actor:
        """The teacher, who has been here before, at another phone."""
        return self._actor(str(50_000_000 + TEACHER), f"maria{TEACHER}@correo.example")

    async def inside(self, products: Products | None = None) -> Actor:
        """A member with these products, in front of the menu."""
        actor = await self.member(PIN)
        if products:
            async with self.world.database.unit() as connection:
                await products(connection, actor.member_id)
        await actor.proven()
        return actor

    async def employee(self, name: str, **columns: Any) -> Actor:
        """An employee at work, as entered with their own code."""
        actor = self._actor("", "")
        await actor.say("/start")
        row = {"id": actor.phone.id, "name": name, "role": "verifier"}
        more = {"telegram_id": actor.phone.id, "created_at": self.world.clock.now()}
        async with self.world.database.unit() as connection:
            # Whoever had the name in an earlier scene has left.
            left = {"name": f"{name} {actor.phone.id}", "revoked_at": self.world.clock.now()}
            await connection.execute(update(staff).where(staff.c.name == name).values(left))
            await connection.execute(insert(staff).values(row | more | columns))
        await self.at_work(actor)
        return actor

    async def at_work(self, actor: Actor) -> None:
        """The employee enters (again)."""
        chat_id, now = actor.phone.id, self.world.clock.now()
        entered = {"id": f"entered-{chat_id}-{now}", "staff_id": chat_id, "chat_id": chat_id}
        mine = conversation.c.chat_id == chat_id
        async with self.world.database.unit() as connection:
            live = (session.c.staff_id == chat_id) & session.c.ended_at.is_(None)
            await connection.execute(update(session).where(live).values(ended_at=now))
            started = entered | {"telegram_id": chat_id, "started_at": now}
            await connection.execute(insert(session).values(started))
            values = {"session_id": entered["id"], "expires_at": None}
            await connection.execute(update(conversation).where(mine).values(values))

    def elsewhere(self, actor: Actor) -> Actor:
        """The same member at another phone."""
        return self._actor(actor.document, actor.email)

    async def place(self, chat_id: int) -> str:
        """`flow.step` of the chat."""
        async with self.world.database.unit() as connection:
            mine = conversation.c.chat_id == chat_id
            row = (await connection.execute(select(conversation).where(mine))).one()
        return f"{row.flow}.{row.step}"

    async def live_message(self, chat_id: int) -> int | None:
        async with self.world.database.unit() as connection:
            mine = conversation.c.chat_id == chat_id
            found = select(conversation.c.live_message_id).where(mine)
            number: int | None = await connection.scalar(found)
            return number

    def arrived(self, actor: Actor) -> list[str]:
        """Files and toasts since the last shot of that phone."""
        phone = actor.phone
        toasts = [toast.text for toast in phone.toasts]
        files = [*phone.documents, *phone.photos]
        told, sent = self._seen.get(phone.id, (0, 0))
        self._seen[phone.id] = (len(toasts), len(files))
        lines = [f"(aviso sobre el botón) {text}" for text in toasts[told:] if text]
        return lines + [f"(archivo {f.name}) {f.caption}" for f in files[sent:]]

    async def look_round(self) -> None:
        await Warden(self.world.replicas[0].office.desk).look_round()

    async def _enrol(
        self, member_id: int, pin: str | None, access: dict[str, Any], columns: dict[str, Any]
    ) -> Actor:
        row = {
            "birth_date": BORN,
            "email": f"maria{member_id}@correo.example",
            "mobile": "3104567890",
            "document_number": str(50_000_000 + member_id),
            "first_loaded_at": self.world.clock.now(),
        } | columns
        async with self.world.database.unit() as connection:
            if member_id == TEACHER:
                mine = member.c.id == TEACHER
                await connection.execute(update(member).where(mine).values(row))
            else:
                await add_member(connection, member_id, **row)
            actor = self._actor(row["document_number"], row["email"] or "")
            if pin:
                stored = await self.pins.hash(member_id, pin)
                access = access | {"pin_hash": stored.hash, "pin_key_version": stored.key_version}
            if access.pop("bound", False):
                access["telegram_id"] = actor.phone.id
                await _bind(connection, member_id, actor.phone.id)
            if access:
                await connection.execute(insert(credential).values(member_id=member_id, **access))
        return actor

    def _actor(self, document: str, email: str) -> Actor:
        phone = self.world.sandbox.phone(next(self._phones), "María")
        return Actor(self.world, phone, self, document, email)


async def _bind(connection: AsyncConnection, member_id: int, telegram_id: int) -> None:
    """That account entered as the member before."""
    times = dict.fromkeys(("bound_at", "last_entry_at"), HandClock().instant)
    row = {"member_id": member_id, "telegram_id": telegram_id} | times
    await connection.execute(insert(binding).values(row))


@asynccontextmanager
async def open_studio(folder: Path) -> AsyncIterator[Studio]:
    """The made-up cooperative, with nobody in it yet."""
    url = f"sqlite:///{folder / 'coopbot.db'}"
    database = Database(url, Chain.of(SECRETS))
    clock, cooperative = HandClock(), read_cooperative(DEMO)
    await migrate(database)
    pins = ArgonPins(SECRETS)
    flows = Flows(cooperative, SECRETS, pins, Shuffle(SECRETS.shuffle), CHECKED_AT).repertoire()
    # An actor answers a hundred questions a minute, more than Telegram takes from a person.
    async with (
        Sandbox(limits=Limits.none()) as sandbox,
        open_replica(sandbox, url, flows, cooperative, SECRETS, clock) as replica,
    ):
        await sandbox.connect(sink(replica.office))
        yield Studio(World(sandbox, [replica, replica], clock, database, cooperative), pins)
    await database.close()


@contextmanager
def same_pictures() -> Iterator[None]:
    numbers = count()
    with patch("handlers.entry.robot.fresh_nonce", lambda: f"storyboard-{next(numbers)}"):
        yield


async def _instead(_: Workshop, maker: str, values: tuple[object, ...]) -> bytes:
    """Papers are looked at in tests/documents; here a small file stands for them."""
    return b"%PDF-1.4" if "pdf" in maker else b"\x89PNG\r\n\x1a\n" + bytes(64)
