"""A form on the chat page: what the cooperative's own program would have a member told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from aiohttp import web

from bot.sandbox.json_types import Json


class Choice(NamedTuple):
    """A value of the form and what it is called on the page."""

    value: str
    label: str


class Answer(NamedTuple):
    """What the push API answered: HTTP status and body."""

    status: int
    body: Json


@dataclass(frozen=True)
class PushForm:
    """What can be chosen, and who sends it: to the office's push API, as any program would."""

    categories: Iterable[Choice]
    buttons: Iterable[Choice]
    send: Callable[[Json], Awaitable[Answer]]

    def as_json(self) -> Json:
        """As the page's contract says."""
        return {
            "categories": [choice._asdict() for choice in self.categories],
            "buttons": [choice._asdict() for choice in self.buttons],
        }


class PushDesk:
    """Holds the form, if there is one."""

    def __init__(self) -> None:
        self.form: PushForm | None = None

    def routes(self) -> Iterable[web.RouteDef]:
        """Where the server finds it."""
        return [web.post("/api/push", self._push)]

    def as_json(self) -> Json | None:
        """The form, as the page's contract says; None without one."""
        return self.form.as_json() if self.form else None

    async def _push(self, request: web.Request) -> web.Response:
        if self.form is None:
            return web.json_response({"error": "nothing can be pushed here"}, status=404)
        try:
            asked = await request.json()
        except ValueError:
            return web.json_response({"error": "the body is not JSON"}, status=400)
        return web.json_response((await self.form.send(asked))._asdict())
