"""HTTP/1.1 for the fast local server: just what Bot API clients send, and nothing copied twice."""

import asyncio
import re
from collections.abc import Callable
from typing import NamedTuple

Answer = Callable[[bytes], None]
Serve = Callable[["Request", Answer], None]
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"


class Request(NamedTuple):
    """One request; `form`: its body is urlencoded, else JSON or empty."""

    path: str
    body: bytes
    form: bool


class Wire(asyncio.Protocol):
    """One kept connection: requests in, JSON answers out."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._unread = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._unread += data
        while (request := self._next()) is not None:
            self._serve(request, self._answer)

    def _next(self) -> Request | None:
        end = self._unread.find(_HEAD_END)
        if end < 0:
            return None
        head = self._unread[:end]
        found = _LENGTH.search(head)
        start = end + len(_HEAD_END)
        stop = start + (int(found[1]) if found else 0)
        if len(self._unread) < stop:
            return None
        body, self._unread = self._unread[start:stop], self._unread[stop:]
        path = head.split(b" ", 2)[1].decode()
        return Request(path, body, b"x-www-form-urlencoded" in head)

    def _answer(self, body: bytes) -> None:
        if self._transport is not None:
            head = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            self._transport.write(head % len(body) + body)
