"""What the push API refuses, field by field and key by key."""

import json

import pytest

from bot.api import gate
from domain.notifications.api_keys import Scope, new_key
from tests.notifications.test_api import code, errors

ENGINES = ("sqlite",)


async def test_every_bad_field_is_named(core):
    answer = await core.post(
        "/v1/notifications",
        {
            "external_id": "con espacio",
            "member_number": "A00001",
            "document_type": "CC",
            "category": "spam",
            "text": 5,
            "priority": "now",
            "silent": "yes",
            "not_before": 1767225600,
            "expires_at": "mañana",
            "buttons": [{"opens": "vault"}],
            "attachment": "x",
            "surprise": 1,
        },
    )
    assert answer.status_code == 422
    assert errors(answer) == {
        "external_id": "malformed",
        "category": "unknown",
        "text": "malformed",
        "priority": "unknown",
        "silent": "malformed",
        "not_before": "malformed",
        "expires_at": "malformed",
        "buttons.0.opens": "unknown",
        "attachment": "malformed",
        "surprise": "unknown",
    }


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [
        ({"member_number": "A99999"}, "member_number", "unknown"),
        ({"member_number": None}, "member_number", "one_of"),
        ({"document_type": "CC", "document_number": "50000001"}, "member_number", "one_of"),
        (
            {"member_number": None, "document_type": "CC", "document_number": "1"},
            "document_number",
            "malformed",
        ),
        (
            {"member_number": None, "document_type": "CC", "document_number": "99999999"},
            "document_number",
            "unknown",
        ),
        ({"member_number": None, "document_number": "50000001"}, "document_type", "missing"),
        ({"attachment": 7}, "attachment", "unknown"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at", "too_early"),
        ({"not_before": "9999-12-31T23:59:59-05:00"}, "not_before", "malformed"),
        ({"text": "a\u0000<"}, None, None),
        ({"text": "\ud800"}, "text", "malformed"),
        ({"template": "codigo", "text": None, "params": {"codigo": 1}}, "category", "differs"),
    ],
)
async def test_single_flaws(core, given, field, problem):
    answer = await core.notify(**given)
    if field is None:
        assert answer.status_code == 202
        return
    assert answer.status_code == 422
    assert errors(answer)[field] == problem


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"{" * 10_000, b"NaN"]
)
async def test_what_is_no_json_object(core, content):
    headers = {"Content-Type": "application/json"}
    answer = await core.post("/v1/notifications", content=content, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("depth", [1, 300, 900])
async def test_a_parameter_holds_a_single_value_however_deep_it_goes(core, depth):
    deep = {"linea": "@", "valor": "5000000", "fecha": "2026-11-05"}
    body = {"external_id": "n", "member_number": "A00001", "template": "credito-aprobado"}
    content = json.dumps(body | {"params": deep}).replace('"@"', "[" * depth + "]" * depth)
    headers = {"Content-Type": "application/json"}
    answer = await core.post("/v1/notifications", content=content, headers=headers)
    assert answer.status_code == 422
    assert errors(answer) == {"params.linea": "malformed"}


@pytest.mark.parametrize("key", ["", "a" * 256, "ñ"])
async def test_a_post_needs_its_key(core, key):
    headers = {"Authorization": f"Bearer {core.key}"}
    if key:
        headers["Idempotency-Key"] = key.encode()
    answer = await core.http.post("/v1/notifications", headers=headers, json={})
    assert (answer.status_code, code(answer)) == (400, "no-key")


async def test_too_large_is_refused_before_it_is_read(core):
    answer = await core.notify(text="x" * 70_000)
    assert (answer.status_code, code(answer)) == (413, "too-large")

    async def endless():
        for _ in range(100):
            yield b" " * 1024

    headers = {"Content-Type": "application/json"}
    chunked = await core.post("/v1/notifications", content=endless(), headers=headers)
    assert (chunked.status_code, code(chunked)) == (413, "too-large")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer nonsense",
        "Basic Y29yZTpjb3Jl",
        "Bearer coopbot_000000000000_" + "A" * 43,
    ],
)
async def test_without_a_live_key_nothing_is_learnt(world, header):
    answers = [
        await world.http.request(
            method, path, headers={"Authorization": header} if header else {}, content=b"{"
        )
        for method, path in (
            ("POST", "/v1/notifications"),
            ("GET", "/v1/notifications/1"),
            ("GET", "/v1/members/A00001/reachability"),
            ("GET", "/v1/members/A99999/reachability"),
            ("GET", "/v1/nowhere"),
        )
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        (Scope.SEND, "POST", "/v1/notifications"),
        (Scope.SEND, "POST", "/v1/notifications/bulk"),
        (Scope.SEND, "DELETE", "/v1/notifications/1"),
        (Scope.SEND, "DELETE", "/v1/notifications/bulk/1"),
        (Scope.SEND, "POST", "/v1/files?name=x"),
        (Scope.BROADCAST, "POST", "/v1/broadcasts"),
        (Scope.BROADCAST, "DELETE", "/v1/broadcasts/1"),
        (Scope.READ, "GET", "/v1/notifications/1"),
        (Scope.READ, "GET", "/v1/notifications?external_id=x"),
        (Scope.READ, "GET", "/v1/notifications/bulk/1"),
        (Scope.READ, "GET", "/v1/notifications/bulk/1/members"),
        (Scope.READ, "GET", "/v1/notifications/bulk/1/rejected"),
        (Scope.READ, "GET", "/v1/broadcasts/1"),
        (Scope.REACH, "GET", "/v1/members/A00001/reachability"),
        (Scope.PROFILE, "GET", "/v1/profile-updates"),
        (Scope.PROFILE, "POST", "/v1/profile-updates/acknowledgement"),
    ],
)
async def test_a_key_does_what_its_scopes_say_and_no_more(world, scope, method, path):
    others = await world.program("others", *(set(Scope) - {scope}))
    only = await world.program("only", scope)
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    refused = await others.ask(method, path, headers=headers, content=b"{}")
    assert (refused.status_code, code(refused)) == (403, "forbidden")
    allowed = await only.ask(method, path, headers=headers, content=b"{}")
    assert allowed.status_code not in (401, 403)


async def test_unknown_paths_and_methods_are_problems_too(core):
    assert code(await core.get("/v1/nowhere")) == "not-found"
    assert code(await core.ask("PUT", "/v1/notifications")) == "method-not-allowed"


async def test_the_description_is_complete_and_needs_no_key(world):
    described = (await world.http.get("/openapi.json")).json()
    routes = {(m, p) for p, methods in described["paths"].items() for m in methods}
    assert ("post", "/v1/notifications/bulk") in routes
    assert len(routes) == 17
    assert all("/telegram" not in p and "/metrics" not in p for _, p in routes)
    for methods in described["paths"].values():
        for route in methods.values():
            assert {"401", "403", "422"} <= set(route["responses"])
            assert route["security"] == [{"HTTPBearer": []}]
    page = await world.http.get("/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    for name in described["components"]["schemas"]:
        assert f'id="{name}"' in page.text


@pytest.mark.parametrize(
    ("query", "field", "problem"),
    [
        ("external_id=x&externalid=y", "externalid", "unknown"),
        ("external_id=x&external_id=y", "external_id", "repeated"),
    ],
)
async def test_a_parameter_that_would_be_ignored_is_refused(core, query, field, problem):
    answer = await core.get(f"/v1/notifications?{query}")
    assert answer.status_code == 422
    assert errors(answer) == {field: problem}


async def test_a_refused_key_leaves_a_trace_and_never_its_secret(world, core, monkeypatch):
    seen: list[dict[str, object]] = []
    monkeypatch.setattr(gate.log, "warning", lambda event, **more: seen.append(more))
    wrong = new_key()
    for header in (f"Bearer {wrong.shown}", "Bearer rubbish-with-a-secret", ""):
        await world.http.get("/v1/notifications/1", headers={"Authorization": header})
    assert [each["key"] for each in seen] == [wrong.name, None, None]
    assert wrong.secret not in str(seen)
    assert "rubbish" not in str(seen)
    await core.get("/v1/notifications/1")
    assert len(seen) == 3
