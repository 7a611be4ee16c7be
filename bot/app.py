"""The composition root: every part is built here, and every flow has its line here."""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot

from bot.access_flows import AccessFlows
from bot.broadcast_flows import BroadcastFlows
from bot.chores import MINUTE, SOON, Chore, chores
from bot.notification_flows import COMMANDS as NOTIFICATION_COMMANDS
from bot.notification_flows import NotificationFlows
from bot.notifications.limiter import Limiter
from bot.notifications.mail import MailChannel
from bot.notifications.pushing import Pushing, build_pushing
from bot.notifications.telegram import TelegramChannel
from bot.office import Office, furnish
from bot.printing import Printer
from bot.profile import ProfileOffice
from bot.repertoire import FlowBuilder, Repertoire
from bot.secretary import Secretary
from bot.settings import Settings
from bot.simulation_flows import SimulationFlows
from bot.staff_flows import COMMANDS as STAFF_COMMANDS
from bot.staff_flows import StaffFlows
from bot.transport import AiohttpRequest
from bot.workshop import Workshop
from domain.access.applicants import Pins
from domain.access.seals import Seal
from domain.access.shuffle import Shuffle
from domain.clock import Clock
from domain.conversation import Visit
from domain.cooperative import Cooperative
from handlers.certificates.flow import CertificatesFlow
from handlers.certificates.press import Press
from handlers.help import HelpFlow
from handlers.kit.flow import Flow
from handlers.letters import CooperativeLetters
from handlers.menu import MenuFlow
from handlers.notifications.wording import NotificationLetters
from handlers.statement.printing import PrintingFlow
from handlers.statement.products import ProductsFlow
from handlers.statement.summary import StatementFlow
from handlers.verification.flow import VerificationFlow
from storage.access.doorway import step_up
from storage.audit.chain import Chain
from storage.certificates.desk import issuing, mailing, verifying
from storage.database import Database
from storage.greetings import GreetingRepository
from storage.pins import ArgonPins
from storage.post.delivery import Delivery
from storage.post.sender import Postman
from storage.post.server import SmtpServer
from storage.post.writing import Writer
from storage.secrets import Secrets
from storage.statements import StatementRepository
from storage.sweeping import Sweeper
from storage.unit import Unit

COMMANDS = {
    "ayuda": "help",
    "help": "help",
    "robo": "robbery",
    "seguridad": "security",
    "simular": "simulators",
    "verificar": "verification",
}


@dataclass(frozen=True, slots=True)
class Flows:
    """How each flow is built, anew for every update, over that update's unit of work."""

    cooperative: Cooperative
    secrets: Secrets
    pins: Pins
    shuffle: Shuffle
    checked_at: str | None = None
    staff_group: int | None = None

    def repertoire(self) -> Repertoire:
        """All that the office can say and be told."""
        access, simulation, staff, profile = self.access, self.simulation, self.staff, self.profile
        broadcasts = self.broadcasts
        return Repertoire(
            self.builders(),
            {
                **access.notes(),
                **simulation.notes(),
                **staff.notes(),
                **profile.notes(),
                **broadcasts.notes(),
            },
            {
                **access.presses(),
                **staff.presses(),
                **profile.presses(),
                **broadcasts.presses(),
                **self.notifications.presses(),
            },
            COMMANDS | STAFF_COMMANDS | NOTIFICATION_COMMANDS,
            staff.arrive,
        )

    @property
    def access(self) -> AccessFlows:
        """What members do about their own access."""
        return AccessFlows(self.cooperative, self.secrets, self.pins, self.shuffle)

    @property
    def simulation(self) -> SimulationFlows:
        """The simulators, and what becomes of the simulations sent."""
        return SimulationFlows(self.cooperative)

    @property
    def staff(self) -> StaffFlows:
        """What employees do."""
        return StaffFlows(self.cooperative, self.secrets)

    @property
    def notifications(self) -> NotificationFlows:
        """What members choose to be told, and the buttons of what they are told."""
        return NotificationFlows(self.secrets)

    @property
    def broadcasts(self) -> BroadcastFlows:
        """What employees write to many members at once."""
        return BroadcastFlows(self.cooperative, self.secrets)

    @property
    def profile(self) -> ProfileOffice:
        """Updating data and verifying it."""
        return ProfileOffice(self.cooperative, self.secrets, self.staff_group)

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        return {
            **self.access.builders(),
            **self.simulation.builders(),
            **self.staff.builders(),
            **self.broadcasts.builders(),
            "menu": lambda u, v: MenuFlow(v, GreetingRepository(u.connection)).flow(),
            "help": lambda _unit, _visit: HelpFlow(self.cooperative).flow(),
            "statement": lambda u, v: StatementFlow(v, _statements(u)).flow(),
            "products": lambda u, v: ProductsFlow(v, _statements(u)).flow(),
            "printing": lambda u, v: PrintingFlow(v, _statements(u), self.cooperative).flow(),
            "certificates": self._certificates,
            "verification": self._verification,
            **self.profile.builders(),
            **self.notifications.builders(),
        }

    def _certificates(self, unit: Unit, visit: Visit) -> Flow:
        policies = self.cooperative.policies
        proof = step_up(unit.connection, self.secrets, policies)
        press = Press(self.cooperative, Seal(self.secrets.certificates), self.checked_at)
        mail = mailing(unit.connection, policies)
        return CertificatesFlow(visit, issuing(unit.connection), mail, proof, press).flow()

    def _verification(self, unit: Unit, visit: Visit) -> Flow:
        verify = verifying(unit.connection, self.secrets, self.cooperative.policies)
        return VerificationFlow(visit, verify, self.cooperative).flow()


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
    secrets = Secrets(settings.key())
    chain, policies = Chain.of(secrets), cooperative.policies
    database = Database(settings.database_url, chain)
    pins, shuffle, checked_at = ArgonPins(secrets), Shuffle(secrets.shuffle), settings.checked_at
    flows = Flows(cooperative, secrets, pins, shuffle, checked_at, settings.staff_group)
    workshop = Workshop()
    printer = Printer(Press(cooperative, Seal(secrets.certificates), checked_at), workshop)
    post = _postman(settings, cooperative, bot, database, secrets, clock, printer).run_once
    repertoire = flows.repertoire()
    secretary = Secretary(database, secrets, policies, clock)
    work = chores(database, chain, Sweeper(database, policies, clock), secretary, clock)
    work.append(Chore(flows.profile.upkeep(database, clock), MINUTE))
    work.append(Chore(flows.broadcasts.rounds(database, clock), SOON))
    pushing = _pushing(settings, cooperative, bot, database, secrets, clock, limiter)
    return furnish(database, bot, repertoire, policies, clock, post, workshop, work, pushing)


def _pushing(
    settings: Settings,
    cooperative: Cooperative,
    bot: Bot,
    database: Database,
    secrets: Secrets,
    clock: Clock,
    limiter: Limiter,
) -> Pushing:
    """What pushes, with connections of its own."""
    transport = AiohttpRequest()
    channels = (
        TelegramChannel(telegram_bot(settings, transport)),
        MailChannel(NotificationLetters(cooperative, f"@{bot.username}"), _delivery(settings)),
    )
    parts = (database, secrets, clock, limiter, channels, transport)
    return build_pushing(cooperative.notifications, *parts)


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
    printer: Printer,
) -> Postman:
    letters = CooperativeLetters(cooperative, f"@{bot.username}")
    writer = Writer(letters, Seal(secrets.codes), cooperative.policies, clock)
    delivery = _delivery(settings)
    return Postman(database, writer, delivery, printer, cooperative.policies, clock)
