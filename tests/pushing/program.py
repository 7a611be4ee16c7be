"""The sender in a process of its own that can be killed: `python -m tests.pushing.program PACE`.

The office's own parts; only its pace is not Telegram's, so that many lives fit into an hour.
"""

import asyncio
import os
import sys
from dataclasses import replace

from bot.app import open_office, telegram_bot
from bot.bell import keep_at
from bot.notifications.limiter import Limiter, Pace
from bot.settings import Settings
from bot.transport import AiohttpRequest
from domain.clock import SystemClock
from storage.cooperative_file import read_cooperative

FAST = Pace(overall=10_000, pushed=1_000, burst=50, chat_seconds=0.02, stumbles=10_000)
LOOK_AGAIN_SECONDS = 0.05


async def main() -> None:
    pace = replace(FAST, pushed=float(sys.argv[1]), burst=min(FAST.burst, float(sys.argv[1])))
    settings = Settings()  # type: ignore[call-arg]
    cooperative = read_cooperative(settings.cooperative_file)
    bot = telegram_bot(settings, AiohttpRequest())
    await bot.initialize()
    office = open_office(settings, cooperative, bot, SystemClock(), Limiter(pace))
    assert office.pushing
    await office.pushing.transport.initialize()
    await keep_at(office.pushing.sender.run_once, None, LOOK_AGAIN_SECONDS)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONFAULTHANDLER", "1")
    asyncio.run(main())
