"""What went wrong with a request, as application/problem+json (RFC 9457)."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException

from domain.notifications.flaws import Flaw

MEDIA_TYPE = "application/problem+json"
KEY_HEADER = "Idempotency-Key"
NAMESPACE = "urn:coopbot:problem"
_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown",
    "enum": "unknown",
    "json_invalid": "malformed",
}
_WHERE = ("body", "query", "path", "header")


class FieldProblem(BaseModel):
    """`code` is for programs, `detail` for people."""

    field: str
    code: str
    detail: str


class ProblemBody(BaseModel):
    """What an error answers; `errors` names each field that is wrong."""

    type: str = Field(examples=[f"{NAMESPACE}:invalid"])
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Problem(HTTPException):
    """A refusal; `code` is the last part of its type."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        flaws: Iterable[Flaw] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status.value, detail, dict(headers or {}))
        self.code = code
        self.flaws = tuple(flaws)


def invalid(flaws: Iterable[Flaw]) -> Problem:
    """The request's fields are wrong; nothing was accepted, and the key may be used again."""
    detail = "Some fields are wrong; nothing was accepted."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, flaws)


def answer(problem: HTTPException) -> JSONResponse:
    """The response of a refusal, ours or the framework's."""
    status = HTTPStatus(problem.status_code)
    code = problem.code if isinstance(problem, Problem) else status.phrase.lower().replace(" ", "-")
    flaws = problem.flaws if isinstance(problem, Problem) else ()
    body = {
        "type": f"{NAMESPACE}:{code}",
        "title": status.phrase,
        "status": status.value,
        "detail": str(problem.detail),
        "errors": [as_json(flaw) for flaw in flaws],
    }
    return JSONResponse(body, status.value, problem.headers, MEDIA_TYPE)


def as_json(flaw: Flaw) -> dict[str, str]:
    return {"field": flaw.field, "code": flaw.code, "detail": flaw.detail}


def of_validation(error: RequestValidationError) -> Problem:
    """What the framework found wrong with the body, the query or a header."""
    if any(tuple(row["loc"]) == ("header", KEY_HEADER) for row in error.errors()):
        detail = "An Idempotency-Key of 1 to 255 printable characters is needed."
        return Problem(HTTPStatus.BAD_REQUEST, "no-key", detail)
    found = [flaw_of(row) for row in error.errors()]
    if any(row["type"] == "json_invalid" for row in error.errors()):
        return Problem(HTTPStatus.BAD_REQUEST, "malformed", "The body is not JSON.", found)
    return invalid(found)


def flaw_of(row: ErrorDetails | Any) -> Flaw:
    """One finding of pydantic; the field as a path below the body."""
    place = row["loc"][1:] if row["loc"] and row["loc"][0] in _WHERE else row["loc"]
    field = ".".join(map(str, place)) or "body"
    return Flaw(field, _CODES.get(row["type"], "malformed"), row["msg"])
