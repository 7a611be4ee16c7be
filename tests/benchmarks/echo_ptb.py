"""python-telegram-bot's echo: `-m tests.benchmarks.echo_ptb API_ROOT TOKEN CONCURRENT`."""

import sys

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    assert update.message
    await update.message.reply_text(update.message.text or "")


async def echo_tap(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Release the button, change the message."""
    query = update.callback_query
    assert query
    await query.answer()
    await query.edit_message_text(query.data or "")


def run(root: str, token: str, concurrent: int) -> None:
    """Its own polling, sequential (0, its default) or so many updates at once."""
    builder = Application.builder().token(token).base_url(f"{root}/bot")
    if concurrent:
        builder = builder.concurrent_updates(concurrent)
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(echo_tap))
    app.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], int(sys.argv[3]))
