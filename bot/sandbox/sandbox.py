"""The sandbox: a whole local Telegram and a mailbox, started with one call."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType

from aiohttp import web

from bot.sandbox.actions import Actions
from bot.sandbox.bot_api import BotApi
from bot.sandbox.chats import Chat
from bot.sandbox.clock import Clock, SystemClock
from bot.sandbox.courier import Retry
from bot.sandbox.directory import Directory
from bot.sandbox.faults import Faults
from bot.sandbox.json_types import Json
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import MEBIBYTE, Limits
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.page_api import PageApi
from bot.sandbox.people import PhoneCard, User, Who
from bot.sandbox.phone import Phone
from bot.sandbox.pushing import PushDesk, PushForm
from bot.sandbox.receivers import Sink
from bot.sandbox.settling import Settling
from bot.sandbox.telegram import BOT_ID, Telegram

GOODBYE_SECONDS = 0.05


class Sandbox:
    """Composes the parts and owns their lifetime."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        retry: Retry | None = None,
        seed: int = 0,
        settle_within: float = 10.0,
    ) -> None:
        self.clock = clock or SystemClock()
        self.limits = limits or Limits()
        self.token = f"{BOT_ID}:sandbox"
        self.telegram = Telegram(self.clock, self.limits, retry or Retry())
        self.ledger = Ledger()
        self.faults = Faults(seed)
        self.mailbox = Mailbox(self.clock, self.telegram.hub)
        self.actions = Actions(self.telegram)
        self._directory = Directory(self.telegram.hub)
        self._push_desk = PushDesk()
        self._settling = Settling(self.telegram.receivers, settle_within)
        self._runner: web.AppRunner | None = None
        self._host = ""
        self._port = 0

    @property
    def api_url(self) -> str:
        """The Bot API's root, and the chat page's address."""
        return f"http://{self._host}:{self._port}"

    @property
    def smtp_url(self) -> str:
        """Where the mailbox receives."""
        return f"smtp://{self._host}:{self.mailbox.port}"

    @property
    def pending(self) -> int:
        """How many updates the bot hasn't confirmed."""
        return len(self.telegram.updates.waiting())

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen; port 0 takes a free one."""
        self._host = host
        self._runner = web.AppRunner(
            self._application(),
            handler_cancellation=True,
            shutdown_timeout=GOODBYE_SECONDS,
            access_log=None,
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._port = self._runner.addresses[0][1]
        await self.mailbox.start(host)

    async def stop(self) -> None:
        """Hang up everything."""
        await self.telegram.receivers.close()
        await self.mailbox.stop()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Sandbox:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def phone(
        self, user_id: int, name: str = "", *, username: str = "", phone_number: str = ""
    ) -> Phone:
        """Someone's phone; the same person when asked again."""
        user = self.telegram.users.get(user_id)
        if user is None:
            first, _, last = (name or f"Persona {user_id}").partition(" ")
            user = User(user_id, first, last, username, phone_number=phone_number)
            self.telegram.add_user(user)
        return Phone(user, self.telegram, self.actions, self._settling)

    def group(self, chat_id: int, title: str, *members: Phone) -> Chat:
        """A group with the bot in it; members write with `phone.say(text, chat=chat_id)`."""
        return self.telegram.add_group(chat_id, title, {phone.id for phone in members})

    def introduce(self, phones: Iterable[PhoneCard], who: Iterable[Who] = ()) -> None:
        """Show people on the chat page."""
        cards = list(phones)
        for card in cards:
            self.phone(card.user_id, card.name, phone_number=card.phone_number)
        self._directory.add(cards, who)

    def offer_push(self, form: PushForm) -> None:
        """Show the form that pushes a notification."""
        self._push_desk.form = form

    async def connect(self, *sinks: Sink) -> None:
        """Push updates to these in turn, instead of being polled."""
        await self.telegram.receivers.push_to(sinks)

    async def disconnect(self) -> None:
        """Keep updates until someone polls or connects."""
        await self.telegram.receivers.wait_for_polling()

    async def redeliver(self, update: Json, *, settle: bool = True) -> None:
        """Deliver an update once more, as Telegram does when it missed the confirmation."""
        entry = self.telegram.updates.add_again(update)
        if settle:
            await self._settling.wait(entry)

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=self.limits.upload_bytes + 4 * MEBIBYTE)
        parts = (self.telegram, self.actions, self.mailbox, self._directory, self._push_desk)
        page = PageApi(*parts)
        api = BotApi(self.telegram, self.token, self.ledger, self.faults)
        application.add_routes([*api.routes(), *page.routes()])
        return application
