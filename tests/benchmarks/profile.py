"""Updating data: taps and messages against the fields of the full form; a long queue."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import insert

from domain.profile.sections import BENEFICIARIES, SECTIONS
from handlers.verify.queue import A_PAGE
from storage.database import Database
from storage.migrate import migrate
from storage.schema import member, profile_request, profile_section
from tests.benchmarks.table import Row
from tests.profile.phones import Person, inside, newest_code, open_world
from tests.profile.world import NOW, World, furnish

Move = tuple[str, str]
PAPER = b"%PDF-1.4 a paper"
ROUNDS = 60
LONG, SHORT = 1_000, 10
CODE = ("code", "")
SEND: Sequence[Move] = (
    ("tap", "Revisar y enviar"),
    ("tap", "Seguir"),
    ("tap", "⬜ Son datos verdaderos"),
    ("tap", "Enviar mi solicitud"),
    CODE,
)
MOVED: Sequence[Move] = (
    ("tap", "Mis datos"),
    ("tap", "Datos personales"),
    ("tap", "Dirección"),
    ("say", "Carrera 9 # 1-2, apto 301"),
    ("tap", "Barrio"),
    ("say", "La Fuente"),
    ("tap", "Municipio"),
    ("say", "sogamoso"),
    *SEND,
)
NEW_JOB: Sequence[Move] = (
    ("tap", "Mis datos"),
    ("tap", "Datos laborales"),
    ("tap", "Ocupación"),
    ("tap", "Docente"),
    ("say", "Colegio de Boyacá"),
    ("tap", "Pública"),
    ("say", "Docente de aula"),
    ("say", "5/3/2010"),
    ("tap", "En propiedad"),
    ("say", "Secretaría de Educación de Boyacá"),
    ("tap", "Revisar y enviar"),
    ("tap", "Seguir"),
    ("paper", "carta.pdf"),
    *SEND[1:],
)
NEW_DEPENDANT: Sequence[Move] = (
    ("tap", "Mis datos"),
    ("tap", "Personas a cargo"),
    ("tap", "Agregar"),
    ("say", "Lucía Peña"),
    ("tap", "Hijo(a)"),
    ("say", "5/3/2015"),
    ("tap", "Tarjeta de identidad"),
    ("say", "1050123456"),
    ("tap", "Saltar"),
    ("tap", "Revisar y enviar"),
    ("tap", "Seguir"),
    ("paper", "registro.pdf"),
    ("tap", "Seguir"),
    ("tap", "⬜ Son datos verdaderos"),
    ("tap", "⬜ Tengo la autorización"),
    ("tap", "Enviar mi solicitud"),
    CODE,
)
UPDATES = {"moved house": MOVED, "new job": NEW_JOB, "new dependant": NEW_DEPENDANT}


def rows() -> list[Row]:
    """Three typical updates, and the first page of a queue of a thousand."""
    return [*asyncio.run(_updates()), asyncio.run(_queue())]


async def _updates() -> list[Row]:
    fields = sum(len(s.fields) for s in SECTIONS.values() if s is not BENEFICIARIES)
    return [await _update(name, moves, fields) for name, moves in UPDATES.items()]


async def _update(name: str, moves: Sequence[Move], fields: int) -> Row:
    """Walked at a phone, from the menu to the filing number."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'coopbot.db'}"
        database = Database(url)
        await migrate(database)
        async with open_world(database, url) as world:
            maria = await inside(world)
            for move in moves:
                await _make(maria, *move)
            if "ACT-" not in maria.screen:
                raise RuntimeError(maria.screen)
        await database.close()
    taps = sum(kind == "tap" for kind, _ in moves)
    messages = len(moves) - taps
    ratio = f"{len(moves) / fields:.2f} of the fields"
    return Row(f"update: {name}", f"{taps} taps, {messages} messages", f"{fields} fields", ratio)


async def _make(maria: Person, kind: str, what: str) -> None:
    match kind:
        case "tap":
            await maria.tap(what)
        case "say":
            await maria.say(what)
        case "paper":
            await maria.phone.upload(what, PAPER)
        case "code":
            await maria.world.post()
            await maria.say(newest_code(maria.world, "m1@correo.example"))


async def _queue() -> Row:
    """The first page with its counts, in interleaved rounds."""
    with tempfile.TemporaryDirectory() as folder:
        worlds = {size: await _waiting(Path(folder), size) for size in (LONG, SHORT)}
        took: dict[int, list[float]] = {size: [] for size in worlds}
        for _ in range(ROUNDS):
            for size, world in worlds.items():
                took[size].append(await _open(world))
        for world in worlds.values():
            await world.database.close()
    long, short = (median(took[size]) for size in (LONG, SHORT))
    return Row(
        f"a verifier's queue, {LONG:,} pending",
        f"{long * 1000:.1f} ms",
        f"{SHORT} pending: {short * 1000:.1f} ms",
        f"{long / short:.1f} times",
    )


async def _waiting(folder: Path, size: int) -> World:
    database = Database(f"sqlite:///{folder / f'{size}.db'}")
    await migrate(database)
    world = await furnish(database)
    await _fill(database, size)
    return world


async def _open(world: World) -> float:
    async with world.as_staff(hours=5) as office:
        began = perf_counter()
        queue = await office.verifying.queue(office.visit, "", 0, A_PAGE)
        if not queue.total:
            raise RuntimeError("nothing waits")
        return perf_counter() - began


async def _fill(database: Database, waiting: int) -> None:
    """That many members with two sections pending each."""
    ids = range(1000, 1000 + waiting)
    async with database.unit() as connection:
        await connection.execute(insert(member), [_member(n) for n in ids])
        await connection.execute(insert(profile_request), [_request(n) for n in ids])
        parts = [_section(n, name) for n in ids for name in ("personal", "income")]
        await connection.execute(insert(profile_section), parts)


def _member(number: int) -> dict[str, object]:
    return {
        "id": number,
        "number": f"B{number}",
        "document_type": "CC",
        "document_number": str(60_000_000 + number),
        "first_names": "María",
        "surnames": f"Peña {number}",
        "birth_date": NOW.date(),
        "status": "active",
        "as_of": NOW.date(),
        "first_loaded_at": NOW,
    }


def _request(number: int) -> dict[str, object]:
    filed_at = NOW - timedelta(minutes=number)
    filed = {"id": number, "number": f"ACT-{number}", "member_id": number, "chat_id": number}
    return filed | {"filed_at": filed_at, "declarations": "[]"}


def _section(number: int, name: str) -> dict[str, object]:
    part = {"request_id": number, "member_id": number, "section": name, "risky": False}
    return part | {"before": "[{}]", "after": "[{}]"}
