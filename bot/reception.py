"""Raw updates come in here: too many of one sender are turned away before they are read."""

import asyncio
from dataclasses import dataclass

import structlog
from telegram import Bot, Update

from bot.turnstile import Turnstile, Verdict, sender
from bot.updates import ChatOrder, Raw, Serve

log = structlog.get_logger()


# Telegram posts forty at once at most, unless it is told otherwise.
POSTED_CROWD = 32


@dataclass(slots=True)
class Reception:
    """`warn` answers the first update that is too much."""

    bot: Bot
    order: ChatOrder
    turnstile: Turnstile
    warn: Serve
    _working: int = 0
    _crowded_since: float | None = None

    def receive_posted(self, raw: Raw) -> asyncio.Future[None]:
        """One that was posted, by itself."""
        now = self.turnstile.now()
        if self._working < POSTED_CROWD:
            self._crowded_since = None
        elif self._crowded_since is None:
            self._crowded_since = now
        return self.receive(raw, now - (self._crowded_since or now))

    def receive(self, raw: Raw, crowded: float) -> asyncio.Future[None]:
        """Done when the update's work is, or at once when it is turned away."""
        account = sender(raw)
        verdict = Verdict.PASS if account is None else self.turnstile.judge(account, crowded)
        if verdict is Verdict.DROP:
            return _nothing()
        if verdict is Verdict.WARN:
            log.warning("updates are turned away", update_id=raw["update_id"])
        update = Update.de_json(raw, self.bot)
        work = self.order.start(update, self.warn if verdict is Verdict.WARN else None)
        self._working += 1
        work.add_done_callback(self._done)
        return work

    def _done(self, _: asyncio.Future[None]) -> None:
        self._working -= 1


def _nothing() -> asyncio.Future[None]:
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done
