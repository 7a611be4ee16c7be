"""The push API in process, as schemathesis drives it: without await, from another thread's loop."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

T = TypeVar("T")


@dataclass(slots=True)
class OwnLoop:
    """An event loop that runs in a thread of its own, with all that is opened in it."""

    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    @contextmanager
    def running(self) -> Iterator["OwnLoop"]:
        thread = threading.Thread(target=self.loop.run_forever)
        thread.start()
        try:
            yield self
        finally:
            self.loop.call_soon_threadsafe(self.loop.stop)
            thread.join()
            self.loop.close()


@dataclass(frozen=True, slots=True)
class Bridge:
    """The app, for callers in any loop; itself it stays in its own, as its database does."""

    app: FastAPI
    home: OwnLoop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        here = asyncio.get_running_loop()

        async def receive_there() -> Message:
            return await _in(here, receive)

        async def send_there(message: Message) -> None:
            await _in(here, send, message)

        await _in(self.home.loop, self.app, scope, receive_there, send_there)


async def _in(
    loop: asyncio.AbstractEventLoop, work: Callable[..., Awaitable[Any]], *given: Any
) -> Any:
    async def there() -> Any:
        return await work(*given)

    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there(), loop))
