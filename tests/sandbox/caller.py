"""A bare client: one HTTP call, nothing in between."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox import Sandbox

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000030806000000b9eade81"
    "0000000d49444154789c63f8ffff3f0300080002ffa0a1b2c30000000049454e44ae426082"
)


@dataclass(frozen=True)
class Refusal:
    """A call that the Bot API refused."""

    status: int
    description: str
    parameters: dict[str, int]


@dataclass(frozen=True)
class Caller:
    """Calls methods of the sandbox's Bot API."""

    sandbox: Sandbox
    session: aiohttp.ClientSession

    def url(self, method: str) -> str:
        return f"{self.sandbox.api_url}/bot{self.sandbox.token}/{method}"

    async def raw(self, method: str, /, **params: Any) -> dict[str, Any]:
        async with self.session.post(self.url(method), json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert body.get("error_code", 200) == answer.status
            return body

    async def __call__(self, method: str, /, **params: Any) -> Any:
        body = await self.raw(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, /, **params: Any) -> Refusal:
        body = await self.raw(method, **params)
        assert not body["ok"], body
        return Refusal(body["error_code"], body["description"], body.get("parameters", {}))

    async def reached(self, method: str, count: int) -> None:
        """Until the sandbox has that many calls on its books."""
        while len(self.sandbox.ledger.of(method)) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.001)

    async def send_file(
        self, method: str, field: str, name: str, content: bytes, **params: Any
    ) -> Any:
        form = aiohttp.FormData()
        for key, value in params.items():
            form.add_field(key, value if isinstance(value, str) else json.dumps(value))
        form.add_field(field, content, filename=name)
        async with self.session.post(self.url(method), data=form) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]


def keyboard(*rows: list[str]) -> dict[str, Any]:
    """An inline keyboard whose buttons send their own labels."""
    return {
        "inline_keyboard": [[{"text": text, "callback_data": text} for text in row] for row in rows]
    }
