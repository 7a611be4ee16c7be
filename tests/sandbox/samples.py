"""Valid parameters for each method of the Bot API: the required ones."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import Phone
from tests.sandbox.caller import PNG, Caller, keyboard

Params = dict[str, Any]
Build = Callable[[Caller, Phone], Awaitable[Params]]


async def sent_message(api: Caller, chat: int) -> Params:
    message = await api(
        "sendMessage", chat_id=chat, text="first <b>words</b>", reply_markup=keyboard(["ok"])
    )
    return {"chat_id": chat, "message_id": message["message_id"]}


async def sent_document(api: Caller, chat: int) -> Params:
    message = await api.send_file(
        "sendDocument", "document", "a.txt", b"words", chat_id=chat, caption="c"
    )
    return {"chat_id": chat, "message_id": message["message_id"]}


async def _document_id(api: Caller, chat: int) -> str:
    message = await api.send_file("sendDocument", "document", "a.png", PNG, chat_id=chat)
    return str(message["document"]["file_id"])


async def _photo_id(api: Caller, chat: int) -> str:
    message = await api.send_file("sendPhoto", "photo", "a.png", PNG, chat_id=chat)
    return str(message["photo"][-1]["file_id"])


async def _text(api: Caller, ana: Phone) -> Params:
    return {"chat_id": ana.id, "text": "words"}


async def _document(api: Caller, ana: Phone) -> Params:
    return {"chat_id": ana.id, "document": await _document_id(api, ana.id)}


async def _photo(api: Caller, ana: Phone) -> Params:
    return {"chat_id": ana.id, "photo": await _photo_id(api, ana.id)}


async def _action(api: Caller, ana: Phone) -> Params:
    return {"chat_id": ana.id, "action": "typing"}


async def _message(api: Caller, ana: Phone) -> Params:
    return await sent_message(api, ana.id)


async def _other_text(api: Caller, ana: Phone) -> Params:
    return {**await sent_message(api, ana.id), "text": "other words"}


async def _messages(api: Caller, ana: Phone) -> Params:
    sent = await sent_message(api, ana.id)
    return {"chat_id": ana.id, "message_ids": [sent["message_id"], 999_999]}


async def _caption(api: Caller, ana: Phone) -> Params:
    return {**await sent_document(api, ana.id), "caption": "other"}


async def _media(api: Caller, ana: Phone) -> Params:
    media = {"type": "document", "media": await _document_id(api, ana.id)}
    return {**await sent_document(api, ana.id), "media": media}


async def _query(api: Caller, ana: Phone) -> Params:
    await sent_message(api, ana.id)
    tap = await ana.tap("ok", settle=False)
    return {"callback_query_id": tap["callback_query"]["id"]}


async def _file(api: Caller, ana: Phone) -> Params:
    return {"file_id": await _document_id(api, ana.id)}


async def _webhook(api: Caller, ana: Phone) -> Params:
    return {"url": "http://127.0.0.1:9/hook"}


async def _commands(api: Caller, ana: Phone) -> Params:
    return {"commands": [{"command": "menu", "description": "the menu"}]}


async def _nothing(api: Caller, ana: Phone) -> Params:
    return {}


BUILDERS: dict[str, Build] = {
    "sendMessage": _text,
    "sendDocument": _document,
    "sendPhoto": _photo,
    "sendChatAction": _action,
    "editMessageText": _other_text,
    "editMessageReplyMarkup": _message,
    "editMessageCaption": _caption,
    "editMessageMedia": _media,
    "deleteMessage": _message,
    "deleteMessages": _messages,
    "answerCallbackQuery": _query,
    "getFile": _file,
    "setWebhook": _webhook,
    "setMyCommands": _commands,
}


async def sample(method: str, api: Caller, ana: Phone) -> Params:
    """Parameters that the method accepts."""
    return await BUILDERS.get(method, _nothing)(api, ana)
