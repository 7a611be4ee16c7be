"""What the routes share: who is asking, and how each answer is documented."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request
from fastapi.security import HTTPBearer

from bot.api.bulk import BulkDesk
from bot.api.office import PushOffice
from bot.api.problems import KEY_HEADER, MEDIA_TYPE, Problem, ProblemBody, invalid
from domain.clock import Clock
from domain.notifications.api_keys import KeyRecord, Scope
from domain.notifications.flaws import Flaw
from domain.notifications.schedule import Timetable
from storage.database import Database

Responses = dict[int | str, dict[str, Any]]
_MEANINGS = {
    400: "The request cannot be read, or its Idempotency-Key is missing.",
    401: "No live key was presented.",
    403: "The key may not do this.",
    404: "Nothing of yours has that name.",
    409: "Another request has the name, or the moment has passed.",
    413: "Larger than allowed.",
    415: "This kind of body is not taken.",
    422: "Fields are wrong (`errors` names each), or the Idempotency-Key was used for another.",
}
# Only for the documentation: the gate has checked the key before anything is read.
BEARER = HTTPBearer(auto_error=False, description="A key of `coopbot api-key create`.")


@dataclass(frozen=True, slots=True)
class Api:
    """What the routes work with."""

    database: Database
    clock: Clock
    office: PushOffice
    bulk: BulkDesk
    timetable: Timetable


def refusals(*statuses: int) -> Responses:
    """How the refusals of a route are documented."""
    schema = {"$ref": f"#/components/schemas/{ProblemBody.__name__}"}
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in sorted({401, 403, 422, *statuses})
    }


def client_with(scope: Scope) -> Callable[[Request], str]:
    """The client of the request's key; Problem when the key may not do this."""

    def client(request: Request) -> str:
        record: KeyRecord = request.state.key
        if scope not in record.scopes:
            detail = f"This key lacks the scope {scope}."
            raise Problem(HTTPStatus.FORBIDDEN, "forbidden", detail)
        return record.client

    return client


def only_known_parameters(request: Request) -> None:
    """Refuse what would be ignored: a misspelt parameter, or one given twice."""
    known = {each.alias for each in request.scope["route"].dependant.query_params}
    given = [name for name, _ in request.query_params.multi_items()]
    flaws = [Flaw(name, "unknown", "there is no such parameter") for name in given]
    flaws = [flaw for flaw, name in zip(flaws, given, strict=True) if name not in known]
    twice = sorted({name for name in known if given.count(name) > 1})
    flaws += [Flaw(name, "repeated", "the parameter is there twice") for name in twice]
    if flaws:
        raise invalid(flaws)


def not_found() -> Problem:
    """The same for what is another's and for what is not there."""
    return Problem(HTTPStatus.NOT_FOUND, "not-found", "Nothing of yours has that name.")


Key = Annotated[
    str,
    Header(
        alias=KEY_HEADER,
        description="Of your choosing, best a UUID. The same key and body get the same answer for"
        " seven days.",
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]([ -~]*[!-~])?$",
    ),
]
Sender = Annotated[str, Depends(client_with(Scope.SEND))]
Broadcaster = Annotated[str, Depends(client_with(Scope.BROADCAST))]
Reader = Annotated[str, Depends(client_with(Scope.READ))]
Taker = Annotated[str, Depends(client_with(Scope.PROFILE))]
Number = Annotated[int, Path(ge=1, lt=1 << 63)]
After = Annotated[int, Query(ge=0, lt=1 << 63, description="`next_after` of the page before.")]
PageSize = Annotated[int, Query(ge=1, le=1000)]
