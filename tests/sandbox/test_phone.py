"""The client for tests: what it shows, what it presses, what it says when it can't."""

import asyncio

import pytest

from bot.sandbox import NoSuchButtonError, NotShownError, Phone, Sandbox
from bot.sandbox.actions import ActionError
from tests.sandbox.caller import PNG, Caller, keyboard


async def send(api: Caller, phone: Phone, text: str, **more: object) -> None:
    await api("sendMessage", chat_id=phone.id, text=text, **more)


async def test_a_new_phone_shows_nothing(sandbox: Sandbox) -> None:
    eva = sandbox.phone(102, "Eva")
    assert (eva.screen, eva.buttons, eva.messages, eva.documents) == ("", [], [], [])
    assert sandbox.phone(102) == eva


async def test_the_newest_button_is_pressed(api: Caller, ana: Phone) -> None:
    await send(api, ana, "one", reply_markup=keyboard(["a", "b"]))
    await send(api, ana, "two", reply_markup=keyboard(["a"], ["c", "d"]))
    await send(api, ana, "three")
    assert (ana.screen, ana.buttons) == ("three", [["a"], ["c", "d"]])
    pressed = await ana.tap("a", settle=False)
    assert pressed["callback_query"]["message"]["text"] == "two"
    pressed = await ana.tap("b", settle=False)
    assert pressed["callback_query"]["message"]["text"] == "one"
    pressed = await ana.tap_at(1, 1, settle=False)
    assert pressed["callback_query"]["data"] == "d"


async def test_missing_buttons_are_explained(api: Caller, ana: Phone) -> None:
    await send(api, ana, "one", reply_markup=keyboard(["a", "b"]))
    with pytest.raises(NoSuchButtonError, match=r"no button 'z'; visible: \[\[\['a', 'b'\]\]\]"):
        await ana.tap("z")
    with pytest.raises(NoSuchButtonError, match="no button at 0, 2"):
        await ana.tap_at(0, 2)
    with pytest.raises(NoSuchButtonError, match="no button 'z' in"):
        await ana.old_tap(ana.message, "z")


async def test_a_url_button_cannot_be_tapped(api: Caller, ana: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "site", "url": "https://example.org"}]]}
    await send(api, ana, "one", reply_markup=markup)
    with pytest.raises(ActionError, match="no callback data"):
        await ana.tap("site")


async def test_old_and_forged_taps(api: Caller, ana: Phone) -> None:
    await send(api, ana, "one", reply_markup=keyboard(["a"]))
    kept = ana.message
    where = {"chat_id": ana.id, "message_id": kept["message_id"]}
    await api("editMessageText", text="new", reply_markup=keyboard(["b"]), **where)
    query = (await ana.old_tap(kept, "a", settle=False))["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("a", "new")
    await api("deleteMessage", **where)
    query = (await ana.old_tap(kept, "a", settle=False))["callback_query"]
    assert (query["data"], query["message"]["date"]) == ("a", 0)
    await send(api, ana, "two")
    forged = ana.actions.send_query(ana.id, ana.message, "staff:approve:1").update
    assert forged["callback_query"]["data"] == "staff:approve:1"


async def test_reply_keyboards(api: Caller, ana: Phone) -> None:
    rows = [[{"text": "My number", "request_contact": True}], [{"text": "No"}]]
    await send(api, ana, "who", reply_markup={"keyboard": rows, "one_time_keyboard": True})
    assert ana.buttons == ana.reply_buttons == [["My number"], ["No"]]
    contact = (await ana.tap("My number", settle=False))["message"]["contact"]
    assert contact["user_id"] == ana.id
    assert ana.reply_buttons == []
    await send(api, ana, "again", reply_markup={"keyboard": rows})
    assert (await ana.tap("No", settle=False))["message"]["text"] == "No"
    assert ana.reply_buttons == [["My number"], ["No"]]
    await send(api, ana, "gone", reply_markup={"remove_keyboard": True})
    assert ana.reply_buttons == []
    foreign = {"phone_number": "1", "first_name": "Eva"}
    shared = await ana.share_contact(foreign, settle=False)
    assert shared["message"]["contact"] == foreign


async def test_documents_and_photos(api: Caller, ana: Phone) -> None:
    await api.send_file(
        "sendDocument", "document", "statement.pdf", b"%PDF-", chat_id=ana.id, caption="yours"
    )
    await api.send_file("sendPhoto", "photo", "chart.png", PNG, chat_id=ana.id)
    [document], [photo] = ana.documents, ana.photos
    assert (document.name, document.content, document.caption) == (
        "statement.pdf",
        b"%PDF-",
        "yours",
    )
    assert document.mime_type == "application/pdf"
    assert photo.content == PNG
    await ana.upload("mine.pdf", b"%PDF-", settle=False)
    assert len(ana.documents) == 1


async def test_blocking(api: Caller, ana: Phone, sandbox: Sandbox) -> None:
    ana.actions.block(ana.id, blocked=True)
    with pytest.raises(ActionError, match="blocked"):
        await ana.say("hello?")
    change = (await api("getUpdates"))[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"
    assert change["old_chat_member"]["status"] == "member"


async def test_until(api: Caller, ana: Phone) -> None:
    waiting = asyncio.create_task(ana.until(lambda phone: phone.screen == "two"))
    for text in ("one", "two"):
        await send(api, ana, text)
    await waiting
    with pytest.raises(NotShownError, match="screen: 'two'"):
        await ana.until(lambda phone: False, within=0.01)


@pytest.mark.parametrize("text", ["", " ", "x" * 4097])
async def test_what_no_client_sends(text: str, ana: Phone) -> None:
    with pytest.raises(ActionError):
        await ana.say(text)


async def test_strangers_to_a_group_cannot_write_there(ana: Phone, sandbox: Sandbox) -> None:
    sandbox.group(-9, "Others", sandbox.phone(102, "Eva"))
    for chat in (-9, -10):
        with pytest.raises(ActionError, match="no such chat"):
            await ana.say("/menu", chat=chat)
