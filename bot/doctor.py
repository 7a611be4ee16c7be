"""`coopbot doctor`: what is well, what is missing, and what keeps the office from opening."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any

import typer
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import file_problems, settings_problems
from bot.settings import MADE_UP, DatabaseSettings, Settings
from domain.cooperative import Cooperative
from domain.products.review import review
from domain.staff.duties import ROLES, Duty
from handlers.kit.texts import plain
from storage.cooperative_file import CooperativeFileError, read_cooperative
from storage.database import Database
from storage.health import Health, Unreachable, examine
from storage.post.server import SmtpServer
from storage.staff.people import EmployeeRepository


class Level(IntEnum):
    """How bad a finding is; the worst one is the exit status."""

    GOOD = 0
    NOTICE = 1
    FAULT = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report."""

    level: Level
    text: str


class FileSettings(BaseSettings):
    """Where the cooperative file is, whatever else is set."""

    model_config = SettingsConfigDict(env_prefix="COOPBOT_", env_ignore_empty=True)

    cooperative_file: Path = MADE_UP


def doctor(today: date, *, mail: bool) -> int:
    """Print every finding; the exit status: 0 all well, 1 something is missing, 2 it cannot run."""
    settings = _settings()
    findings = [
        *_about_settings(settings),
        *_about_file(FileSettings().cooperative_file, today),
        *asyncio.run(_about_database(DatabaseSettings().database_url)),
    ]
    if mail and isinstance(settings, Settings):
        findings += asyncio.run(_about_mail(settings))
    for finding in findings:
        level = plain(f"doctor.level.{finding.level.name.lower()}")
        typer.echo(f"{level:<5} {finding.text}")
    return max(finding.level for finding in findings)


def _say(level: Level, what: str, **params: Any) -> Finding:
    return Finding(level, plain(f"doctor.{what}", params))


def _settings() -> Settings | ValueError:
    try:
        return Settings()  # type: ignore[call-arg]
    except ValueError as error:
        return error


def _about_settings(settings: Settings | ValueError) -> Iterator[Finding]:
    if isinstance(settings, Settings):
        yield _say(Level.GOOD, "settings")
        return
    for sentence in settings_problems.sentences(settings):
        yield Finding(Level.FAULT, sentence)


def _about_file(path: Path, day: date) -> Iterator[Finding]:
    try:
        cooperative = read_cooperative(path)
    except CooperativeFileError as error:
        for sentence in file_problems.sentences(error):
            yield Finding(Level.FAULT, sentence)
        return
    yield _say(Level.GOOD, "made_up" if path == MADE_UP else "file", path=str(path))
    yield from _about_offer(cooperative, day)


def _about_offer(cooperative: Cooperative, day: date) -> Iterator[Finding]:
    products = cooperative.products
    found = review(products, day)
    for figure in found.missing:
        yield _say(Level.NOTICE, f"figure.{figure.table}", day=figure.day, year=figure.day.year)
    for line in found.without_rate:
        yield _say(Level.NOTICE, "without_rate", line=line.name, day=day)
    if not found.missing and not found.without_rate:
        counts = {"credits": len(products.credits), "cdats": len(products.cdats)}
        yield _say(Level.GOOD, "offer", day=day, **counts)


async def _about_database(url: str) -> list[Finding]:
    try:
        health = await examine(url)
    except (ValueError, Unreachable) as error:
        return [_say(Level.FAULT, "database.unreachable", detail=str(error))]
    damage = [_say(Level.FAULT, "database.damage", detail=found) for found in health.damage]
    sound = health.is_newest and not damage
    return [*damage, _about_version(health), *([await _about_employees(url)] if sound else ())]


def _about_version(health: Health) -> Finding:
    version = health.version or plain("doctor.database.empty")
    params = {"engine": health.engine, "version": version, "newest": health.newest}
    if health.is_newest:
        return _say(Level.GOOD, "database.newest", **params)
    if health.is_newer:
        return _say(Level.FAULT, "database.newer", **params)
    if health.engine == "sqlite":
        # A SQLite file is made and brought up to date when the office opens.
        return _say(Level.GOOD, "database.older" if health.exists else "database.none", **params)
    return _say(Level.FAULT, "database.outdated", **params)


async def _about_employees(url: str) -> Finding:
    """Requests wait for somebody, and a change of an address takes two people."""
    database = Database(url)
    try:
        async with database.unit() as connection:
            chats = await EmployeeRepository(connection).chats_of(ROLES[Duty.TICKETS])
    finally:
        await database.close()
    if len(chats) < 2:
        return _say(Level.NOTICE, "employees.one" if chats else "employees.nobody")
    return _say(Level.GOOD, "employees.enough", count=len(chats))


async def _about_mail(settings: Settings) -> list[Finding]:
    server = SmtpServer.parse(settings.smtp_url.get_secret_value())
    # Late: only who asks for it waits for the mail library.
    from storage.post.reach import MAIL_ERRORS, reach

    try:
        await reach(server)
    except MAIL_ERRORS as error:
        detail = str(error) or type(error).__name__
        return [_say(Level.FAULT, "smtp.unreachable", host=server.host, detail=detail)]
    return [_say(Level.GOOD, "smtp.reached", host=server.host)]
