"""/v1/members and /v1/files: whom one can reach, and what goes with a message."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from bot.api.answers import KeptFile, Reachability
from bot.api.parts import Api, Sender, client_with, not_found, refusals
from bot.api.problems import invalid
from domain.access.identity import MalformedDocument, read_document
from domain.members import DocumentType
from domain.notifications.acceptance import Addressee
from domain.notifications.api_keys import Scope
from domain.notifications.categories import Category
from domain.notifications.files import read_file
from domain.notifications.flaws import Flawed
from domain.notifications.sending import way_to
from storage.notifications.files import FileRepository
from storage.notifications.sending import MemberState, MemberStateRepository

MemberName = Annotated[
    str,
    Path(
        max_length=40,
        pattern=r"^[\w./-]+$",
        description="The member's number, or type and number of the document: CC-12345678",
        examples=["A00001"],
    ),
]


def routes(api: Api) -> APIRouter:
    """The routes of members and files."""
    router = APIRouter()
    _reach(router, api)
    _keep(router, api)
    return router


def _reach(router: APIRouter, api: Api) -> None:
    @router.get(
        "/v1/members/{name}/reachability",
        dependencies=[Depends(client_with(Scope.REACH))],
        responses=refusals(404),
        tags=["members"],
        summary="Whether and how a member can be told something",
    )
    async def reachability(name: MemberName) -> Reachability:
        async with api.database.unit() as connection:
            found = await MemberStateRepository(connection).find(_addressee(name))
        if found is None:
            raise not_found()
        return _shown(found)


def _keep(router: APIRouter, api: Api) -> None:
    @router.post(
        "/v1/files",
        status_code=HTTPStatus.CREATED,
        responses=refusals(400, 413),
        tags=["files"],
        summary="Keep a document or a picture, to send with messages",
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    kind: {"schema": {"type": "string", "format": "binary"}}
                    for kind in ("application/pdf", "image/png", "image/jpeg")
                },
            }
        },
    )
    async def keep(
        request: Request,
        client: Sender,
        name: Annotated[str, Query(max_length=200, description="As the member reads it.")],
    ) -> KeptFile:
        """A PDF of up to 10 MiB, a PNG or JPEG of up to 5; kept for 30 days after its last use."""
        try:
            file = read_file(name, await request.body())
        except Flawed as error:
            raise invalid(error.flaws) from error
        async with api.database.unit() as connection:
            number = await FileRepository(connection).keep(client, file, api.clock.now())
        return KeptFile(id=number, kind=file.kind, name=file.name, size=len(file.content))


def _addressee(name: str) -> Addressee:
    kind, _, number = name.partition("-")
    if kind not in set(DocumentType):
        return name
    try:
        return read_document(DocumentType(kind), number)
    except MalformedDocument:
        return name


def _shown(found: MemberState) -> Reachability:
    situation = found.situation
    chosen = situation.preferences
    return Reachability(
        member_number=found.number,
        active=found.active,
        telegram=_chat(found),
        email=situation.email is not None,
        hours=chosen.hours,
        sound=chosen.sound,
        wants={category: chosen.wants(category) for category in Category},
        by_category={category: way_to(category, situation) for category in Category},
    )


def _chat(found: MemberState) -> str:
    if found.situation.chat_id is None:
        return "never"
    return "closed" if found.situation.chat_closed else "open"
