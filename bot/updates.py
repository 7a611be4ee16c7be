"""Receiving updates: work first, acknowledge after.

Telegram forgets an update when a later offset is asked for, so the offset only ever moves
past updates whose work is committed. A kill in between brings them again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.pauses import stated_pause
from bot.transport import ANSWER_SECONDS

log = structlog.get_logger()
KINDS = ("message", "callback_query", "my_chat_member")
LONG_POLL_SECONDS = 25
LOOK_AGAIN_SECONDS = (0.02, 0.5)
NARROW = 16
MOST_AT_ONCE = 100
MAX_PAUSE_SECONDS = 30.0
DRAIN_SECONDS = 5.0
GOODBYE_SECONDS = 1.0

Raw = dict[str, Any]
Serve = Callable[[Update], Awaitable[None]]
# An update, and for how many seconds more have come than can be served.
Receive = Callable[[Raw, float], asyncio.Future[None]]


@dataclass(slots=True)
class ChatOrder:
    """Serves chats side by side, and the updates of one chat one after the other.

    Who does not wait for answers goes through a narrow door, so that others need not wait.
    """

    serve: Serve
    _last: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _narrow: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(NARROW))

    def start(self, update: Update, serve: Serve | None = None) -> asyncio.Task[None]:
        """Serve the update after those of its chat that came before."""
        chat = update.effective_chat.id if update.effective_chat else 0
        work = self._follow(self._last.get(chat), update, serve or self.serve)
        task = asyncio.create_task(work)
        self._last[chat] = task
        task.add_done_callback(lambda done: self._leave(chat, done))
        return task

    async def _follow(
        self, before: asyncio.Task[None] | None, update: Update, serve: Serve
    ) -> None:
        if before is None:
            await _safely(serve, update)
            return
        await asyncio.wait([before])
        async with self._narrow:
            await _safely(serve, update)

    def _leave(self, chat: int, done: asyncio.Task[None]) -> None:
        if self._last.get(chat) is done:
            del self._last[chat]


async def _safely(serve: Serve, update: Update) -> None:
    try:
        await serve(update)
    except Exception:
        log.exception("an update could not be served", update_id=update.update_id)


@dataclass(slots=True)
class Poller:
    """Long polling; a slow chat holds back the acknowledgement, never the others."""

    bot: Bot
    receive: Receive
    _offset: int = 0
    _running: dict[int, asyncio.Future[None]] = field(default_factory=dict)
    _look_again: float = LOOK_AGAIN_SECONDS[0]
    _full_since: float | None = None

    async def run(self) -> None:
        """Poll until cancelled; then finish what can be finished in a few seconds.

        The rest comes again. Conflict and InvalidToken are final.
        """
        pause = 1.0
        try:
            while True:
                try:
                    await self._round()
                    pause = 1.0
                except (Conflict, InvalidToken):
                    raise
                except TelegramError as error:
                    log.warning("polling failed", error=type(error).__name__, pause=pause)
                    await asyncio.sleep(_wait(error, pause))
                    pause = min(pause * 1.5, MAX_PAUSE_SECONDS)
        finally:
            await self._drain()

    async def _round(self) -> None:
        new, full = await self._fetch()
        crowded = self._crowded(full)
        for raw in new:
            self._running[raw["update_id"]] = self.receive(raw, crowded)
        soonest, latest = LOOK_AGAIN_SECONDS
        self._look_again = soonest if new else min(self._look_again * 2, latest)
        if self._running:
            # More are waiting behind a full batch, and the oldest holds them back.
            held = [self._running[min(self._running)]] if full else self._running.values()
            await asyncio.wait(held, timeout=self._look_again)
        self._acknowledge()

    def _crowded(self, full: bool) -> float:
        """For how many seconds more has been waiting at Telegram than it hands out at once."""
        now = asyncio.get_running_loop().time()
        if not full:
            self._full_since = None
        elif self._full_since is None:
            self._full_since = now
        return now - (self._full_since or now)

    async def _fetch(self) -> tuple[list[Raw], bool]:
        """Those not worked on yet: Telegram repeats the others, and reading them costs time."""
        timeout = 0 if self._running else LONG_POLL_SECONDS
        asked = {"offset": self._offset, "timeout": timeout, "allowed_updates": KINDS}
        data = RequestData([RequestParameter.from_input(*item) for item in asked.items()])
        url = f"{self.bot.base_url}/getUpdates"
        raw: Any = await self.bot.request.post(url, data, read_timeout=timeout + ANSWER_SECONDS)
        new = [row for row in raw if row["update_id"] not in self._running]
        return new, len(raw) >= MOST_AT_ONCE

    def _acknowledge(self) -> None:
        """Move the offset up to the first update that is still being worked on."""
        for update_id in sorted(self._running):
            task = self._running[update_id]
            if not task.done() or task.cancelled():
                return
            del self._running[update_id]
            self._offset = update_id + 1

    async def _drain(self) -> None:
        if self._running:
            await asyncio.wait(self._running.values(), timeout=DRAIN_SECONDS)
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)
        self._acknowledge()
        if self._offset:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self.bot.get_updates(offset=self._offset, timeout=0, limit=1)


def _wait(error: TelegramError, pause: float) -> float:
    return stated_pause(error).total_seconds() if isinstance(error, RetryAfter) else pause
