"""aiogram's echo: `python -m tests.benchmarks.echo_aiogram API_ROOT TOKEN`."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message


async def echo(message: Message) -> None:
    """Say it back."""
    await message.answer(message.text or "")


async def echo_tap(query: CallbackQuery) -> None:
    """Release the button, change the message."""
    await query.answer()
    assert isinstance(query.message, Message)
    await query.message.edit_text(query.data or "")


async def run(root: str, token: str) -> None:
    """Its own polling, as it comes."""
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    dispatcher.callback_query.register(echo_tap)
    api = TelegramAPIServer(f"{root}/bot{{token}}/{{method}}", f"{root}/file/bot{{token}}/{{path}}")
    await dispatcher.start_polling(Bot(token, AiohttpSession(api=api)))


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2]))
