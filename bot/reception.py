"""Raw updates come in here: too many of one sender are turned away before they are read."""

import asyncio
from dataclasses import dataclass

import structlog
from telegram import Bot, Update

from bot.turnstile import Turnstile, Verdict, sender
from bot.updates import ChatOrder, Raw, Serve

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reception:
    """`warn` answers the first update that is too much."""

    bot: Bot
    order: ChatOrder
    turnstile: Turnstile
    warn: Serve

    def receive(self, raw: Raw) -> asyncio.Future[None]:
        """Done when the update's work is, or at once when it is turned away."""
        account = sender(raw)
        verdict = Verdict.PASS if account is None else self.turnstile.judge(account)
        if verdict is Verdict.DROP:
            return _nothing()
        update = Update.de_json(raw, self.bot)
        if verdict is Verdict.PASS:
            return self.order.start(update)
        log.warning("updates are turned away", update_id=update.update_id)
        return self.order.start(update, self.warn)


def _nothing() -> asyncio.Future[None]:
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done
