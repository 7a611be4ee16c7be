"""`coopbot run`: the office open to members, until it is told to stop."""

import asyncio
import signal
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any

import structlog
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.app import open_office, telegram_bot
from bot.notifications.limiter import Limiter
from bot.office import Office
from bot.settings import MADE_UP, Settings
from bot.transport import AiohttpRequest
from bot.updates import Poller
from domain.clock import SystemClock, local_date
from domain.cooperative import Cooperative
from domain.products.review import review
from handlers.kit.texts import plain
from storage.migrate import prepare

log = structlog.get_logger()
COMMANDS = (
    *("start", "menu", "notificaciones", "seguridad", "robo", "ayuda", "verificar", "salir"),
)
LONGEST_WAIT_SECONDS = 30.0


async def run(settings: Settings, cooperative: Cooperative) -> None:
    """Serve members until SIGTERM or SIGINT; what has begun is finished first."""
    await prepare(settings.database_url)
    if settings.cooperative_file == MADE_UP:
        log.warning("COOPBOT_COOPERATIVE_FILE is not set: speaking for the made-up cooperative")
    _warn_of_missing_figures(cooperative)
    limiter = Limiter()
    bot = telegram_bot(settings, AiohttpRequest(on_message=limiter.spoke))
    await _persist(bot.initialize)
    office = open_office(settings, cooperative, bot, SystemClock(), limiter)
    office.start_background()
    log.info("office open", bot=bot.username)
    try:
        await _until_told(_serve(settings, office, cooperative))
    finally:
        await office.close()
        log.info("office closed")


async def serve_polling(office: Office) -> None:
    """Ask Telegram for updates, for ever."""
    await _persist(office.bot.delete_webhook)
    await Poller(office.bot, office.reception.receive).run()


async def introduce(bot: Bot) -> None:
    """Tell Telegram the commands it offers in the chat's menu."""
    commands = [BotCommand(name, plain(f"kernel.commands.{name}")) for name in COMMANDS]
    with suppress(TelegramError):
        await bot.set_my_commands(commands)


def _warn_of_missing_figures(cooperative: Cooperative) -> None:
    for figure in review(cooperative.products, local_date(SystemClock().now())).missing:
        log.warning("the cooperative file lacks a figure", table=figure.table, day=str(figure.day))


async def _serve(settings: Settings, office: Office, cooperative: Cooperative) -> None:
    # Late: the web framework takes longer to load than the first answer may wait for.
    updates = None if settings.webhook_url else asyncio.create_task(serve_polling(office))
    await introduce(office.bot)
    office.workshop.warm_up()
    web = await asyncio.to_thread(__import__, "bot.web", fromlist=["web"])
    hook = await _webhook(settings, office, web) if settings.webhook_url else None
    path = web.webhook_path(settings.webhook_url or "")
    checking = web.checking(settings, office.database, cooperative, office.desk.clock)
    app = web.web_app(hook, checking, path, web.push_api(office))
    http = asyncio.create_task(web.server(settings, app).serve())
    await _first_to_end([task for task in (updates, http) if task is not None])


async def _webhook(settings: Settings, office: Office, web: Any) -> Any:
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    hook = web.Webhook(office.bot, office.reception.receive_posted, secret)
    await hook.register(settings.webhook_url)
    return hook


async def _first_to_end(tasks: list[asyncio.Task[None]]) -> None:
    """Until one of them ends; its error is raised, the others are ended in order."""
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


async def _persist(call: Any) -> None:
    """Repeat a call to Telegram until it goes through; a wrong token is final."""
    wait = 1.0
    while True:
        try:
            answer: Awaitable[object] = call()
            await answer
            return
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("telegram does not answer yet", error=type(error).__name__, wait=wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)
