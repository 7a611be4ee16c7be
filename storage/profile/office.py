"""The use cases of personal data, put together over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cooperative import Policies
from domain.profile.applying import Applying
from domain.profile.feed import TakeUpdates
from domain.profile.filing import Filing
from domain.profile.following import Following
from domain.profile.verifying import Verifying
from domain.staff.own_contact import HoldOwnContact
from storage.access.journal import JournalRepository
from storage.access.step_ups import ChallengeRepository
from storage.notes import SqlNotes
from storage.post.queue import MailQueueRepository
from storage.profile.desk import DeskRepository
from storage.profile.drafts import DraftRepository
from storage.profile.feed import FeedRepository
from storage.profile.messenger import RequestMessenger
from storage.profile.papers import PaperRepository
from storage.profile.profiles import ProfileRepository
from storage.profile.records import RecordRepository
from storage.profile.requests import RequestRepository
from storage.profile.upkeep import Upkeep
from storage.profile.vault import Vault
from storage.secrets import Secrets
from storage.staff.changes import ChangeRepository


def papers_of(connection: AsyncConnection, secrets: Secrets) -> PaperRepository:
    """The papers of this unit of work."""
    return PaperRepository(connection, Vault(secrets.papers))


def filing(
    connection: AsyncConnection, secrets: Secrets, policies: Policies, group: int | None
) -> Filing:
    """A member's form and its filing; `group`: the staff group, if there is one."""
    return Filing(
        ProfileRepository(connection),
        DraftRepository(connection),
        RequestRepository(connection),
        papers_of(connection, secrets),
        ChallengeRepository(connection),
        RequestMessenger(connection, group),
        JournalRepository(connection),
        policies,
    )


def following(connection: AsyncConnection, secrets: Secrets) -> Following:
    """A member's requests."""
    return Following(
        RequestRepository(connection),
        DeskRepository(connection),
        papers_of(connection, secrets),
        RequestMessenger(connection),
        JournalRepository(connection),
    )


def verifying(connection: AsyncConnection, secrets: Secrets) -> Verifying:
    """The employees' side."""
    messenger = RequestMessenger(connection)
    mail, notes = MailQueueRepository(connection), SqlNotes(connection)
    contacts = HoldOwnContact(ChangeRepository(connection), mail, notes)
    return Verifying(
        RequestRepository(connection),
        DeskRepository(connection),
        papers_of(connection, secrets),
        Applying(RecordRepository(connection), contacts),
        messenger,
        JournalRepository(connection),
    )


def upkeep(connection: AsyncConnection, secrets: Secrets) -> Upkeep:
    """What time does."""
    return Upkeep(
        connection,
        DraftRepository(connection),
        papers_of(connection, secrets),
        RequestRepository(connection),
        RequestMessenger(connection),
    )


def updates(connection: AsyncConnection) -> TakeUpdates:
    """What the core system takes."""
    return TakeUpdates(FeedRepository(connection))
