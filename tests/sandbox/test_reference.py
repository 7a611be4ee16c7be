"""Every method's parameters and answers, against the published Bot API and aiogram's types."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiogram.types
import pytest
from aiogram import methods as aiogram_methods
from pydantic import TypeAdapter

from bot.sandbox import Phone, Sandbox
from bot.sandbox.methods import BY_NAME
from tests.sandbox import reference
from tests.sandbox.caller import PNG, Caller
from tests.sandbox.samples import sample, sent_message

Params = dict[str, Any]

SENT_BY_THE_TEST = {"document", "photo", "media", "thumbnail", "certificate"}


OPTIONAL: Params = {
    "parse_mode": "HTML",
    "caption": "a caption",
    "entities": [{"type": "bold", "offset": 0, "length": 2}],
    "caption_entities": [{"type": "bold", "offset": 0, "length": 2}],
    "link_preview_options": {"is_disabled": True},
    "reply_markup": {"inline_keyboard": [[{"text": "go", "callback_data": "x"}]]},
    "reply_parameters": {"message_id": 1, "allow_sending_without_reply": True},
    "language_code": "es",
    "scope": {"type": "default"},
    "allowed_updates": ["message", "callback_query"],
    "secret_token": "s3cret_-",
    "description": "what it is",
    "short_description": "what",
    "text": "some words",
    "offset": 1,
    "limit": 5,
    "timeout": 0,
    "max_connections": 4,
    "cache_time": 0,
}


def _optional(method: str, given: Params) -> Params:
    """Every documented optional parameter the sandbox has a sample or a default for."""
    params: Params = {}
    for field in reference.methods()[method].get("fields", []):
        name, types = field["name"], field["types"]
        if name in given or name in SENT_BY_THE_TEST:
            continue
        if name in OPTIONAL:
            params[name] = OPTIONAL[name]
        elif types == ["Boolean"]:
            params[name] = True
    return params


def _check(method: str, result: Any) -> None:
    assert reference.answer_misfits(method, result) == []
    assert "null" not in json.dumps(result)
    model = getattr(aiogram_methods, method[0].upper() + method[1:])
    TypeAdapter(model.__returning__).validate_python(result)


@pytest.mark.parametrize("method", BY_NAME)
async def test_required_parameters_suffice(method: str, api: Caller, ana: Phone) -> None:
    params = await sample(method, api, ana)
    _check(method, await api(method, **params))


@pytest.mark.parametrize("method", BY_NAME)
async def test_optional_parameters_are_taken(method: str, api: Caller, ana: Phone) -> None:
    params = await sample(method, api, ana)
    _check(method, await api(method, **_optional(method, params), **params))


@pytest.mark.parametrize("method", BY_NAME)
async def test_parameters_may_come_as_a_form(method: str, api: Caller, ana: Phone) -> None:
    params = await sample(method, api, ana)
    sent = {**_optional(method, params), **params}
    form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in sent.items()}
    async with api.session.post(api.url(method), data=form) as answer:
        body = await answer.json()
    assert body["ok"], body
    _check(method, body["result"])


@pytest.mark.parametrize("method", BY_NAME)
async def test_required_parameters_are_required(method: str, api: Caller, ana: Phone) -> None:
    fields = reference.methods()[method].get("fields", [])
    for field in [field["name"] for field in fields if field["required"]]:
        if (method, field) == ("setWebhook", "url"):
            continue  # Telegram itself takes an empty one as "remove"
        params = await sample(method, api, ana)
        del params[field]
        assert (await api.refused(method, **params)).status == 400


@pytest.mark.parametrize("method", BY_NAME)
async def test_wrong_numbers_and_structures_are_refused(
    method: str, api: Caller, ana: Phone
) -> None:
    wrong = {"message_id": "one", "offset": "x", "reply_markup": "{", "message_ids": "7"}
    for field in reference.methods()[method].get("fields", []):
        name = field["name"]
        if name in wrong:
            params = await sample(method, api, ana)
            assert (await api.refused(method, **{**params, name: wrong[name]})).status == 400


ODD = [True, 5, 2**70, -1.5, "x", "{", [], [1], ["a"], [[1]], {}, {"a": 1}, [{"a": 1}], "\ud800"]


@pytest.mark.parametrize("method", BY_NAME)
async def test_odd_values_never_break_the_server(
    method: str, api: Caller, ana: Phone, sandbox: Sandbox
) -> None:
    params = await sample(method, api, ana)
    for field in reference.methods()[method].get("fields", []):
        for odd in ODD if field["name"] != "timeout" else []:
            body = await api.raw(method, **{**params, field["name"]: odd})
            assert body.get("error_code", 200) < 500
            await api("deleteWebhook")


def test_calls_that_are_not_as_published_are_found() -> None:
    good = {"chat_id": "5", "text": "7", "reply_markup": '{"inline_keyboard": []}'}
    assert reference.call_misfits("sendMessage", good) == []
    bad = {"chat_id": 5, "txt": "x", "reply_markup": "{}", "protect_content": "maybe"}
    assert len(reference.call_misfits("sendMessage", bad)) == 4
    file = {"file_name": "a", "file_size": 1}
    attached = {"chat_id": 5, "document": "attach://f", "f": file}
    assert reference.call_misfits("sendDocument", attached) == []
    assert reference.call_misfits("sendDocument", {"chat_id": 5, "document": file}) == []


Act = Callable[[Phone], Awaitable[Any]]


@pytest.mark.parametrize(
    "act",
    [
        lambda ana: ana.say("words @someone_else http://a.co a@b.co #tag", settle=False),
        lambda ana: ana.share_contact(settle=False),
        lambda ana: ana.upload("a.pdf", b"%PDF-", caption="mine", settle=False),
        lambda ana: ana.upload("a.png", PNG, as_photo=True, settle=False),
        lambda ana: ana.tap("ok", settle=False),
    ],
    ids=["text", "contact", "document", "photo", "tap"],
)
async def test_updates_have_the_documented_shape(act: Act, api: Caller, ana: Phone) -> None:
    await sent_message(api, ana.id)
    _check_update(await act(ana))


async def test_old_taps_and_blocks_have_the_documented_shape(api: Caller, ana: Phone) -> None:
    await sent_message(api, ana.id)
    kept = ana.message
    await api("deleteMessage", chat_id=ana.id, message_id=kept["message_id"])
    _check_update(await ana.old_tap(kept, "ok", settle=False))
    ana.actions.block(ana.id, blocked=True)
    for update in await api("getUpdates"):
        _check_update(update)


def _check_update(update: Params) -> None:
    assert reference.misfits(update, ["Update"], "update") == []
    aiogram.types.Update.model_validate(update)


def test_methods_are_spelt_as_published() -> None:
    assert set(BY_NAME) <= set(reference.methods())
