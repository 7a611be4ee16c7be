"""What an operator can do for a member who cannot enter."""

from datetime import timedelta

import typer

from bot.settings import KeySettings
from domain.access.identity import MalformedDocument, read_document
from domain.clock import SystemClock
from domain.members import Document, DocumentType
from handlers.kit.texts import plain
from storage.access.vouching import VouchingRepository
from storage.audit.chain import Chain
from storage.database import Database
from storage.secrets import Secrets


async def unlock(
    settings: KeySettings,
    kind: DocumentType,
    number: str,
    *,
    grant: timedelta | None = None,
    remove_app: bool = False,
) -> int:
    """Clear a member's failed tries; the exit status, 1 when there is no such member.

    `grant`: for so long they may choose a new PIN without a second proof; the old one is void.
    `remove_app`: codes come by e-mail again. The operator has made sure that it is the member.
    """
    try:
        document = read_document(kind, number)
    except MalformedDocument:
        typer.echo(plain("access_command.malformed"), err=True)
        return 2
    if not await _vouch(settings, document, grant, remove_app):
        typer.echo(plain("access_command.unknown"))
        return 1
    for said, wanted in (("unlocked", True), ("granted", grant), ("app_removed", remove_app)):
        if wanted:
            typer.echo(plain(f"access_command.{said}"))
    return 0


async def _vouch(
    settings: KeySettings, document: Document, grant: timedelta | None, remove_app: bool
) -> bool:
    secrets, now = Secrets(settings.key()), SystemClock().now()
    database = Database(settings.database_url, Chain.of(secrets))
    try:
        async with database.unit() as connection:
            vouching = VouchingRepository(connection, secrets)
            until = now + grant if grant else None
            return await vouching.vouch(document, now, until, remove_app)
    finally:
        await database.close()
