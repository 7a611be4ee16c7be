"""`coopbot notifications`: what would be told, what could not be, and trying that again."""

from collections import Counter
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from bot.opened import opened
from bot.settings import KeySettings
from domain.broadcasts.unsent import DeadLetter
from domain.clock import SystemClock
from domain.members import masked
from domain.notifications.hours import Hours
from domain.notifications.outcomes import Reason
from domain.notifications.schedule import Timetable
from domain.notifications.settings import NotificationSettings
from handlers.kit.format import moment
from handlers.kit.texts import plain
from handlers.notifications.occasions import message_of
from storage.database import Database
from storage.notifications.content import Envelopes
from storage.notifications.dead_letters import DeadLetterRepository
from storage.notifications.planning import Planned, Planner
from storage.secrets import Secrets

_PLANNED = ("member", "about", "when", "way")
_DEAD = ("number", "member", "about", "client", "when", "tries", "why")
WIDTH = 140


async def plan(settings: KeySettings, chosen: NotificationSettings, *, dry_run: bool) -> int:
    """Plan for every member, or show what that would bring; members are masked."""
    secrets, clock = Secrets(settings.key()), SystemClock()
    timetable = Timetable(Hours(chosen.closed_days))
    envelopes = Envelopes(secrets.notifications)
    async with opened(settings) as database:
        planner = Planner(database, clock, envelopes, timetable, chosen.occasions, message_of)
        counts = await (_show_plan(database, planner) if dry_run else _plan_all(planner))
    key = "notifications_command.would" if dry_run else "notifications_command.planned"
    typer.echo(plain(key, {"count": counts.total()}))
    for occasion, count in sorted(counts.items()):
        name = plain(f"notifications_command.occasion.{occasion}")
        typer.echo(plain("notifications_command.count", {"name": name, "count": count}))
    return 0


async def dead(settings: KeySettings, limit: int) -> int:
    """List dead letters, with what each reason means."""
    async with opened(settings) as database, database.unit() as connection:
        letters = await DeadLetterRepository(connection).newest(limit)
    if not letters:
        typer.echo(plain("notifications_command.none_dead"))
        return 0
    table = Table(*(plain(f"notifications_command.column.{name}") for name in _DEAD))
    for letter in letters:
        table.add_row(*_dead_cells(letter))
    Console(width=WIDTH).print(table)
    for reason in sorted({letter.reason for letter in letters}):
        typer.echo(plain("notifications_command.means", {"meaning": _meaning(reason)}))
    return 0


async def requeue(settings: KeySettings, numbers: Sequence[int], reason: Reason | None) -> int:
    """Have them tried again; 1 when none could be."""
    now = SystemClock().now()
    async with opened(settings) as database, database.unit() as connection:
        count = await DeadLetterRepository(connection).requeue(numbers, reason, now)
    typer.echo(plain("notifications_command.requeued", {"count": count}))
    return 0 if count else 1


async def _plan_all(planner: Planner) -> Counter[str]:
    counts: Counter[str] = Counter()
    more = True
    while more:
        more = await planner.run_once(counts)
    return counts


async def _show_plan(database: Database, planner: Planner) -> Counter[str]:
    table = Table(*(plain(f"notifications_command.column.{name}") for name in _PLANNED))
    counts: Counter[str] = Counter()
    after: int | None = 0
    while after is not None:
        async with database.unit() as connection:
            page = await planner.look(connection, after, planner.clock.now())
            planned = await planner.preview(connection, page.events)
        for each in planned:
            counts[each.event.occasion] += 1
            table.add_row(*_planned_cells(each))
        after = page.after
    Console(width=WIDTH).print(table)
    return counts


def _planned_cells(planned: Planned) -> list[str]:
    way = planned.way or "none"
    return [
        masked(planned.event.member_number),
        plain(f"notifications_command.occasion.{planned.event.occasion}"),
        moment(planned.due),
        plain(f"notifications_command.way.{way}"),
    ]


def _dead_cells(letter: DeadLetter) -> list[str]:
    return [
        str(letter.id),
        masked(letter.member_number),
        letter.template or letter.category,
        letter.client,
        moment(letter.settled_at),
        str(letter.tries),
        letter.reason,
    ]


def _meaning(reason: str) -> str:
    return plain(f"notifications_command.reason.{reason}")
