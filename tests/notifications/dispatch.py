"""A sender over the tests' ledger, with the sandbox for Telegram and a mailbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot

from bot.notifications.carrier import Carrier
from bot.notifications.limiter import Limiter, Pace
from bot.notifications.mail import MailChannel
from bot.notifications.sender import Sender
from bot.notifications.telegram import TelegramChannel
from bot.sandbox.phone import Phone
from bot.sandbox.sandbox import Sandbox
from bot.transport import AiohttpRequest
from handlers.notifications.wording import NotificationLetters
from storage.cooperative_file import read_cooperative
from storage.database import Database
from storage.notifications.content import Envelopes
from storage.notifications.leadership import Leadership
from storage.post.delivery import Delivery
from storage.post.server import SmtpServer
from tests.notifications.books import ENVELOPES, TIMETABLE, Books
from tests.offices import HandClock

DEMO = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
# So fast that tests do not wait; what the pace itself is worth is tests/notifications/test_limiter.
FAST = Pace(overall=10_000, pushed=5_000, burst=100, chat_seconds=0, group_seconds=0)


@asynccontextmanager
async def open_sender(
    sandbox: Sandbox,
    database: Database,
    clock: HandClock,
    pace: Pace = FAST,
    answer_seconds: float = 10.0,
    root: str = "",
    envelopes: Envelopes = ENVELOPES,
) -> AsyncIterator[Sender]:
    """A sender of its own; nothing is sent unless a test asks for it."""
    request = AiohttpRequest(answer_seconds)
    await request.initialize()
    bot = Bot(sandbox.token, base_url=f"{root or sandbox.api_url}/bot", request=request)
    letters = NotificationLetters(read_cooperative(DEMO), "@oficina_bot")
    delivery = Delivery(SmtpServer.parse(sandbox.smtp_url), "servicios@eltablero.example")
    channels = TelegramChannel(bot), MailChannel(letters, delivery)
    carrier = Carrier(database, clock, envelopes, TIMETABLE, *channels, Limiter(pace))
    sender = Sender(carrier, Leadership(database))
    try:
        yield sender
    finally:
        await sender.close()
        await request.shutdown()


@dataclass(slots=True)
class Dispatch:
    """Members at their phones, and the sender that writes to them."""

    books: Books
    sandbox: Sandbox
    sender: Sender

    async def phone(self, member_id: int) -> Phone:
        """The phone of a member, who has written to the bot before."""
        phone = self.sandbox.phone(100 + member_id, f"Socia {member_id}")
        await phone.say("hola", settle=False)
        return phone

    async def send(self) -> None:
        """Send all that is due now."""
        while await self.sender.run_once():
            pass
        await self.sender.finish()

    async def later(self, **duration: float) -> None:
        """Time goes by, and what is due then is sent."""
        self.books.clock.forward(**duration)
        self.sender.carrier.limiter._paused = 0.0
        await self.send()


def told(phone: Phone) -> list[str]:
    """What the bot wrote to that phone."""
    return [m.get("text") or m.get("caption", "") for m in phone.messages if not m["out"]]
