"""The contract between the sandbox and its chat page."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.sandbox import Phone, PhoneCard, Sandbox, Who
from tests.sandbox.caller import PNG, Caller, keyboard
from tests.sandbox.test_mailbox import letter
from tests.sandbox.test_mailbox import send as send_mail


class Page:
    """What a browser does."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self._root = sandbox.api_url
        self._session = session

    async def get(self, path: str) -> aiohttp.ClientResponse:
        return await self._session.get(URL(self._root + path, encoded=True))

    async def state(self) -> dict[str, Any]:
        found: dict[str, Any] = await (await self.get("/api/state")).json()
        return found

    async def act(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        async with self._session.post(f"{self._root}/api/chats/{path}", json=body) as answer:
            return answer.status, await answer.json()

    async def events(self, stream: aiohttp.ClientResponse, count: int) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []
        async with asyncio.timeout(5):
            while len(found) < count:
                name = (await stream.content.readline()).decode().removeprefix("event: ").strip()
                data = (await stream.content.readline()).decode().removeprefix("data: ")
                await stream.content.readline()
                found.append((name, json.loads(data)))
        return found


@pytest.fixture
def page(sandbox: Sandbox, session: aiohttp.ClientSession) -> Page:
    return Page(sandbox, session)


async def test_state(page: Page, api: Caller, sandbox: Sandbox) -> None:
    ana = PhoneCard(101, "Ana Ruiz", "member", "has everything")
    who = Who("Ana Ruiz", "CC", "1000", "19900102", "ana@example.org", "active")
    sandbox.introduce([ana], [who])
    await page.act("101/say", text="hello")
    rows = [[{"text": "yes"}]]
    await api("sendMessage", chat_id=101, text="hi", reply_markup={"keyboard": rows})
    await send_mail(sandbox, letter())
    state = await page.state()
    assert state["bot"] == {
        "id": 700000,
        "first_name": "Oficina virtual",
        "username": "sandbox_coop_bot",
    }
    assert state["phones"] == [
        {"user_id": 101, "name": "Ana Ruiz", "role": "member", "about": "has everything"}
    ]
    assert state["who"][0]["first_key"] == "19900102"
    assert [(m["text"], m["out"]) for m in state["messages"]["101"]] == [
        ("hello", True),
        ("hi", False),
    ]
    assert state["reply_keyboards"] == {"101": rows}
    assert state["blocked"] == []
    [mail] = state["mail"]
    assert mail["to"] == ["ana@example.org"]
    attachment = await page.get(mail["attachments"][0]["url"])
    assert await attachment.read() == b"%PDF-"
    assert (await page.get("/api/mail/7/attachments/0")).status == 404


async def test_events(page: Page, api: Caller, ana: Phone, sandbox: Sandbox) -> None:
    stream = await page.get("/api/events")
    assert stream.content_type == "text/event-stream"
    assert await page.events(stream, 1) == [("hello", {})]
    await api("sendChatAction", chat_id=101, action="typing")
    sent = await api("sendMessage", chat_id=101, text="x", reply_markup=keyboard(["a"]))
    where = {"chat_id": 101, "message_id": sent["message_id"]}
    await page.act("101/tap", message_id=sent["message_id"], row=0, col=0)
    query = (await api("getUpdates"))[-1]["callback_query"]["id"]
    await api("answerCallbackQuery", callback_query_id=query, text="done")
    await api("editMessageText", text="y", **where)
    await api("deleteMessage", **where)
    rows = [[{"text": "yes"}]]
    await api("sendMessage", chat_id=101, text="z", reply_markup={"keyboard": rows})
    await page.act("101/block", blocked=True)
    events = await page.events(stream, 9)
    assert [name for name, _ in events] == [
        "action",
        "message",
        "answered",
        "toast",
        "message",
        "delete",
        "message",
        "keyboard",
        "blocked",
    ]
    assert events[0][1] == {"chat_id": 101, "action": "typing"}
    assert events[1][1] == {**sent, "out": False}
    assert events[2][1] == where
    assert events[3][1] == {"chat_id": 101, "text": "done", "alert": False}
    assert events[4][1]["text"] == "y"
    assert events[5][1] == where
    assert events[7][1] == {"chat_id": 101, "rows": rows}
    assert events[8][1] == {"chat_id": 101, "blocked": True}
    await send_mail(sandbox, letter())
    sandbox.introduce([PhoneCard(5, "Eva")])
    await api("getMe")
    assert [name for name, _ in await page.events(stream, 2)] == ["mail", "phones"]
    stream.close()


async def test_acts(page: Page, api: Caller, ana: Phone, session: aiohttp.ClientSession) -> None:
    sent = await api("sendMessage", chat_id=101, text="x")
    status, body = await page.act("101/say", text="hello", reply_to=sent["message_id"])
    assert (status, list(body)) == (200, ["update_id"])
    assert (await page.act("101/contact"))[0] == 200
    form = aiohttp.FormData({"caption": "look", "as_photo": "1"})
    form.add_field("file", PNG, filename="a.png", content_type="image/png")
    async with session.post(f"{api.sandbox.api_url}/api/chats/101/upload", data=form) as answer:
        assert answer.status == 200
    updates = await api("getUpdates")
    assert updates[1]["message"]["reply_to_message"]["text"] == "x"
    assert updates[2]["message"]["contact"]["user_id"] == 101
    photo = updates[3]["message"]
    assert photo["caption"] == "look"
    shown = await page.get(f"/api/files/{photo['photo'][0]['file_id']}")
    assert (shown.content_type, await shown.read()) == ("image/png", PNG)
    assert shown.headers["Content-Disposition"] == "inline"


async def test_acts_that_cannot_be(page: Page, ana: Phone) -> None:
    assert (await page.act("101/say"))[0] == 400
    assert (await page.act("101/say", text=""))[0] == 400
    assert (await page.act("999/say", text="x"))[0] == 404
    assert (await page.act("101/tap", message_id=99, row=0, col=0))[0] == 404
    assert (await page.act("101/tap", message_id=1, row=0, col=0))[0] == 404
    assert (await page.act("101/upload"))[0] == 400
    await page.act("101/block", blocked=True)
    status, body = await page.act("101/say", text="x")
    assert (status, body) == (409, {"error": "this phone has blocked the bot"})
    await page.act("101/block", blocked=False)
    assert (await page.act("101/say", text="x"))[0] == 200


async def test_uploaded_scripts_are_not_shown_in_the_pages_origin(page: Page, ana: Phone) -> None:
    update = await ana.upload("a.html", b"<script>", mime_type="text/html", settle=False)
    shown = await page.get(f"/api/files/{update['message']['document']['file_id']}")
    assert shown.headers["Content-Disposition"] == "attachment"
    assert (await page.get("/api/files/none")).status == 404


async def test_the_pages_files_and_nothing_else(page: Page) -> None:
    index = await page.get("/")
    assert (index.status, index.content_type) == (200, "text/html")
    for path in ("..%2fsandbox.py", "%2e%2e/sandbox.py", "css%2f..%2f..%2fsandbox.py"):
        assert (await page.get(f"/static/{path}")).status == 404
    assert (await page.get("/static/none.js")).status == 404
