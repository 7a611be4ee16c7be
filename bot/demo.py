"""`coopbot demo`: a local Telegram, the office and a made-up cooperative in one process."""

import asyncio
import base64
import secrets
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from socket import create_server, socket

import typer
from pydantic import SecretStr
from rich.console import Console
from telegram import Bot

from bot.app import open_office, telegram_bot
from bot.commands_intake import import_files
from bot.demo_push import DemoProgram, demo_key, push_form
from bot.demo_staff import DemoEmployee, enrol
from bot.journal import open_journal
from bot.notifications.limiter import Limiter
from bot.office import Office
from bot.running import introduce, serve_polling
from bot.sandbox.people import PhoneCard, Who
from bot.sandbox.sandbox import Sandbox
from bot.settings import KEY_BYTES, Settings
from bot.transport import AiohttpRequest
from domain.clock import SystemClock, local_date
from domain.cooperative import Cooperative
from domain.notifications.api_keys import Scope
from handlers.kit.texts import plain
from storage.cooperative_file import read_cooperative
from storage.demo.people import showcase
from storage.demo.writing import write_demo
from storage.migrate import prepare

SENDER = "servicios@eltablero.example"
FIRST_PHONE = 1001
PHONES = 3


async def demo(port: int) -> None:
    """Open everything, print the chat page's address, and serve until interrupted."""
    open_journal([])
    with tempfile.TemporaryDirectory(prefix="coopbot-demo-") as folder:
        async with await start_demo(Path(folder), port) as running:
            typer.echo(plain("demo.ready", {"address": running.address}))
            await running.serve()


class Demo:
    """A started demo: the sandbox, the office, and where to look at them."""

    def __init__(
        self,
        sandbox: Sandbox,
        office: Office,
        settings: Settings,
        cooperative: Cooperative,
        socket: socket,
    ) -> None:
        self.sandbox = sandbox
        self.office = office
        self.settings = settings
        self.cooperative = cooperative
        self.socket = socket

    @property
    def address(self) -> str:
        """The chat page."""
        return self.sandbox.api_url

    async def serve(self) -> None:
        """Answer the phones, and whoever checks a certificate, for ever."""
        self.office.start_background()
        await self._offer_push()
        await introduce(self.office.bot)
        self.office.workshop.warm_up()
        await asyncio.gather(serve_polling(self.office), self._serve_http())

    async def _offer_push(self) -> None:
        """The chat page's form, which pushes with a key of its own; another for whoever tries."""
        database, clock = self.office.database, self.office.desk.clock
        root = str(self.settings.public_url)
        key = await demo_key(database, clock, frozenset({Scope.SEND}))
        self.sandbox.offer_push(push_form(DemoProgram(root, key)))
        own = await demo_key(database, clock, frozenset(Scope))
        typer.echo(plain("demo.push", {"address": root, "key": own}))

    async def _serve_http(self) -> None:
        web = await asyncio.to_thread(__import__, "bot.web", fromlist=["web"])
        office = self.office
        checking = web.checking(self.settings, office.database, self.cooperative, office.desk.clock)
        app = web.web_app(None, checking, api=web.push_api(office))
        server = web.server(self.settings, app)
        await server.serve([self.socket])

    async def __aenter__(self) -> "Demo":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.office.close()
        await self.sandbox.stop()
        self.socket.close()


async def start_demo(folder: Path, port: int) -> Demo:
    """Load the made-up cooperative into `folder` and connect everything; not yet serving."""
    sandbox = Sandbox()
    await sandbox.start(port)
    listening = create_server(("127.0.0.1", 0))
    try:
        settings = _settings(sandbox, folder, listening)
        await _load(settings, folder)
        cooperative, now = read_cooperative(settings.cooperative_file), SystemClock().now()
        introduce_people(sandbox, local_date(now), await enrol(settings, cooperative.policies, now))
        limiter = Limiter()
        bot: Bot = telegram_bot(settings, AiohttpRequest(on_message=limiter.spoke))
        await bot.initialize()
        office = open_office(settings, cooperative, bot, SystemClock(), limiter)
        return Demo(sandbox, office, settings, cooperative, listening)
    except BaseException:
        listening.close()
        await sandbox.stop()
        raise


def _settings(sandbox: Sandbox, folder: Path, listening: socket) -> Settings:
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return Settings(
        telegram_token=SecretStr(sandbox.token),
        telegram_api_url=sandbox.api_url,
        database_url=f"sqlite:///{folder / 'coopbot.db'}",
        secret_key=SecretStr(key),
        smtp_url=SecretStr(sandbox.smtp_url),
        mail_from=SENDER,
        cooperative_file=folder / "cooperativa.toml",
        public_url="http://{}:{}".format(*listening.getsockname()),
    )


async def _load(settings: Settings, folder: Path) -> None:
    quiet, url = Console(quiet=True), settings.database_url
    await asyncio.to_thread(write_demo, folder, local_date(SystemClock().now()))
    await prepare(url)
    report = folder / "informe.csv"
    await import_files(url, folder, full=False, report=report, cut_off=None, console=quiet)


def _number(mobile: str) -> str:
    """The number on file as Telegram would share it: international, without a plus sign."""
    return mobile.removeprefix("+") if mobile.startswith("+") else f"57{mobile}"


def introduce_people(sandbox: Sandbox, today: date, employees: Sequence[DemoEmployee] = ()) -> None:
    """The phones on the chat page, and who is who beside them."""
    people = showcase(today)
    cards = [
        PhoneCard(FIRST_PHONE + n, p.name, plain("demo.role.member"), p.state, _number(p.mobile))
        for n, p in enumerate(people[:PHONES])
    ]
    who = [
        Who(p.name, p.document_type, p.document, p.first_key, p.email or "", p.state)
        for p in people
    ]
    at_work = [each.card for each in employees]
    sandbox.introduce([*cards, *at_work], [*(each.who for each in employees), *who])
