"""Telegram misbehaving on demand, and the ledger that remembers it."""

import asyncio
import json

import aiohttp
import pytest

from bot.sandbox import Phone, Sandbox, faults
from tests.sandbox.caller import Caller


async def ok(api: Caller, chat: int, text: str = "x") -> bool:
    return bool((await api.raw("sendMessage", chat_id=chat, text=text))["ok"])


async def test_errors_for_one_method_and_chat_so_many_times(
    api: Caller, ana: Phone, sandbox: Sandbox
) -> None:
    eva = sandbox.phone(102, "Eva")
    await eva.say("/start", settle=False)
    flood = faults.too_many_requests(3)
    sandbox.faults.add(flood, method="sendMessage", chat=ana.id, times=2, after=1)
    assert [await ok(api, ana.id) for _ in range(4)] == [True, False, False, True]
    assert await ok(api, eva.id)
    outcomes = [call.outcome for call in sandbox.ledger.of("sendMessage", chat=ana.id)]
    assert outcomes == ["ok", "429", "429", "ok"]


async def test_every_error(api: Caller, ana: Phone, sandbox: Sandbox) -> None:
    expected = {
        faults.too_many_requests(7): (429, "Too Many Requests: retry after 7"),
        faults.server_error(500): (500, "Internal Server Error"),
        faults.server_error(): (502, "Bad Gateway"),
        faults.blocked(): (403, "Forbidden: bot was blocked by the user"),
        faults.refused(400, "Bad Request: no"): (400, "Bad Request: no"),
    }
    for fault, answer in expected.items():
        sandbox.faults.add(fault, times=1)
        refusal = await api.refused("sendMessage", chat_id=ana.id, text="x")
        assert (refusal.status, refusal.description) == answer
    assert ana.screen == ""


@pytest.mark.parametrize(
    ("fault", "error", "recorded"),
    [
        (faults.hang(), TimeoutError, False),
        (faults.reset(), aiohttp.ClientError, False),
        (faults.truncated(), json.JSONDecodeError, True),
        (faults.accept_then_hang(), TimeoutError, True),
        (faults.accept_then_reset(), aiohttp.ClientError, True),
    ],
    ids=lambda value: getattr(value, "name", None),
)
async def test_unclear_endings(
    fault: faults.Fault,
    error: type[Exception],
    recorded: bool,
    api: Caller,
    ana: Phone,
    sandbox: Sandbox,
) -> None:
    sandbox.faults.add(fault, method="sendMessage", times=1)
    with pytest.raises(error):
        async with asyncio.timeout(0.2):
            await ok(api, ana.id, "once")
    assert (ana.screen == "once") == recorded
    [call] = sandbox.ledger.of("sendMessage")
    assert (call.fault, call.outcome) == (fault.name, "ok" if recorded else fault.name)
    assert await ok(api, ana.id, "again")


async def test_probability_is_repeatable_with_a_seed(session: aiohttp.ClientSession) -> None:
    runs = []
    for _ in range(2):
        async with Sandbox(seed=5) as sandbox:
            api = Caller(sandbox, session)
            sandbox.faults.add(faults.server_error(), probability=0.5)
            runs.append([(await api.raw("getMe"))["ok"] for _ in range(20)])
    assert runs[0] == runs[1]
    assert 3 < sum(runs[0]) < 17


async def test_rules_can_be_taken_back(api: Caller, sandbox: Sandbox) -> None:
    rule = sandbox.faults.add(faults.server_error())
    assert not (await api.raw("getMe"))["ok"]
    sandbox.faults.remove(rule)
    assert (await api.raw("getMe"))["ok"]
    sandbox.faults.add(faults.slow(0.001))
    sandbox.faults.clear()
    assert [call.outcome for call in sandbox.ledger.calls] == ["502", "ok"]
    sandbox.ledger.clear()
    assert sandbox.ledger.of("getMe") == []


async def test_the_ledger_holds_what_was_sent(api: Caller, ana: Phone, sandbox: Sandbox) -> None:
    await api.send_file("sendDocument", "document", "a.txt", b"words", chat_id=ana.id)
    [call] = sandbox.ledger.of("sendDocument", outcome="ok")
    assert call.params == {
        "chat_id": str(ana.id),
        "document": {"file_name": "a.txt", "file_size": 5},
    }
    assert call.result["message_id"] == ana.message["message_id"]
