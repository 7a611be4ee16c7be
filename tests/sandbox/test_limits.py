"""Rates and sizes."""

from dataclasses import replace

import aiohttp
import pytest

from bot.sandbox import Limits, ManualClock, Phone, Rate, Sandbox
from tests.sandbox.caller import PNG, Caller

TINY = replace(Limits(), upload_bytes=3000, download_bytes=2000, photo_bytes=1000)


async def sent_until_refused(api: Caller, chat: int, most: int = 100) -> int:
    for count in range(most):
        body = await api.raw("sendMessage", chat_id=chat, text="x")
        if not body["ok"]:
            assert body["error_code"] == 429
            wait = body["parameters"]["retry_after"]
            assert body["description"] == f"Too Many Requests: retry after {wait}"
            return count
    return most


async def test_one_chat_gets_one_a_second_after_a_burst(
    api: Caller, ana: Phone, clock: ManualClock
) -> None:
    assert await sent_until_refused(api, ana.id) == 20
    clock.advance(1)
    assert await sent_until_refused(api, ana.id) == 1
    clock.advance(3600)
    assert await sent_until_refused(api, ana.id) == 20


async def test_a_person_tapping_three_keys_a_second_is_not_throttled(
    api: Caller, ana: Phone, clock: ManualClock
) -> None:
    for _ in range(24):
        assert (await api.raw("sendMessage", chat_id=ana.id, text="x"))["ok"]
        clock.advance(1 / 3)


async def test_a_group_gets_twenty_a_minute(
    api: Caller, ana: Phone, sandbox: Sandbox, clock: ManualClock
) -> None:
    group = sandbox.group(-7, "Members", ana)
    assert await sent_until_refused(api, group.id) == 20
    refusal = await api.refused("sendMessage", chat_id=group.id, text="x")
    assert refusal.parameters == {"retry_after": 3}
    clock.advance(3)
    assert await sent_until_refused(api, group.id) == 1


async def test_all_chats_together_get_thirty_a_second(api: Caller, sandbox: Sandbox) -> None:
    phones = [sandbox.phone(number) for number in range(1, 41)]
    outcomes = []
    for phone in phones:
        await phone.say("/start", settle=False)
        outcomes.append((await api.raw("sendMessage", chat_id=phone.id, text="x"))["ok"])
    assert outcomes == [True] * 30 + [False] * 10


async def test_refused_messages_and_edits_are_not_counted(api: Caller, ana: Phone) -> None:
    sent = await api("sendMessage", chat_id=ana.id, text="x")
    for number in range(50):
        where = {"chat_id": ana.id, "message_id": sent["message_id"]}
        await api("editMessageText", text=str(number), **where)
        await api.refused("sendMessage", chat_id=ana.id, text="")
    assert await sent_until_refused(api, ana.id) == 19


async def test_edits_may_be_counted_and_rates_lifted(
    session: aiohttp.ClientSession, clock: ManualClock
) -> None:
    strict = Limits(chat=Rate(1, 1), edits_count=True)
    for limits, expected in ((strict, 429), (Limits.none(), 200)):
        async with Sandbox(clock=clock, limits=limits) as sandbox:
            api, ana = Caller(sandbox, session), sandbox.phone(1, "Ana")
            await ana.say("/start", settle=False)
            sent = await api("sendMessage", chat_id=1, text="x")
            body = await api.raw(
                "editMessageText", chat_id=1, message_id=sent["message_id"], text="y"
            )
            assert body.get("error_code", 200) == expected


@pytest.mark.parametrize(
    ("method", "content", "answer"),
    [
        ("sendDocument", b"x" * 3000, "ok"),
        ("sendDocument", b"x" * 3001, "Request Entity Too Large"),
        ("sendDocument", b"", "Bad Request: file must be non-empty"),
        ("sendPhoto", b"not a picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (
            "sendPhoto",
            PNG + b"x" * 1000,
            f"Bad Request: file of size {len(PNG) + 1000} bytes is too big for a photo; "
            "the maximum size is 1000 bytes",
        ),
        ("sendPhoto", PNG[:16] + b"\0\0\1\0\0\0\0\1" + PNG[24:], "Bad Request: PHOTO_INVALID_DI"),
    ],
)
async def test_file_sizes(
    method: str, content: bytes, answer: str, session: aiohttp.ClientSession
) -> None:
    async with Sandbox(limits=TINY) as sandbox:
        api, ana = Caller(sandbox, session), sandbox.phone(1, "Ana")
        await ana.say("/start", settle=False)
        form = aiohttp.FormData({"chat_id": "1"})
        form.add_field(method.removeprefix("send").lower(), content, filename="a.bin")
        async with session.post(api.url(method), data=form) as response:
            assert (await response.json()).get("description", "ok").startswith(answer)


async def test_downloads(session: aiohttp.ClientSession) -> None:
    async with Sandbox(limits=TINY) as sandbox:
        api, ana = Caller(sandbox, session), sandbox.phone(1, "Ana")
        small = await ana.upload("a.txt", b"words", settle=False)
        file = await api("getFile", file_id=small["message"]["document"]["file_id"])
        root = f"{sandbox.api_url}/file/bot{sandbox.token}"
        async with session.get(f"{root}/{file['file_path']}") as answer:
            assert await answer.read() == b"words"
        async with session.get(f"{root}/documents/none.txt") as answer:
            assert answer.status == 404
        big = await ana.upload("b.txt", b"x" * 2001, settle=False)
        refusal = await api.refused("getFile", file_id=big["message"]["document"]["file_id"])
        assert refusal.description == "Bad Request: file is too big"
        async with session.get(f"{root}/documents/file_1.txt") as answer:
            assert answer.status == 404
        assert (await api.refused("getFile", file_id="x")).status == 400
