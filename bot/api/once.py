"""Short requests with an Idempotency-Key: the effect and its answer are one commit."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Response
from pydantic import BaseModel

from bot.api.problems import Problem, invalid
from bot.bell import Bell
from domain.clock import Clock
from domain.notifications.flaws import Flawed
from storage import errands
from storage.database import Database
from storage.notifications.idempotency import (
    Answered,
    IdempotencyRepository,
    KeyReused,
    Overtaken,
    StillRunning,
)
from storage.unit import Unit, unit_of_work

ATTEMPTS = 5
REPLAYED = "Idempotent-Replayed"
Work = Callable[[Unit], Awaitable["Reply"]]


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and its JSON text; `replayed`: given before."""

    status: int
    body: str
    replayed: bool = False

    @classmethod
    def of(cls, status: HTTPStatus, body: BaseModel) -> "Reply":
        return cls(status.value, body.model_dump_json())

    def response(self) -> Response:
        headers = {REPLAYED: "true"} if self.replayed else {}
        return Response(self.body, self.status, headers, "application/json")


@dataclass(frozen=True, slots=True)
class Once:
    """Does the work of a key once; the same request gets the same answer for seven days."""

    database: Database
    clock: Clock
    bell: Bell

    async def do(self, client: str, key: str, fingerprint: str, work: Work) -> Reply:
        """The answer; Problem when the request is wrong, or the key was used for another."""
        try:
            return await self._persist(client, key, fingerprint, work)
        except Flawed as error:
            raise invalid(error.flaws) from error
        except StillRunning as error:
            raise still_running() from error
        except KeyReused as error:
            raise key_reused() from error

    async def _persist(self, client: str, key: str, fingerprint: str, work: Work) -> Reply:
        for _ in range(ATTEMPTS):
            try:
                return await self._try(client, key, fingerprint, work)
            except Overtaken:
                continue
        raise StillRunning(key)

    async def _try(self, client: str, key: str, fingerprint: str, work: Work) -> Reply:
        async with unit_of_work(self.database) as unit:
            kept = IdempotencyRepository(unit.connection)
            earlier = await kept.answered(client, key)
            if earlier is not None:
                return replay(earlier, fingerprint)
            reply = await work(unit)
            given = Answered(reply.status, reply.body, fingerprint)
            await kept.answer(client, key, given, self.clock.now())
            posted = errands.take(unit.connection)
        if posted:
            self.bell.ring()
        return reply


def replay(earlier: Answered, fingerprint: str) -> Reply:
    """What was answered before; KeyReused when the request was another."""
    if earlier.fingerprint != fingerprint:
        raise KeyReused
    return Reply(earlier.status, earlier.body, replayed=True)


def still_running() -> Problem:
    detail = "A request with this Idempotency-Key has no answer yet; ask again in a while."
    return Problem(HTTPStatus.CONFLICT, "still-running", detail, headers={"Retry-After": "5"})


def key_reused() -> Problem:
    detail = "This Idempotency-Key was used for another request; use a new one."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "key-reused", detail)
