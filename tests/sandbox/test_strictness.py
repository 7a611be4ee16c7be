"""Where Telegram says no, the sandbox says the same."""

from typing import Any

import pytest

from bot.sandbox import Limits, ManualClock, Phone, Sandbox
from bot.sandbox.methods import profile
from tests.sandbox import reference
from tests.sandbox.caller import PNG, Caller, keyboard

HOUR = 3600


async def send(api: Caller, chat: int, text: str = "one", **more: Any) -> int:
    return int((await api("sendMessage", chat_id=chat, text=text, **more))["message_id"])


async def test_unknown_methods_and_tokens(api: Caller) -> None:
    assert (await api.refused("sendTelegram")).status == 404
    async with api.session.get(f"{api.sandbox.api_url}/bot1:wrong/getMe") as answer:
        assert (await answer.json())["error_code"] == 401


async def test_method_names_ignore_case_and_take_query_strings(api: Caller, ana: Phone) -> None:
    params = {"chat_id": str(ana.id), "text": "q"}
    async with api.session.get(api.url("SENDmessage"), params=params) as answer:
        assert (await answer.json())["ok"]
    assert ana.screen == "q"


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 101, "text": "x", "reply_parameters": {"message_id": 77}}, "message to be "),
        ({"chat_id": 101, "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON"),
        ({"chat_id": 101, "text": "x", "reply_markup": keyboard(["x" * 65])}, "BUTTON_DATA_INV"),
        ({"chat_id": 101, "text": "x", "reply_markup": keyboard(["\u00f1" * 33])}, "BUTTON_DATA"),
        (
            {"chat_id": 101, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed",
        ),
        ({"chat_id": 101, "text": "x", "reply_markup": keyboard(["a"] * 101)}, "REPLY_MARKUP_TOO"),
    ],
)
async def test_bad_messages_are_refused(
    params: dict[str, Any], sentence: str, api: Caller, ana: Phone
) -> None:
    refusal = await api.refused("sendMessage", **params)
    assert refusal.status == 400
    assert refusal.description.startswith(f"Bad Request: {sentence}")
    assert ana.message == {}


async def test_callback_data_may_fill_its_bytes(api: Caller, ana: Phone) -> None:
    low, high, unit = reference.load("limits.json")["InlineKeyboardButton.callback_data"]
    assert (low, high, unit) == (1, Limits().callback_data_bytes, "bytes")
    await send(api, ana.id, reply_markup=keyboard(["x" * high]))


def test_limits_are_the_published_ones() -> None:
    published = reference.load("limits.json")
    limits = Limits()
    assert limits.text == published["sendMessage.text"][1] == published["editMessageText.text"][1]
    assert limits.caption == published["sendPhoto.caption"][1]
    assert limits.caption == published["editMessageCaption.caption"][1]
    assert limits.callback_answer == published["answerCallbackQuery.text"][1]
    assert limits.photo_bytes == published["sendPhoto.photo"][1] << 20
    assert published["setMyDescription.description"][1] == profile.LENGTHS["description"]
    short = published["setMyShortDescription.short_description"]
    assert short[1] == profile.LENGTHS["short_description"]
    assert published["setMyCommands.commands"][1] == profile.MOST_COMMANDS


async def test_commands_may_be_as_long_as_published(api: Caller) -> None:
    published = reference.load("limits.json")
    name, words = (published[f"BotCommand.{part}"][1] for part in ("command", "description"))
    longest = {"command": "x" * name, "description": "x" * words}
    await api("setMyCommands", commands=[longest])
    for part in longest:
        longer = {**longest, part: longest[part] + "x"}
        assert (await api.refused("setMyCommands", commands=[longer])).status == 400


async def test_secrets_may_be_as_long_as_published(api: Caller) -> None:
    most = reference.load("limits.json")["setWebhook.secret_token"][1]
    hook = {"url": "http://127.0.0.1:9/hook"}
    await api("setWebhook", secret_token="x" * most, **hook)
    assert (await api.refused("setWebhook", secret_token="x" * (most + 1), **hook)).status == 400


async def test_the_bot_cannot_write_first_nor_to_who_blocked_it(
    api: Caller, sandbox: Sandbox
) -> None:
    eva = sandbox.phone(102, "Eva")
    refusal = await api.refused("sendMessage", chat_id=eva.id, text="x")
    assert refusal.description == "Forbidden: bot can't initiate conversation with a user"
    await eva.say("/start", settle=False)
    await send(api, eva.id)
    sandbox.actions.block(eva.id, blocked=True)
    refusal = await api.refused("sendMessage", chat_id=eva.id, text="x")
    assert (refusal.status, refusal.description) == (403, "Forbidden: bot was blocked by the user")
    sandbox.actions.block(eva.id, blocked=False)
    await send(api, eva.id)


async def test_edits(api: Caller, ana: Phone) -> None:
    number = await send(api, ana.id, "<b>one</b>", parse_mode="HTML", reply_markup=keyboard(["a"]))
    where = {"chat_id": ana.id, "message_id": number}
    same = await api.refused(
        "editMessageText",
        text="<strong>one</strong>",
        parse_mode="HTML",
        reply_markup=keyboard(["a"]),
        **where,
    )
    assert same.description.startswith("Bad Request: message is not modified: specified new")
    edited = await api("editMessageText", text="one", **where)
    assert "reply_markup" not in edited
    assert "entities" not in edited
    assert edited["edit_date"]
    again = await api.refused("editMessageReplyMarkup", **where)
    assert again.description.startswith("Bad Request: message is not modified")
    no_caption = await api.refused("editMessageCaption", caption="x", **where)
    assert no_caption.description == "Bad Request: there is no caption in the message to edit"
    missing = await api.refused("editMessageText", chat_id=ana.id, message_id=9_999, text="x")
    assert missing.description == "Bad Request: message to edit not found"


async def test_what_cannot_be_edited(api: Caller, ana: Phone) -> None:
    said = ana.messages[0]["message_id"]
    with_reply_keyboard = await send(api, ana.id, reply_markup={"keyboard": [["yes", "no"]]})
    for number in (said, with_reply_keyboard):
        refusal = await api.refused(
            "editMessageText", chat_id=ana.id, message_id=number, text="new"
        )
        assert refusal.description == "Bad Request: message can't be edited"
    number = await send(api, ana.id)
    refusal = await api.refused(
        "editMessageReplyMarkup",
        chat_id=ana.id,
        message_id=number,
        reply_markup={"keyboard": [["yes"]]},
    )
    assert refusal.description == "Bad Request: inline keyboard expected"


async def test_documents_may_be_replaced(api: Caller, ana: Phone) -> None:
    sent = await api.send_file(
        "sendDocument", "document", "a.txt", b"one", chat_id=ana.id, caption="c"
    )
    where = {"chat_id": ana.id, "message_id": sent["message_id"]}
    assert (await api("editMessageCaption", caption="d", **where))["caption"] == "d"
    refusal = await api.refused("editMessageText", text="x", **where)
    assert refusal.description == "Bad Request: there is no text in the message to edit"
    media = {"type": "photo", "media": "attach://p", "caption": "e"}
    edited = await api.send_file("editMessageMedia", "p", "p.png", PNG, media=media, **where)
    assert (edited["photo"][0]["width"], edited["photo"][0]["height"]) == (2, 3)
    assert "document" not in edited
    assert [photo.caption for photo in ana.photos] == ["e"]


async def test_deleting(api: Caller, ana: Phone, clock: ManualClock) -> None:
    old = await send(api, ana.id)
    clock.advance(48 * HOUR)
    refusal = await api.refused("deleteMessage", chat_id=ana.id, message_id=old)
    assert refusal.description == "Bad Request: message can't be deleted for everyone"
    young = await send(api, ana.id)
    await ana.say("my secret", settle=False)
    said = ana.messages[-1]["message_id"]
    clock.advance(48 * HOUR - 1)
    assert await api("deleteMessages", chat_id=ana.id, message_ids=[old, young, said])
    assert [each["message_id"] for each in ana.messages] == [1, old]
    refusal = await api.refused("deleteMessage", chat_id=ana.id, message_id=young)
    assert refusal.description == "Bad Request: message to delete not found"


async def test_callback_answers(api: Caller, ana: Phone, clock: ManualClock) -> None:
    await send(api, ana.id, reply_markup=keyboard(["a"]))
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    first = (await ana.tap("a", settle=False))["callback_query"]["id"]
    answer = {"callback_query_id": first, "text": "done", "show_alert": True}
    assert await api("answerCallbackQuery", **answer)
    assert (await api.refused("answerCallbackQuery", **answer)).description == too_old
    assert ana.toasts == [("done", True)]
    second = (await ana.tap("a", settle=False))["callback_query"]["id"]
    clock.advance(150)
    late = await api.refused("answerCallbackQuery", callback_query_id=second)
    assert late.description == too_old
    unknown = await api.refused("answerCallbackQuery", callback_query_id="7")
    assert unknown.description == too_old
    long = await api.refused("answerCallbackQuery", callback_query_id=second, text="x" * 201)
    assert long.description == "Bad Request: MESSAGE_TOO_LONG"


async def test_protection_and_replies_stay_on_the_message(api: Caller, ana: Phone) -> None:
    first = await send(api, ana.id)
    await send(api, ana.id, "two", protect_content=True, reply_parameters={"message_id": first})
    assert ana.message["has_protected_content"] is True
    assert ana.message["reply_to_message"]["message_id"] == first
    ignored = {"message_id": 777, "allow_sending_without_reply": True}
    await send(api, ana.id, "three", reply_parameters=ignored)
    assert "reply_to_message" not in ana.message


async def test_commands_and_descriptions(api: Caller) -> None:
    menu = [{"command": "menu", "description": "the menu"}]
    await api("setMyCommands", commands=menu)
    await api("setMyCommands", commands=[], scope={"type": "all_group_chats"})
    assert await api("getMyCommands") == menu
    assert await api("getMyCommands", scope={"type": "all_group_chats"}) == []
    await api("deleteMyCommands")
    assert await api("getMyCommands") == []
    for wrong in ({"command": "NO", "description": "x"}, {"command": "a", "description": ""}):
        assert (await api.refused("setMyCommands", commands=[wrong])).status == 400
    assert (await api.refused("setMyDescription", description="x" * 513)).status == 400
