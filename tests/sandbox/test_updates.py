"""getUpdates: offsets, waiting, conflicts, ages, kinds."""

import asyncio

from bot.sandbox import ManualClock, Phone, Sandbox
from tests.sandbox.caller import Caller, keyboard


async def ids(api: Caller, **params: object) -> list[int]:
    return [update["update_id"] for update in await api("getUpdates", **params)]


async def say(phone: Phone, *texts: str) -> list[int]:
    return [(await phone.say(text, settle=False))["update_id"] for text in texts]


async def test_unconfirmed_updates_come_again(api: Caller, ana: Phone) -> None:
    sent = await say(ana, "a", "b", "c")
    start = sent[0] - 1
    assert await ids(api) == [start, *sent]
    assert await ids(api) == [start, *sent]
    assert await ids(api, offset=sent[1]) == sent[1:]
    assert await ids(api, offset=0) == sent[1:]
    assert await ids(api, offset=sent[1], limit=1) == sent[1:2]
    assert await ids(api, offset=sent[2] + 1) == []


async def test_a_negative_offset_forgets_the_earlier_ones(api: Caller, ana: Phone) -> None:
    sent = await say(ana, "a", "b", "c")
    assert await ids(api, offset=-2) == sent[1:]
    assert await ids(api) == sent[1:]
    assert await ids(api, offset=-10) == sent[1:]


async def test_a_long_poll_ends_with_the_first_update(api: Caller, ana: Phone) -> None:
    await api("getUpdates", offset=-1)
    start = await ids(api)
    poll = asyncio.create_task(ids(api, offset=start[0] + 1, timeout=30))
    await api.reached("getUpdates", 3)
    assert not poll.done()
    assert await say(ana, "a") == await poll


async def test_two_pollers_conflict(api: Caller, ana: Phone) -> None:
    start = (await ids(api))[0]
    first = asyncio.create_task(api.refused("getUpdates", offset=start + 1, timeout=30))
    await api.reached("getUpdates", 2)
    await ids(api, offset=start + 1)
    refusal = await first
    assert refusal.status == 409
    assert refusal.description.startswith("Conflict: terminated by other getUpdates request")


async def test_updates_are_kept_24_hours_and_taps_150_seconds(
    api: Caller, ana: Phone, clock: ManualClock
) -> None:
    await api("sendMessage", chat_id=ana.id, text="x", reply_markup=keyboard(["a"]))
    tap = await ana.tap("a", settle=False)
    assert (await ids(api))[-1] == tap["update_id"]
    clock.advance(150)
    assert len(await ids(api)) == 1
    clock.advance(24 * 3600)
    assert await ids(api) == []


async def test_only_allowed_kinds_are_queued(api: Caller, ana: Phone, sandbox: Sandbox) -> None:
    await api("getUpdates", offset=-1, allowed_updates=["callback_query"])
    await ana.say("nobody listens")
    assert sandbox.pending == 1
    await api("getUpdates", allowed_updates=[])
    await say(ana, "now")
    assert sandbox.pending == 2


async def test_say_returns_when_a_later_offset_confirms(api: Caller, ana: Phone) -> None:
    said = asyncio.create_task(ana.say("a"))
    await asyncio.sleep(0)
    last = (await ids(api))[-1]
    await asyncio.sleep(0.02)
    assert not said.done()
    await ids(api, offset=last + 1)
    assert (await said)["update_id"] == last


async def test_a_redelivered_update_is_handed_out_once_more(
    api: Caller, ana: Phone, sandbox: Sandbox
) -> None:
    update = await ana.say("a", settle=False)
    await ids(api, offset=update["update_id"] + 1)
    again = asyncio.create_task(sandbox.redeliver(update))
    await asyncio.sleep(0)
    assert await api("getUpdates", offset=update["update_id"] + 1) == [update]
    assert await ids(api, offset=update["update_id"] + 1) == []
    await again


async def test_in_a_group_the_bot_sees_what_is_meant_for_it(
    api: Caller, ana: Phone, sandbox: Sandbox
) -> None:
    group = sandbox.group(-500, "Members", ana)
    assert sandbox.pending == 1
    await ana.say("just talking", chat=group.id)
    assert sandbox.pending == 1
    await ana.say("/menu", chat=group.id, settle=False)
    message = (await api("getUpdates"))[-1]["message"]
    assert message["chat"] == {"id": -500, "type": "group", "title": "Members"}
    assert message["from"]["id"] == ana.id
    answer = await api("sendMessage", chat_id=group.id, text="in private, please")
    await ana.say("why", chat=group.id, reply_to=answer["message_id"], settle=False)
    assert sandbox.pending == 3
