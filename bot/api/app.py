"""The push API as part of the HTTP side."""

import secrets
from http import HTTPStatus
from typing import cast

import structlog
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match, Route

from bot.api import routes_batches, routes_members, routes_notifications, routes_profile
from bot.api.gate import Gate
from bot.api.parts import BEARER, Api, only_known_parameters
from bot.api.problems import Problem, ProblemBody, answer, of_validation
from bot.api.reference import reference_page

log = structlog.get_logger()
GUARDS = [Depends(BEARER), Depends(only_known_parameters)]
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


def add_push_api(app: FastAPI, api: Api) -> None:
    """The routes, their gate, and how they refuse."""
    for routes in (routes_batches, routes_notifications, routes_members, routes_profile):
        app.include_router(routes.routes(api), dependencies=GUARDS)
    app.add_middleware(Gate, database=api.database, clock=api.clock)
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(RequestValidationError, _refuse_fields)
    app.add_exception_handler(ClientDisconnect, _leave)
    app.add_exception_handler(Exception, _fail)
    _describe(app)


def _describe(app: FastAPI) -> None:
    """OpenAPI for programs, and the same as a page for operators."""
    described = app.openapi()
    described["components"]["schemas"] |= _problem_schemas()
    page = reference_page(described)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(page, headers=_SAFE)


def _problem_schemas() -> dict[str, object]:
    schema = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), ProblemBody.__name__: schema}


async def _refuse(request: Request, error: Exception) -> Response:
    response = answer(cast(HTTPException, error))
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return response


def _methods(request: Request) -> set[str]:
    """All that the path takes: the framework names only those of the first route that fits."""
    routes = [route for route in request.app.routes if isinstance(route, Route)]
    fitting = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    return {method for route in fitting for method in route.methods or ()}


async def _refuse_fields(_: Request, error: Exception) -> Response:
    return answer(of_validation(cast(RequestValidationError, error)))


async def _leave(_: Request, __: Exception) -> Response:
    """Whoever asked is gone; nobody reads this."""
    return answer(Problem(HTTPStatus.BAD_REQUEST, "broken-off", "The request broke off."))


async def _fail(_: Request, error: Exception) -> Response:
    """A fault of ours: the operator finds the same number in the log."""
    incident = secrets.token_hex(3).upper()
    log.error("incident", incident=incident, exc_info=error)
    detail = f"A fault of ours, number {incident}. Ask again with the same Idempotency-Key."
    return answer(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "incident", detail))
