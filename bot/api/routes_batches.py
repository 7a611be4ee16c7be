"""/v1/notifications/bulk and /v1/broadcasts: many at a time."""

from collections.abc import AsyncIterator, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.api.answers import (
    AcceptedBroadcast,
    AcceptedBulk,
    BatchStatus,
    Notification,
    NotificationPage,
    RejectedLine,
    RejectedPage,
)
from bot.api.bulk import MOST_ROWS
from bot.api.lines import CSV, JSON_LINES, Upload
from bot.api.models import BroadcastBody
from bot.api.parts import (
    After,
    Api,
    Broadcaster,
    Key,
    Number,
    PageSize,
    Reader,
    Sender,
    client_with,
    not_found,
    refusals,
)
from bot.api.problems import Problem
from domain.notifications.api_keys import Scope
from domain.notifications.outcomes import State
from storage.notifications.batches import Batch, BatchRepository
from storage.notifications.reading import ReadingRepository

_UPLOAD = {
    "requestBody": {
        "required": True,
        "description": f"Up to {MOST_ROWS:,} rows: a JSON object a line, like the body of"
        " POST /v1/notifications, or CSV with those names as columns (`params.<name>` for"
        " parameters, `buttons` apart by spaces).",
        "content": {
            media_type: {"schema": {"type": "string", "format": "binary"}}
            for media_type in (JSON_LINES[0], CSV)
        },
    }
}
StateFilter = Annotated[State | None, Query(description="Only those in this state.")]


def routes(api: Api) -> APIRouter:
    """The routes of uploads and broadcasts."""
    router = APIRouter()
    router.include_router(_bulk(api, "/v1/notifications/bulk"))
    router.include_router(_broadcasts(api, "/v1/broadcasts"))
    return router


def _bulk(api: Api, path: str) -> APIRouter:
    router = APIRouter(tags=["bulk"])

    @router.post(
        path,
        status_code=HTTPStatus.ACCEPTED,
        response_model=AcceptedBulk,
        responses=refusals(400, 409, 413, 415),
        openapi_extra=_UPLOAD,
        summary="Upload many notifications",
    )
    async def upload(request: Request, client: Sender, key: Key) -> Response:
        """The good rows are accepted by one commit at the end; the bad ones are listed."""
        body = Upload(_chunks(request), _media_type(request))
        return (await api.bulk.receive(client, key, body)).response()

    @router.get(
        f"{path}/{{number:int}}/rejected",
        responses=refusals(404),
        summary="The rows that were not accepted",
    )
    async def rejected(
        client: Reader, number: Number, after: After = 0, limit: PageSize = 100
    ) -> RejectedPage:
        async with api.database.unit() as connection:
            batches = BatchRepository(connection)
            if await batches.find(client, number, "bulk") is None:
                raise not_found()
            rows = await batches.rejected(number, after, limit)
        problems = [RejectedLine.model_validate(row, from_attributes=True) for row in rows]
        return RejectedPage(problems=problems, next_after=_next_after(rows, limit))

    _add_common(api, router, path, "bulk", Scope.SEND)
    return router


def _broadcasts(api: Api, path: str) -> APIRouter:
    router = APIRouter(tags=["broadcasts"])

    @router.post(
        path,
        status_code=HTTPStatus.ACCEPTED,
        response_model=AcceptedBroadcast,
        responses={
            200: {"model": AcceptedBroadcast, "description": "It was accepted before."},
            **refusals(400, 409, 413),
        },
        summary="Tell all members of a segment something",
    )
    async def broadcast(client: Broadcaster, key: Key, body: BroadcastBody) -> Response:
        """Who is in the segment when it is accepted gets it; nobody gets it twice."""
        return (await api.office.broadcast(client, key, body)).response()

    _add_common(api, router, path, "broadcast", Scope.BROADCAST)
    return router


def _add_common(api: Api, router: APIRouter, path: str, kind: str, ender: Scope) -> None:
    """How it goes, whom it reached, and its end: the same for both kinds."""

    @router.get(f"{path}/{{number:int}}", responses=refusals(404), summary="How it goes")
    async def status(client: Reader, number: Number) -> BatchStatus:
        return await _status(api, client, number, kind)

    @router.get(
        f"{path}/{{number:int}}/members", responses=refusals(404), summary="What became of each"
    )
    async def members(
        client: Reader,
        number: Number,
        state: StateFilter = None,
        after: After = 0,
        limit: PageSize = 100,
    ) -> NotificationPage:
        async with api.database.unit() as connection:
            if await BatchRepository(connection).find(client, number, kind) is None:
                raise not_found()
            rows = await ReadingRepository(connection).of_batch(number, state, after, limit)
        page = [Notification.of(row) for row in rows]
        return NotificationPage(notifications=page, next_after=_next_after(rows, limit))

    @router.delete(
        f"{path}/{{number:int}}",
        dependencies=[Depends(client_with(ender))],
        responses=refusals(404, 409),
        summary="Cancel what is not sent yet",
    )
    async def cancel(request: Request, number: Number) -> BatchStatus:
        client = request.state.key.client
        async with api.database.unit() as connection:
            batches = BatchRepository(connection)
            cancelled = await batches.cancel(client, number, kind, api.clock.now())
        status = await _status(api, client, number, kind)
        if not cancelled and status.state != State.CANCELLED:
            raise Problem(HTTPStatus.CONFLICT, "too-late", "Nothing of it is left to cancel.")
        return status


async def _status(api: Api, client: str, number: int, kind: str) -> BatchStatus:
    async with api.database.unit() as connection:
        batches = BatchRepository(connection)
        batch = await batches.find(client, number, kind)
        states = await batches.counts(number) if batch else {}
    if batch is None:
        raise not_found()
    return _shown(batch, states)


def _shown(batch: Batch, states: dict[str, int]) -> BatchStatus:
    return BatchStatus(
        id=batch.id,
        external_id=batch.external_id,
        state=batch.state,
        total=batch.total,
        rejected=batch.rejected,
        repeated=batch.repeated,
        states=states,
        accepted_at=batch.accepted_at,
        ended_at=batch.ended_at,
    )


def _media_type(request: Request) -> str:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given in JSON_LINES or given == CSV:
        return given
    detail = f"Send {JSON_LINES[0]} or {CSV}."
    raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "media-type", detail)


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        yield chunk


def _next_after(rows: Sequence[Any], limit: int) -> int | None:
    return rows[-1].id if len(rows) == limit else None
