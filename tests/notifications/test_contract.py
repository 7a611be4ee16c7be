"""The push API held to its own description: schemathesis asks, in process, seeded and bounded."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import booleans
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation

from bot.api import app as app_module
from domain.notifications.api_keys import NewKey, Scope, new_key
from storage.database import Database
from storage.notifications.api_keys import ApiKeyRepository
from tests.keys import CHAIN
from tests.notifications.contract import Bridge, OwnLoop
from tests.notifications.test_members_and_files import PDF
from tests.notifications.world import ApiWorld, Program, lines, open_api, row
from tests.offices import HandClock
from tests.profile.test_feed import approve
from tests.profile.world import HEIR, furnish

EXAMPLES, SEED = 20, 7
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# What a POST says must also mean something: a member who exists, a template that there is. Its
# answer to what only has the right form is 422, which names the field; to what is wrong and
# larger than is read at all, 413.
MEANT = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]},
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
}
CONFIG = {"operations": [{"include-method": "POST", "checks": MEANT}]}
SUCCESS = {200, 201, 202}
POST_KEY = "Idempotency-Key"
TO_ONE = {"member_number": "A00001", "document_type": None, "document_number": None}
SAID = {
    "template": None,
    "params": {},
    "text": "Aviso",
    "category": "operation",
    "not_before": None,
    "expires_at": None,
}
TABLE = "external_id,member_number,category,text\nt-1,A00001,operation,Aviso"
FILES = ("application/x-ndjson", "text/csv", "application/pdf", "image/png", "image/jpeg")


@schemathesis.serializer(*FILES)
def as_it_is(_: Any, value: Any) -> bytes:
    content = getattr(value, "data", value)
    return content if isinstance(content, bytes) else str(content).encode()


@dataclass(slots=True)
class Contract:
    """The API with something of everything in it; `revoked` was a key of the same program."""

    home: OwnLoop
    world: ApiWorld
    core: Program
    portal: Program
    revoked: str

    def schema(self, described: dict[str, Any] | None = None) -> BaseSchema:
        """A description, and the app behind it."""
        config = SchemathesisConfig.from_dict(CONFIG)
        bridge = Bridge(self.world.app, self.home)
        if described is None:
            found = schemathesis.openapi.from_asgi("/openapi.json", bridge, config=config)
        else:
            found = schemathesis.openapi.from_dict(described, config=config)
            found.app = bridge
        return found


@pytest.fixture
def contract(sqlite_url) -> Iterator[Contract]:
    with OwnLoop().running() as home:
        stack = AsyncExitStack()
        try:
            yield home.run(opened(home, stack, sqlite_url))
        finally:
            home.run(stack.aclose())


async def opened(home: OwnLoop, stack: AsyncExitStack, url: str) -> Contract:
    database, clock = Database(url, CHAIN), HandClock()
    stack.push_async_callback(database.close)
    members = await furnish(database)
    await approve(members, beneficiaries=[HEIR])
    world = await stack.enter_async_context(open_api(database, clock))
    core, revoked = await world.program("core"), new_key()
    async with database.unit() as connection:
        keys = ApiKeyRepository(connection)
        await keys.create("core", frozenset(Scope), revoked, clock.now())
        await keys.revoke(revoked.name, clock.now())
    contract = Contract(home, world, core, await world.program("portal"), revoked.shown)
    await something_of_everything(core)
    return contract


async def something_of_everything(core: Program) -> None:
    """Notifications, an upload with a bad row, a broadcast and a file; their numbers are small."""
    answers = [
        await core.notify(),
        await core.ask("POST", "/v1/files?name=carta", content=PDF),
        await core.upload(lines(row(0), row(5, member_number="nobody"))),
        await core.post(
            "/v1/broadcasts",
            {
                "external_id": "b-1",
                "category": "community",
                "text": "Asamblea",
                "segment": {"all": True},
            },
        ),
    ]
    assert [answer.status_code for answer in answers] == [202, 201, 202, 202]


def cases_of(operation: APIOperation, mode: GenerationMode) -> Iterator[Case]:
    """Every limit of every field."""
    schema = operation.schema
    generation = schema.config.generation
    return schema.iter_coverage_cases(
        operation, generation_modes=[mode], generation_config=generation
    )


def validate(case: Case, program: Program) -> int:
    """Ask as that program, unless the case leaves out the key, and look at the answer."""
    keyless = case.operation.schema.is_security_param_negated(case)
    headers = {} if keyless else {"Authorization": f"Bearer {program.key}"}
    if not is_negated(case, ParameterLocation.HEADER) and POST_KEY in (case.headers or {}):
        case.headers[POST_KEY] = str(uuid4())
    return int(case.call_and_validate(headers=headers).status_code)


def is_negated(case: Case, part: ParameterLocation) -> bool:
    """Whether that part is wrong on purpose."""
    info = case.meta.components.get(part) if case.meta else None
    return info is not None and info.mode is GenerationMode.NEGATIVE


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


def give_meaning(case: Case) -> None:
    """What the form alone cannot: a member who exists, words, one kind of content."""
    match case.operation.label:
        case "POST /v1/notifications":
            case.body |= SAID | TO_ONE
        case "POST /v1/broadcasts":
            case.body |= SAID | {"segment": {"all": True}}
        case "POST /v1/notifications/bulk":
            case.body = lines(row(7)).decode() if case.media_type != "text/csv" else TABLE
        case "GET /v1/notifications":
            case.query = {"external_id": "n-1"}


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
