"""Before anything of a request is read: whose it is, and how much it may send."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.problems import Problem, answer
from domain.clock import Clock
from domain.notifications.api_keys import KeyRecord, NewKey, read_key
from domain.notifications.files import MOST_BYTES
from storage.database import Database
from storage.notifications.api_keys import ApiKeyRepository

log = structlog.get_logger()
KIBIBYTE, MEBIBYTE = 1 << 10, 1 << 20
MOST_BODY = 64 * KIBIBYTE
MOST_BULK = 128 * MEBIBYTE
LIMITS: Mapping[str, int] = {"/v1/notifications/bulk": MOST_BULK, "/v1/files": MOST_BYTES}
GUARDED = "/v1/"
# Compared when nothing that can be a key was presented, so that it takes as long.
_NOTHING = NewKey("0" * 12, "0" * 43)


@dataclass(frozen=True, slots=True)
class Gate:
    """Middleware: a key on every path of the API; no body beyond its limit."""

    app: ASGIApp
    database: Database
    clock: Clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED):
            await self.app(scope, receive, send)
            return
        key = _presented(_header(scope, b"authorization"))
        record = await self._holder(key)
        if record is None:
            asker = (scope.get("client") or ("",))[0]
            log.warning("api key refused", key=key and key.name, asker=asker)
        limit = LIMITS.get(scope["path"], MOST_BODY)
        refusal = _UNKNOWN if record is None else _too_large(scope, limit)
        if refusal is not None:
            await answer(refusal)(scope, receive, send)
            return
        scope.setdefault("state", {})["key"] = record
        await self.app(scope, _Counted(receive, limit), send)

    async def _holder(self, key: NewKey | None) -> KeyRecord | None:
        async with self.database.unit() as connection:
            return await ApiKeyRepository(connection).live(key or _NOTHING, self.clock.now())


@dataclass(slots=True)
class _Counted:
    """A body that may not grow beyond its limit, whatever its head says."""

    receive: Receive
    limit: int
    _taken: int = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self._taken += len(message.get("body", b""))
        if self._taken > self.limit:
            raise _large(self.limit)
        return message


def _presented(header: str) -> NewKey | None:
    kind, _, presented = header.partition(" ")
    return read_key(presented.strip()) if kind.lower() == "bearer" else None


_UNKNOWN = Problem(
    HTTPStatus.UNAUTHORIZED,
    "unauthorized",
    "A live key is needed: Authorization: Bearer coopbot_…",
    headers={"WWW-Authenticate": 'Bearer realm="coopbot"'},
)


def _large(limit: int) -> Problem:
    detail = f"The body may have at most {limit} bytes."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", detail)


def _too_large(scope: Scope, limit: int) -> Problem | None:
    stated = _header(scope, b"content-length")
    return _large(limit) if stated.isdecimal() and int(stated) > limit else None


def _header(scope: Scope, name: bytes) -> str:
    headers: Any = scope["headers"]
    return next((value.decode("latin-1") for key, value in headers if key == name), "")
