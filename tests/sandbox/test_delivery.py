"""Webhooks and sinks: order, retries, confirmation."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox import NotSettledError, Phone, Retry, Sandbox
from tests.sandbox.caller import Caller, keyboard

Update = dict[str, Any]


class Hook:
    """A webhook that answers the statuses it is given, then 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.received: list[Update] = []
        self.secrets: list[str | None] = []

    async def receive(self, request: web.Request) -> web.Response:
        self.received.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
async def hook_url(hook: Hook) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_post("/hook", hook.receive)
    async with TestServer(application) as server:
        yield str(server.make_url("/hook"))


def texts(updates: list[Update]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_a_webhook_gets_what_waited_and_what_comes(
    hook: Hook, hook_url: str, api: Caller, ana: Phone, sandbox: Sandbox
) -> None:
    await api("setWebhook", url=hook_url, secret_token="s3-_", max_connections=7)
    await ana.say("a")
    assert texts(hook.received) == ["/start", "a"]
    assert hook.secrets == ["s3-_", "s3-_"]
    assert sandbox.pending == 0
    info = await api("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (hook_url, 7)


async def test_a_webhook_that_fails_gets_it_again_in_order(
    hook: Hook, hook_url: str, api: Caller, ana: Phone
) -> None:
    hook.statuses = [500, 502, 200, 404]
    await api("setWebhook", url=hook_url)
    await asyncio.gather(ana.say("a"), ana.say("b"))
    assert texts(hook.received) == ["/start"] * 3 + ["a"] * 2 + ["b"]
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404"


async def test_polling_and_a_webhook_exclude_each_other(
    hook: Hook, hook_url: str, api: Caller, ana: Phone
) -> None:
    await api("getUpdates", offset=-1)
    poll = asyncio.create_task(api.refused("getUpdates", offset=800_000_000, timeout=30))
    await api.reached("getUpdates", 2)
    await api("setWebhook", url=hook_url)
    assert (await poll).description == "Conflict: terminated by setWebhook request"
    refusal = await api.refused("getUpdates")
    assert (refusal.status, refusal.description[:45]) == (
        409,
        "Conflict: can't use getUpdates method while w",
    )
    await api("deleteWebhook")
    assert await api("getUpdates") == []


async def test_pending_updates_may_be_dropped(api: Caller, ana: Phone, sandbox: Sandbox) -> None:
    await api("deleteWebhook", drop_pending_updates=True)
    assert sandbox.pending == 0


@pytest.mark.parametrize(
    "params",
    [
        {"url": "http://example.org/hook"},
        {"url": "https://example.org/hook", "secret_token": "no spaces"},
        {"url": "https://example.org/hook", "max_connections": 101},
    ],
)
async def test_bad_webhooks_are_refused(params: dict[str, Any], api: Caller) -> None:
    assert (await api.refused("setWebhook", **params)).status == 400
    assert (await api("getWebhookInfo"))["url"] == ""


async def test_sinks_take_turns(ana: Phone, sandbox: Sandbox) -> None:
    one: list[Update] = []
    two: list[Update] = []

    async def first(update: Update) -> None:
        one.append(update)

    async def second(update: Update) -> None:
        two.append(update)

    await sandbox.connect(first, second)
    for text in "abc":
        await ana.say(text)
    assert (texts(one), texts(two)) == (["/start", "b"], ["a", "c"])
    await sandbox.redeliver(one[0])
    assert texts(one) == ["/start", "b", "/start"]


async def test_a_sink_that_raises_gets_it_again(ana: Phone, sandbox: Sandbox) -> None:
    received: list[Update] = []

    async def sink(update: Update) -> None:
        received.append(update)
        if len(received) < 3:
            raise RuntimeError("no")

    await sandbox.connect(sink)
    await ana.say("a")
    assert texts(received) == ["/start"] * 3 + ["a"]


async def test_taps_of_one_person_are_serial_and_others_parallel(
    api: Caller, ana: Phone, sandbox: Sandbox
) -> None:
    await api("sendMessage", chat_id=ana.id, text="x", reply_markup=keyboard(["a"]))
    working, most, gate = 0, 0, asyncio.Event()

    async def sink(update: Update) -> None:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await gate.wait()
        working -= 1

    await sandbox.connect(sink)
    for _ in range(3):
        await ana.tap("a", settle=False)
    eva = sandbox.phone(102, "Eva")
    last = asyncio.create_task(eva.say("hello"))
    await asyncio.sleep(0.05)
    gate.set()
    await last
    assert most == 3  # Ana's /start, her first tap, and Eva


async def test_what_never_settles_is_said() -> None:
    async with Sandbox(retry=Retry(first=0.01), settle_within=0.05) as sandbox:
        ana = sandbox.phone(101, "Ana")

        async def sink(update: Update) -> None:
            raise RuntimeError("the database is gone")

        await sandbox.connect(sink)
        with pytest.raises(NotSettledError, match="the database is gone"):
            await ana.say("a")
