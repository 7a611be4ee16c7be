"""The composition root: every part is built here, and every flow has its line here."""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot

from bot.notifications.limiter import Limiter
from bot.notifications.mail import MailChannel
from bot.notifications.pushing import build_pushing
from bot.notifications.telegram import TelegramChannel
from bot.office import Office, furnish
from bot.repertoire import FlowBuilder, Repertoire
from bot.settings import Settings
from bot.transport import AiohttpRequest
from domain.access.applicants import Pins
from domain.access.seals import Seal
from domain.access.shuffle import Shuffle
from domain.clock import Clock
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.entry.flow import EntryFlow
from handlers.help import HelpFlow
from handlers.kit.flow import Flow
from handlers.letters import CooperativeLetters
from handlers.menu import MenuFlow
from handlers.notifications.wording import NotificationLetters
from handlers.statement.printing import PrintingFlow
from handlers.statement.products import ProductsFlow
from handlers.statement.summary import StatementFlow
from handlers.welcome import WelcomeFlow
from storage.access.doorway import authorisation, doorway
from storage.database import Database
from storage.greetings import GreetingRepository
from storage.pins import ArgonPins
from storage.post.delivery import Delivery
from storage.post.sender import Postman
from storage.post.server import SmtpServer
from storage.post.writing import Writer
from storage.secrets import Secrets
from storage.statements import StatementRepository
from storage.unit import Unit

COMMANDS = {"ayuda": "help", "help": "help"}


@dataclass(frozen=True, slots=True)
class Flows:
    """How each flow is built, anew for every update, over that update's unit of work."""

    cooperative: Cooperative
    secrets: Secrets
    pins: Pins
    shuffle: Shuffle

    def repertoire(self) -> Repertoire:
        """All that the office can say and be told."""
        return Repertoire(self.builders(), commands=COMMANDS)

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        return {
            "welcome": self._welcome,
            "entry": self._entry,
            "menu": lambda u, v: MenuFlow(v, GreetingRepository(u.connection)).flow(),
            "help": lambda _unit, _visit: HelpFlow(self.cooperative).flow(),
            "statement": lambda u, v: StatementFlow(v, _statements(u)).flow(),
            "products": lambda u, v: ProductsFlow(v, _statements(u)).flow(),
            "printing": lambda u, v: PrintingFlow(v, _statements(u), self.cooperative).flow(),
        }

    def _welcome(self, unit: Unit, visit: Visit) -> Flow:
        return WelcomeFlow(visit, authorisation(unit.connection), self.cooperative).flow()

    def _entry(self, unit: Unit, visit: Visit) -> Flow:
        door = doorway(unit.connection, self.secrets, self.pins, self.cooperative.policies)
        return EntryFlow(visit, door, self.shuffle, self.cooperative).flow()


def _statements(unit: Unit) -> StatementRepository:
    return StatementRepository(unit.connection)


def telegram_bot(settings: Settings, request: AiohttpRequest) -> Bot:
    """The Bot API's client, over that transport."""
    root = settings.telegram_api_url.rstrip("/")
    return Bot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request,
        get_updates_request=AiohttpRequest(),
    )


def open_office(
    settings: Settings, cooperative: Cooperative, bot: Bot, clock: Clock, limiter: Limiter
) -> Office:
    """The whole office of these settings; `bot` has been initialised, and tells the limiter of
    what it sends."""
    database, secrets = Database(settings.database_url), Secrets(settings.key())
    flows = Flows(cooperative, secrets, ArgonPins(secrets), Shuffle(secrets.shuffle))
    post = _postman(settings, cooperative, bot, database, secrets, clock).run_once
    transport = AiohttpRequest()
    channels = (
        TelegramChannel(telegram_bot(settings, transport)),
        MailChannel(NotificationLetters(cooperative, f"@{bot.username}"), _delivery(settings)),
    )
    pushing = build_pushing(
        cooperative.notifications, database, secrets, clock, limiter, channels, transport
    )
    repertoire, policies = flows.repertoire(), cooperative.policies
    return furnish(database, bot, repertoire, policies, clock, post, pushing)


def _delivery(settings: Settings) -> Delivery:
    server = SmtpServer.parse(settings.smtp_url.get_secret_value())
    return Delivery(server, settings.mail_from)


def _postman(
    settings: Settings,
    cooperative: Cooperative,
    bot: Bot,
    database: Database,
    secrets: Secrets,
    clock: Clock,
) -> Postman:
    letters = CooperativeLetters(cooperative, f"@{bot.username}")
    writer = Writer(letters, Seal(secrets.codes), cooperative.policies, clock)
    return Postman(database, writer, _delivery(settings), cooperative.policies, clock)
