"""The push API held to its own description: schemathesis asks, in process, seeded and bounded."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import booleans
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.core.failures import FailureGroup

from bot.api import app as app_module
from domain.notifications.api_keys import NewKey, new_key
from tests.notifications.contract import OwnLoop
from tests.notifications.described import Contract, cases_of, give_meaning, opened, validate
from tests.notifications.world import Program

EXAMPLES, SEED = 20, 7
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
SUCCESS = {200, 201, 202}
FILES = ("application/x-ndjson", "text/csv", "application/pdf", "image/png", "image/jpeg")


@schemathesis.serializer(*FILES)
def as_it_is(_: Any, value: Any) -> bytes:
    content = getattr(value, "data", value)
    return content if isinstance(content, bytes) else str(content).encode()


@pytest.fixture
def contract(sqlite_url) -> Iterator[Contract]:
    with OwnLoop().running() as home:
        stack = AsyncExitStack()
        try:
            yield home.run(opened(home, stack, sqlite_url))
        finally:
            home.run(stack.aclose())


def hold(contract: Contract, operation: APIOperation, mode: GenerationMode) -> Counter[int]:
    """Ask it in every way that is tried, and look at each answer; how often which status."""
    seen = Counter(validate(case, contract.core) for case in cases_of(operation, mode))

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode), meant=booleans())
    def any_case(case: Case, meant: bool) -> None:
        if meant and mode is GenerationMode.POSITIVE:
            give_meaning(case)
        seen[validate(case, contract.core)] += 1

    any_case()
    return seen


def operations(schema: BaseSchema) -> list[APIOperation]:
    return [result.ok() for result in schema.get_all_operations()]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
def test_every_answer_is_as_documented(contract, mode):
    found = operations(contract.schema())
    assert len(found) == 17
    seen = {operation.label: hold(contract, operation, mode) for operation in found}
    if mode is GenerationMode.POSITIVE:
        assert [name for name, answers in seen.items() if not SUCCESS & set(answers)] == []
    assert all(answers.total() > EXAMPLES for answers in seen.values())


@pytest.mark.parametrize("held", [True, False])
def test_what_is_not_documented_is_seen(contract, held):
    described = contract.world.app.openapi()
    if not held:
        del described["paths"]["/v1/notifications/{number}"]["get"]["responses"]["404"]
    schema = contract.schema(described)
    operation = schema["/v1/notifications/{number}"]["GET"]
    if held:
        assert hold(contract, operation, GenerationMode.POSITIVE)
    else:
        with pytest.raises(FailureGroup, match="ndocumented"):
            hold(contract, operation, GenerationMode.POSITIVE)


@pytest.mark.parametrize("held", [True, False])
def test_a_path_names_all_that_it_takes(contract, monkeypatch, held):
    if not held:
        monkeypatch.setattr(app_module, "_methods", lambda _: {"GET"})
    operation = contract.schema()["/v1/notifications"]["POST"]
    if held:
        assert hold(contract, operation, GenerationMode.NEGATIVE)
    else:
        with pytest.raises(FailureGroup, match="Allow"):
            hold(contract, operation, GenerationMode.NEGATIVE)


def test_wrong_and_revoked_keys_learn_nothing(contract):
    """Whatever is asked, in whatever form: one answer, always the same, and nothing changes."""
    wrong = (contract.revoked, new_key().shown, misspelt(contract.core.key), "", "x" * 5_000)
    answers = set()
    for operation in operations(contract.schema()):
        for number, case in enumerate(cases_of(operation, GenerationMode.POSITIVE)):
            key = wrong[number % len(wrong)]
            answer = case.call(headers={"Authorization": f"Bearer {key}"})
            answers.add((answer.status_code, answer.content, answer.headers["www-authenticate"][0]))
            if number > 2 * len(wrong):
                break
    ((status, _, _),) = answers
    assert status == 401
    shown = contract.home.run(contract.core.get("/v1/notifications/1")).json()
    assert shown["state"] == "queued"


def misspelt(key: str) -> str:
    """The right public part, with another secret."""
    _, name, _ = key.split("_", 2)
    return NewKey(name, new_key().secret).shown


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/notifications/{}"),
        ("DELETE", "/v1/notifications/{}"),
        ("GET", "/v1/notifications/bulk/{}"),
        ("GET", "/v1/notifications/bulk/{}/members"),
        ("GET", "/v1/notifications/bulk/{}/rejected"),
        ("DELETE", "/v1/notifications/bulk/{}"),
        ("GET", "/v1/broadcasts/{}"),
        ("GET", "/v1/broadcasts/{}/members"),
        ("DELETE", "/v1/broadcasts/{}"),
    ],
)
def test_another_programs_key_cannot_tell_ours_from_nothing(contract, method, path):
    def ask(program: Program, number: int) -> httpx.Response:
        return contract.home.run(program.ask(method, path.format(number)))

    ours = [n for n in range(1, 4) if ask(contract.core, n).status_code in (200, 409)]
    assert ours
    nothing = ask(contract.portal, 424_242)
    assert nothing.status_code == 404
    for number in ours:
        theirs = ask(contract.portal, number)
        assert (theirs.status_code, theirs.text) == (404, nothing.text)
