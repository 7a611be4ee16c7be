"""A Bot API server made for speed, in its own process: members who tap again once answered."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice, takewhile
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

from tests.benchmarks.wire import Answer, Request, Wire

ALL = 100
FIRST_CHAT = 1_000
FIRST_FLOODER = 5_000_000
WARM_UP_SECONDS = 0.7
DRAIN_LOOKS = 200
CHAT = b'{"id":%d,"type":"private","first_name":"Ana"}'
PERSON = b'{"id":%d,"is_bot":false,"first_name":"Ana","language_code":"es"}'
BOT = b'{"id":9,"is_bot":true,"first_name":"Bot","username":"bench_bot"}'
MESSAGE = b'{"message_id":%d,"from":%b,"chat":' + CHAT + b',"date":1790000000,"text":"%b"}'
TAP = b'{"id":"%d","from":' + PERSON + b',"message":%b,"chat_instance":"1","data":"%b"}'
OK = b'{"ok":true,"result":%b}'
LIVE = 1


@dataclass(frozen=True, slots=True)
class Load:
    """`at_once` of `people` chats wait for an answer at any time; `kind`: `text` or `tap`.

    `flood`: so many chats besides, which nobody waits for, send `each` messages a second.
    """

    kind: str
    at_once: int
    people: int
    delay: float
    seconds: float
    data: str = "bench"
    flood: int = 0
    each: float = 0.0


@dataclass(slots=True)
class Line:
    """One bot's side: its pending updates, its poll, and the chats that wait for it."""

    delay: float = 0.0
    load: Load | None = None
    pending: dict[int, bytes] = field(default_factory=dict)
    last_id: int = 0
    free: deque[int] = field(default_factory=deque)
    owed: dict[int, int] = field(default_factory=dict)
    asked: dict[int, float] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    text: str = ""
    poll: Callable[[], None] | None = None
    first: deque[asyncio.Future[None]] = field(default_factory=deque)

    def push(self, chat: int) -> None:
        """The next update of that chat."""
        assert self.load is not None
        self.last_id += 1
        key, kind = (b"callback_query", TAP) if self.load.kind == "tap" else (b"message", MESSAGE)
        if kind is TAP:
            live = MESSAGE % (LIVE, BOT, chat, b"Bench")
            value = TAP % (chat << 32 | self.last_id, chat, live, self.load.data.encode())
        else:
            value = MESSAGE % (self.last_id, PERSON % chat, chat, self.load.data.encode())
        self.pending[self.last_id] = b'{"update_id":%d,"%b":%b}' % (self.last_id, key, value)
        self.owed[chat] = 2 if kind is TAP else 1
        self.asked[chat] = perf_counter()
        if self.poll is not None:
            self.poll()

    def push_unasked(self, chat: int) -> None:
        """A message of somebody who does not wait for answers."""
        self.last_id += 1
        value = MESSAGE % (self.last_id, PERSON % chat, chat, b"hola")
        self.pending[self.last_id] = b'{"update_id":%d,"message":%b}' % (self.last_id, value)
        if self.poll is not None:
            self.poll()

    def settle(self, chat: int) -> None:
        """One of the calls that the chat waited for was answered; after the last, the next chat."""
        if chat not in self.owed:
            return
        self.owed[chat] -= 1
        if self.owed[chat] == 0:
            del self.owed[chat]
            self.times.append(perf_counter() - self.asked[chat])
            self.free.append(chat)
            self.proceed()

    def proceed(self) -> None:
        """The one who has waited longest for a turn asks for something."""
        if self.load is not None:
            self.push(self.free.popleft())


class FastTelegram:
    """All bots' lines; a token is a line's name."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}

    def serve(self, request: Request, answer: Answer) -> None:
        """Answer one request: `/bot<token>/<method>` or `/control/<token>`."""
        head, _, method = request.path[1:].partition("/")
        if head == "control":
            task = asyncio.create_task(self._control(method, json.loads(request.body), answer))
            task.add_done_callback(lambda done: done.result())
            return
        line = self._lines.setdefault(head.removeprefix("bot"), Line())
        given = _given(request)
        if method == "getUpdates":
            self._poll(line, given, answer)
        else:
            self._act(line, method, given, answer)

    def _poll(self, line: Line, given: dict[str, Any], answer: Answer) -> None:
        loop = asyncio.get_running_loop()
        offset, limit = int(given.get("offset") or 0), int(given.get("limit") or ALL)
        for done in list(takewhile(lambda key: key < offset, line.pending)):
            del line.pending[done]

        def tell() -> None:
            batch = list(islice(line.pending.values(), limit))
            answer(OK % b"[%b]" % b",".join(batch))

        def wake() -> None:
            line.poll = None
            timer.cancel()
            _after(line.delay, tell)

        timer = loop.call_later(float(given.get("timeout") or 0), wake)
        line.poll = wake
        if line.pending:
            wake()

    def _act(self, line: Line, method: str, given: dict[str, Any], answer: Answer) -> None:
        result, chat = b"true", 0
        if method == "getMe":
            result = BOT
        elif method in ("sendMessage", "editMessageText"):
            chat, line.text = int(given["chat_id"]), given["text"]
            result = MESSAGE % (int(given.get("message_id") or 2), BOT, chat, b"answered")
        elif method == "answerCallbackQuery":
            chat = int(given["callback_query_id"]) >> 32

        def tell() -> None:
            answer(OK % result)
            if chat:
                line.settle(chat)
            if method == "sendMessage" and line.first:
                line.first.popleft().set_result(None)

        _after(line.delay, tell)

    async def _control(self, token: str, order: dict[str, Any], answer: Answer) -> None:
        line = self._lines.setdefault(token, Line())
        if "delay" not in order:
            answer(json.dumps(await _first_answer(line)).encode())
            return
        answer(json.dumps(await _measure(line, Load(**order))).encode())


async def _first_answer(line: Line) -> dict[str, Any]:
    """One person says /start; answered when the bot has answered."""
    line.load = Load("text", 1, 1, 0, 0, "/start")
    line.push(FIRST_CHAT)
    line.load = None
    line.first.append(asyncio.get_running_loop().create_future())
    await line.first[-1]
    return {"text": line.text}


async def _measure(line: Line, load: Load) -> dict[str, Any]:
    """Updates answered a second, and the median time of one."""
    line.load, line.delay = load, load.delay
    line.free = deque(range(FIRST_CHAT, FIRST_CHAT + load.people))
    for _ in range(load.at_once):
        line.proceed()
    await asyncio.sleep(WARM_UP_SECONDS)
    line.times, start = [], perf_counter()
    flooding = asyncio.create_task(_flood(line, load))
    await asyncio.sleep(load.seconds)
    times, taken = list(line.times), perf_counter() - start
    flooding.cancel()
    backlog = len(line.pending)
    waiting = [perf_counter() - asked for chat, asked in line.asked.items() if chat in line.owed]
    line.load, line.delay = None, 0.0
    await _drained(line)
    return {
        "rate": len(times) / taken,
        "median": median(times) if times else None,
        "p95": quantiles(times + waiting, n=20)[-1] if len(times) > 1 else None,
        "backlog": backlog,
        "text": line.text,
    }


async def _flood(line: Line, load: Load) -> None:
    """All flooding chats in turn, evenly; what is late is made up for."""
    begun, sent = perf_counter(), 0
    while load.flood:
        due = int((perf_counter() - begun) * load.flood * load.each)
        for n in range(sent, due):
            line.push_unasked(FIRST_FLOODER + n % load.flood)
        sent = due
        await asyncio.sleep(0.005)


async def _drained(line: Line) -> None:
    """Let the bot finish, so that nothing of this round is counted in the next."""
    for _ in range(DRAIN_LOOKS):
        if line.owed:
            await asyncio.sleep(0.05)
    line.owed.clear()
    line.pending.clear()


def _given(request: Request) -> dict[str, Any]:
    if request.form:
        return dict(parse_qsl(request.body.decode()))
    return dict(json.loads(request.body)) if request.body else {}


def _after(seconds: float, call: Callable[[], None]) -> None:
    if seconds:
        asyncio.get_running_loop().call_later(seconds, call)
    else:
        call()


async def main() -> None:
    """Serve until killed; the port is printed first."""
    telegram = FastTelegram()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Wire(telegram.serve), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
