"""The echo bots that ours is held against: `-m tests.benchmarks.peers NAME API_ROOT TOKEN`."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message
from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """python-telegram-bot: say it back."""
    assert update.message
    await update.message.reply_text(update.message.text or "")


async def echo_tap(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """python-telegram-bot: release the button, change the message."""
    query = update.callback_query
    assert query
    await query.answer()
    await query.edit_message_text(query.data or "")


def run_ptb(root: str, token: str, concurrent: int) -> None:
    """Its own polling, sequential (0) or so many updates at once."""
    builder = Application.builder().token(token).base_url(f"{root}/bot")
    if concurrent:
        builder = builder.concurrent_updates(concurrent)
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(echo_tap))
    app.run_polling(allowed_updates=["message", "callback_query"])


async def run_aiogram(root: str, token: str) -> None:
    """Its own polling, as it comes."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def say(message: Message) -> None:
        await message.answer(message.text or "")

    @dispatcher.callback_query()
    async def tap(query: CallbackQuery) -> None:
        await query.answer()
        assert isinstance(query.message, Message)
        await query.message.edit_text(query.data or "")

    api = TelegramAPIServer(f"{root}/bot{{token}}/{{method}}", f"{root}/file/bot{{token}}/{{path}}")
    await dispatcher.start_polling(Bot(token, AiohttpSession(api=api)))


if __name__ == "__main__":
    name, api_root, own_token = sys.argv[1:]
    if name == "aiogram":
        asyncio.run(run_aiogram(api_root, own_token))
    else:
        run_ptb(api_root, own_token, 64 if name == "ptb64" else 0)
