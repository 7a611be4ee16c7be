"""`coopbot staff`: who works here, and how they come and go."""

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from rich.console import Console
from rich.table import Table
from telegram import Bot
from telegram.error import TelegramError

from bot.settings import StaffSettings
from bot.transport import AiohttpRequest
from domain.access.identity import MalformedDocument, read_document
from domain.clock import BOGOTA, Clock, SystemClock
from domain.members import Document, DocumentType
from domain.staff.invitations import LINK_LIFE, MemberTaken
from domain.staff.people import Role
from handlers.kit.texts import plain
from storage.audit.chain import Chain
from storage.database import Database
from storage.migrate import migrate, require_newest
from storage.secrets import Secrets
from storage.staff.people import Listed
from storage.staff.roster import NoSuchMember, Roster

KEY = "staff_command"
LONGEST_NAME = 60
_COLUMNS = ("name", "role", "state", "entered", "member")


async def invite(
    settings: StaffSettings,
    name: str,
    role: Role,
    document: str | None,
    bot_name: str | None,
    clock: Clock | None = None,
) -> int:
    """Print a link that serves once, for ten minutes; the exit status."""
    now = (clock or SystemClock()).now()
    try:
        person = read_name(name)
        own = read_own(document) if document else None
        bot = bot_name.lstrip("@") if bot_name else await _ask_name(settings)
    except MalformedDocument:
        return _say("malformed", 2)
    except ValueError:
        return _say("bad_name", 2)
    except (LookupError, TelegramError):
        return _say("no_bot", 2)
    async with _roster(settings) as roster:
        known = any(each.name == person for each in await roster.listed())
        try:
            token = await roster.invite(person, role, own, now)
        except NoSuchMember:
            return _say("no_member", 1)
        except MemberTaken:
            return _say("member_taken", 1)
    minutes = int(LINK_LIFE.total_seconds() // 60)
    if known:
        typer.echo(plain(f"{KEY}.again", {"name": person}))
    typer.echo(plain(f"{KEY}.invited", {"name": person, "minutes": minutes}))
    typer.echo(f"https://t.me/{bot}?start={token}")
    return 0


async def show(settings: StaffSettings, console: Console | None = None) -> int:
    """List everybody who was ever invited; the exit status."""
    async with _roster(settings) as roster:
        people = list(await roster.listed())
    if not people:
        return _say("nobody", 0)
    table = Table(*(plain(f"{KEY}.column.{name}") for name in _COLUMNS))
    for each in people:
        table.add_row(*_cells(each))
    (console or Console()).print(table)
    return 0


async def revoke(settings: StaffSettings, name: str, clock: Clock | None = None) -> int:
    """Take everything from an employee at once; the exit status, 1 when nobody has the name."""
    now = (clock or SystemClock()).now()
    async with _roster(settings) as roster:
        found = await roster.revoke(" ".join(name.split()), now)
    return _say("revoked" if found else "unknown", 0 if found else 1)


def read_name(typed: str) -> str:
    """A person's name on one line; ValueError when it cannot be one."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not (3 <= len(name) <= LONGEST_NAME and name.isprintable()):
        raise ValueError(typed)
    return name


def read_own(typed: str) -> Document:
    """`CC 12345678`; MalformedDocument."""
    kind, _, number = typed.strip().partition(" ")
    if kind.upper() not in list(DocumentType):
        raise MalformedDocument(typed)
    return read_document(DocumentType(kind.upper()), number)


async def _ask_name(settings: StaffSettings) -> str:
    """The bot's user name, as Telegram knows it; LookupError without a token."""
    if settings.telegram_token is None:
        raise LookupError
    root = settings.telegram_api_url.rstrip("/")
    token = settings.telegram_token.get_secret_value()
    async with Bot(token, base_url=f"{root}/bot", request=AiohttpRequest()) as bot:
        return bot.username


@asynccontextmanager
async def _roster(settings: StaffSettings) -> AsyncIterator[Roster]:
    secrets = Secrets(settings.key())
    database = Database(settings.database_url, Chain.of(secrets))
    try:
        await (migrate if database.is_sqlite else require_newest)(database)
        async with database.unit() as connection:
            yield Roster(connection, secrets)
    finally:
        await database.close()


def _cells(each: Listed) -> tuple[str, ...]:
    state = "revoked" if each.revoked_at else "enrolled" if each.enrolled_at else "invited"
    at = each.revoked_at or each.enrolled_at
    when = f" {at.astimezone(BOGOTA):%Y-%m-%d}" if at else ""
    last = each.last_entry_at
    return (
        each.name,
        each.role.value,
        plain(f"{KEY}.state.{state}") + when,
        f"{last.astimezone(BOGOTA):%Y-%m-%d %H:%M}" if last else "—",
        plain(f"{KEY}.{'yes' if each.is_member else 'no'}"),
    )


def _say(what: str, status: int) -> int:
    typer.echo(plain(f"{KEY}.{what}"), err=status != 0)
    return status
