"""Plain python-telegram-bot and plain aiogram, unchanged, over the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import aiogram
import pytest
import telegram.ext as ptb
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.filters import CommandStart
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, RetryAfter

from bot.sandbox import Phone, Sandbox, faults
from tests.sandbox import reference

Context = ptb.ContextTypes.DEFAULT_TYPE


async def ptb_start(update: Update, context: Context) -> None:
    assert update.message
    rows = [[InlineKeyboardButton("A", callback_data="a")]]
    await update.message.reply_html("<b>hello</b>", reply_markup=InlineKeyboardMarkup(rows))


async def ptb_echo(update: Update, context: Context) -> None:
    assert update.message
    assert update.message.text
    await update.message.reply_text(update.message.text, do_quote=True)


async def ptb_tap(update: Update, context: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("tapped")
    await update.callback_query.edit_message_text(f"got {update.callback_query.data}")


async def ptb_document(update: Update, context: Context) -> None:
    assert update.message
    assert update.message.document
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(BytesIO(content[::-1]), filename="back.txt", caption="back")


@pytest.fixture
async def ptb_bot(sandbox: Sandbox) -> AsyncIterator[ptb.Application]:  # type: ignore[type-arg]
    builder = ptb.Application.builder().token(sandbox.token)
    builder.base_url(f"{sandbox.api_url}/bot").base_file_url(f"{sandbox.api_url}/file/bot")
    application = builder.build()
    application.add_handler(ptb.CommandHandler("start", ptb_start))
    application.add_handler(ptb.CallbackQueryHandler(ptb_tap))
    application.add_handler(ptb.MessageHandler(ptb.filters.TEXT, ptb_echo))
    application.add_handler(ptb.MessageHandler(ptb.filters.Document.ALL, ptb_document))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(timeout=5)
        yield application
        await application.updater.stop()
        await application.stop()


async def converse(ana: Phone) -> None:
    await ana.say("/start")
    await ana.until(lambda phone: phone.screen == "hello")
    assert ana.buttons == [["A"]]
    assert [entity["type"] for entity in ana.message["entities"]] == ["bold"]
    await ana.tap("A")
    await ana.until(lambda phone: phone.screen == "got a")
    assert (ana.buttons, ana.toasts) == ([], [("tapped", False)])
    said = await ana.say("echo me")
    await ana.until(lambda phone: phone.screen == "echo me")
    assert ana.message["reply_to_message"]["message_id"] == said["message"]["message_id"]
    await ana.upload("there.txt", b"abc")
    await ana.until(lambda phone: bool(phone.documents))
    [document] = ana.documents
    assert (document.name, document.content, document.caption) == ("back.txt", b"cba", "back")


def check_calls(sandbox: Sandbox) -> None:
    """The libraries' own calls fit the published parameters."""
    for call in sandbox.ledger.calls:
        assert reference.call_misfits(call.method, call.params) == []


@pytest.mark.usefixtures("ptb_bot")
async def test_python_telegram_bot_converses(sandbox: Sandbox) -> None:
    await converse(sandbox.phone(101, "Ana Ruiz"))
    check_calls(sandbox)


async def test_python_telegram_bot_understands_refusals(
    ptb_bot: ptb.Application,  # type: ignore[type-arg]
    sandbox: Sandbox,
) -> None:
    ana = sandbox.phone(101, "Ana Ruiz")
    await ana.say("/start")
    with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
        await ptb_bot.bot.send_message(ana.id, "<x>", parse_mode="HTML")
    sandbox.faults.add(faults.too_many_requests(4), method="sendMessage", times=1)
    with pytest.raises(RetryAfter, match="4"):
        await ptb_bot.bot.send_message(ana.id, "x")


@pytest.fixture
async def aiogram_bot(sandbox: Sandbox) -> AsyncIterator[aiogram.Bot]:
    server = TelegramAPIServer(
        base=f"{sandbox.api_url}/bot{{token}}/{{method}}",
        file=f"{sandbox.api_url}/file/bot{{token}}/{{path}}",
    )
    bot = aiogram.Bot(sandbox.token, session=AiohttpSession(api=server))
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: aiogram.types.Message) -> None:
        button = aiogram.types.InlineKeyboardButton(text="A", callback_data="a")
        markup = aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])
        await message.answer("<b>hello</b>", parse_mode="HTML", reply_markup=markup)

    @dispatcher.message(aiogram.F.text)
    async def echo(message: aiogram.types.Message) -> None:
        await message.reply(message.text or "")

    @dispatcher.message(aiogram.F.document)
    async def document(message: aiogram.types.Message) -> None:
        assert message.document
        content = await bot.download(message.document)
        assert content
        back = aiogram.types.BufferedInputFile(content.read()[::-1], "back.txt")
        await message.answer_document(back, caption="back")

    @dispatcher.callback_query()
    async def tap(query: aiogram.types.CallbackQuery) -> None:
        await query.answer("tapped")
        assert isinstance(query.message, aiogram.types.Message)
        await query.message.edit_text(f"got {query.data}")

    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)
    )
    yield bot
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    await bot.session.close()


@pytest.mark.usefixtures("aiogram_bot")
async def test_aiogram_converses(sandbox: Sandbox) -> None:
    await converse(sandbox.phone(101, "Ana Ruiz"))
    check_calls(sandbox)


async def test_aiogram_understands_refusals(aiogram_bot: aiogram.Bot, sandbox: Sandbox) -> None:
    ana = sandbox.phone(101, "Ana Ruiz")
    await ana.say("/start")
    with pytest.raises(TelegramBadRequest, match="can't parse entities: Unsupported start tag"):
        await aiogram_bot.send_message(ana.id, "<x>", parse_mode="HTML")
    sandbox.faults.add(faults.too_many_requests(4), method="sendMessage", times=1)
    with pytest.raises(TelegramRetryAfter):
        await aiogram_bot.send_message(ana.id, "x")
