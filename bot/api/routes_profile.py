"""/v1/profile-updates: what employees approved of members' data, for the core system to take."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Query

from bot.api.answers import ProfileUpdate, ProfileUpdates, TakenUpdates
from bot.api.models import Acknowledgement
from bot.api.parts import Api, Taker, client_with, refusals
from bot.api.problems import invalid
from domain.access.journal import Action, Result
from domain.notifications.api_keys import Scope
from domain.notifications.flaws import Flaw
from domain.profile.feed import MOST_AT_ONCE, BadCursor
from storage.access.journal import JournalRepository
from storage.profile.office import updates

log = structlog.get_logger()
Since = Annotated[
    int | None,
    Query(
        ge=0,
        lt=1 << 63,
        description="Behind this position: `since` of the answer before. Without it, behind what"
        " was acknowledged last.",
    ),
]
Most = Annotated[int, Query(ge=1, le=MOST_AT_ONCE)]
NEVER_GIVEN = Flaw("position", "unknown", "no update has that position yet")


def routes(api: Api) -> APIRouter:
    """The routes of approved changes of data."""
    router = APIRouter(tags=["members' data"])

    @router.get(
        "/v1/profile-updates",
        dependencies=[Depends(client_with(Scope.PROFILE))],
        responses=refusals(),
        summary="Read approved changes of members' data",
    )
    async def read(since: Since = None, limit: Most = MOST_AT_ONCE) -> ProfileUpdates:
        """In the order of their approval, without gaps. Reading takes nothing: what is not
        acknowledged is given again."""
        async with api.database.unit() as connection:
            batch = await updates(connection).read(since, limit)
        shown = [ProfileUpdate.of(update) for update in batch.updates]
        return ProfileUpdates(updates=shown, since=batch.since, more=batch.more)

    @router.post(
        "/v1/profile-updates/acknowledgement",
        responses=refusals(400, 413),
        summary="Say up to where the updates have arrived",
    )
    async def acknowledge(client: Taker, body: Acknowledgement) -> TakenUpdates:
        """Once they are on your disk. The same again changes nothing, and needs no
        Idempotency-Key."""
        now = api.clock.now()
        try:
            async with api.database.unit() as connection:
                taken = await updates(connection).acknowledge(body.position, now)
                if taken:
                    journal = JournalRepository(connection)
                    why = f"{client}:{body.position}"
                    await journal.note(now, Action.PROFILE_TAKEN, Result.DONE, None, why)
        except BadCursor as error:
            raise invalid([NEVER_GIVEN]) from error
        log.info("profile updates taken", client=client, position=body.position, count=taken)
        return TakenUpdates(position=body.position, taken=taken)

    return router
