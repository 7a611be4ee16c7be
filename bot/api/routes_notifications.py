"""/v1/notifications: one at a time."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from bot.api.answers import AcceptedNotification, Notification
from bot.api.models import LONGEST_ID, NAME, NotificationBody
from bot.api.parts import Api, Key, Number, Reader, Sender, not_found, refusals
from bot.api.problems import Problem
from storage.notifications.ledger import LedgerRepository
from storage.notifications.reading import ReadingRepository


def routes(api: Api) -> APIRouter:
    """The routes of single notifications."""
    router = APIRouter(tags=["notifications"])
    _ask(router, api)
    _read(router, api)
    return router


def _ask(router: APIRouter, api: Api) -> None:
    @router.post(
        "/v1/notifications",
        status_code=HTTPStatus.ACCEPTED,
        response_model=AcceptedNotification,
        responses={
            200: {"model": AcceptedNotification, "description": "It was accepted before."},
            **refusals(400, 409, 413),
        },
        summary="Tell one member something",
    )
    async def notify(client: Sender, key: Key, body: NotificationBody) -> Response:
        """202 means that it is on disk and will be sent, or reported dead within a day."""
        return (await api.office.notify(client, key, body)).response()

    @router.delete(
        "/v1/notifications/{number:int}",
        responses=refusals(404, 409),
        summary="Cancel it, unless it is being sent or was",
    )
    async def cancel(client: Sender, number: Number) -> Notification:
        async with api.database.unit() as connection:
            ledger = LedgerRepository(connection, api.office.envelopes)
            cancelled = await ledger.cancel(client, number, api.clock.now())
            shown = await ReadingRepository(connection).one(client, number)
        if shown is None:
            raise not_found()
        if not cancelled and shown.state != "cancelled":
            detail = f"It is {shown.state} and cannot be cancelled."
            raise Problem(HTTPStatus.CONFLICT, "too-late", detail)
        return Notification.of(shown)


def _read(router: APIRouter, api: Api) -> None:
    @router.get(
        "/v1/notifications",
        responses=refusals(404),
        summary="Find a notification by your own name for it",
    )
    async def named(
        client: Reader, external_id: Annotated[str, Query(max_length=2 * LONGEST_ID, pattern=NAME)]
    ) -> Notification:
        """Also those of uploads and broadcasts; of a broadcast, `<external_id>:<member_number>`."""
        async with api.database.unit() as connection:
            shown = await ReadingRepository(connection).named(client, external_id)
        if shown is None:
            raise not_found()
        return Notification.of(shown)

    @router.get(
        "/v1/notifications/{number:int}", responses=refusals(404), summary="What became of it"
    )
    async def one(client: Reader, number: Number) -> Notification:
        async with api.database.unit() as connection:
            shown = await ReadingRepository(connection).one(client, number)
        if shown is None:
            raise not_found()
        return Notification.of(shown)
