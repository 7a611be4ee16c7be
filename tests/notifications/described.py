"""The push API's own description, and the cases that schemathesis makes of it."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import schemathesis
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation

from domain.notifications.api_keys import Scope, new_key
from storage.database import Database
from storage.notifications.api_keys import ApiKeyRepository
from tests.keys import CHAIN
from tests.notifications.contract import Bridge, OwnLoop
from tests.notifications.test_members_and_files import PDF
from tests.notifications.world import ApiWorld, Program, lines, open_api, row
from tests.offices import HandClock
from tests.profile.test_feed import approve
from tests.profile.world import HEIR, furnish

# What a POST says must also mean something: a member who exists, a template that there is. Its
# answer to what only has the right form is 422, which names the field; to what is wrong and
# larger than is read at all, 413.
MEANT = {
    "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]},
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
}


CONFIG = {"operations": [{"include-method": "POST", "checks": MEANT}]}


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
