"""What an operator can do for a member who cannot enter."""

import typer

from bot.settings import KeySettings
from domain.access.identity import MalformedDocument, read_document
from domain.access.seals import Seal
from domain.clock import SystemClock
from domain.members import DocumentType
from handlers.kit.texts import plain
from storage.access.unlocking import UnlockingRepository
from storage.audit.chain import Chain
from storage.database import Database
from storage.secrets import Secrets


async def unlock(settings: KeySettings, kind: DocumentType, number: str) -> int:
    """Clear a member's failed tries; the exit status, 1 when there is no such member."""
    try:
        document = read_document(kind, number)
    except MalformedDocument:
        typer.echo(plain("access_command.malformed"), err=True)
        return 2
    secrets = Secrets(settings.key())
    database = Database(settings.database_url, Chain.of(secrets))
    try:
        async with database.unit() as connection:
            unlocking = UnlockingRepository(connection, Seal(secrets.documents))
            found = await unlocking.unlock(document, SystemClock().now())
    finally:
        await database.close()
    typer.echo(plain("access_command.unlocked" if found else "access_command.unknown"))
    return 0 if found else 1
