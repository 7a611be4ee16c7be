"""Telegram's limits, kept before Telegram has to say so.

30 messages a second in all, of which at least 5 are left to the conversations; one a second in a
chat, 20 a minute in a group (core.telegram.org/bots/faq). Time is the loop's own, in seconds.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from itertools import takewhile

WINDOW_SECONDS = 1.0
TINY = 1e-9
# So many more may a conversation say in a second that is full already.
SPARE = 2
MEMORY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """`overall` a second, of all messages; `pushed` a second, of notifications, and never fewer
    than `least` whatever the conversations take."""

    overall: int = 30
    pushed: float = 25.0
    least: float = 5.0
    burst: float = 3.0
    chat_seconds: float = 1.0
    group_seconds: float = 3.0
    longest_stumble: float = 30.0
    stumbles: int = 8


@dataclass(slots=True)
class Limiter:
    """Conversations tell it what they send and never wait; notifications take turns."""

    pace: Pace = Pace()
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _tokens: float = 1.0
    _filled: float = field(default=-1.0)
    _paused: float = 0.0
    _chats: dict[int, float] = field(default_factory=dict)
    _spoken: deque[tuple[float, int]] = field(default_factory=deque)
    _pushed: deque[float] = field(default_factory=deque)
    _gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    _failures: int = 0

    async def turn(self, chat_id: int) -> None:
        """Wait until a notification may be sent to that chat, and count it: the pace."""
        await self._wait_for(lambda: self._chat_wait(chat_id))
        self._keep_chat(chat_id)
        async with self._gate:
            await self._wait_for(self._overall_wait)
            self._tokens -= 1
        self._keep_chat(chat_id)

    async def door(self) -> bool:
        """Just before the call: whatever held up those who had their turn, no second sees more
        than all in all. False when all have to wait meanwhile."""
        while not self.paused_for:
            wait = self._crowd_wait()
            if wait <= 0:
                self._pushed.append(self.now())
                return True
            await self.sleep(wait)
        return False

    def sent(self, chat_id: int) -> None:
        """The call is over: from here the chat's next message is counted."""
        self._keep_chat(chat_id)

    def spoke(self, chat_id: int) -> None:
        """A conversation has just sent a message."""
        self._spoken.append((self.now(), chat_id))
        self._keep_chat(chat_id)

    def remember(self, recent: Iterable[tuple[int, float]]) -> None:
        """What was sent before this process began: chats, and how many seconds ago."""
        now = self.now()
        for chat_id, ago in recent:
            until = now - ago + self._spacing(chat_id)
            self._chats[chat_id] = max(until, self._chats.get(chat_id, until))
            if ago < WINDOW_SECONDS:
                self._tokens = min(self._tokens, 0.0)

    def pause(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        self._paused = max(self._paused, self.now() + seconds)

    def pause_chat(self, chat_id: int, seconds: float) -> None:
        """Nothing is sent to that chat for so long."""
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), self.now() + seconds)

    def throttled(self, chat_id: int, seconds: float) -> None:
        """Telegram asked to wait. A chat that has been talking is alone meant; else all are."""
        self.pause_chat(chat_id, seconds)
        since = self.now() - MEMORY_SECONDS
        if not any(chat == chat_id and at > since for at, chat in self._spoken):
            self.pause(seconds)

    def stumbled(self) -> None:
        """A call had no good end; after several in a row all wait, longer each time."""
        self._failures += 1
        excess = self._failures - self.pace.stumbles
        if excess >= 0:
            self.pause(min(2.0 ** (excess // self.pace.stumbles), self.pace.longest_stumble))

    def went_well(self) -> None:
        """Telegram answered."""
        self._failures = 0

    @property
    def paused_for(self) -> float:
        """Seconds that all still have to wait; 0 when none."""
        return max(0.0, self._paused - self.now())

    async def _wait_for(self, wait: Callable[[], float]) -> None:
        while (seconds := wait()) > TINY:
            await self.sleep(seconds)

    def _chat_wait(self, chat_id: int) -> float:
        return self._chats.get(chat_id, 0.0) - self.now()

    def _keep_chat(self, chat_id: int) -> None:
        """The chat's next message may not come before its time is up; old ones are forgotten."""
        now = self.now()
        due = now + self._spacing(chat_id)
        self._chats[chat_id] = max(due, self._chats.pop(chat_id, due))
        oldest = next(iter(self._chats))
        if self._chats[oldest] < now:
            del self._chats[oldest]

    def _spacing(self, chat_id: int) -> float:
        return self.pace.group_seconds if chat_id < 0 else self.pace.chat_seconds

    def _overall_wait(self) -> float:
        now = self.now()
        rate = self._rate(now)
        if self._filled >= 0:
            gained = max(0.0, now - self._filled) * rate
            self._tokens = min(self.pace.burst, self._tokens + gained)
        self._filled = now
        return max(self._paused - now, (1 - self._tokens) / rate)

    def _rate(self, now: float) -> float:
        """Notifications a second, after what the conversations took in the last one."""
        left = self.pace.overall - self._spoken_lately(now)
        return min(self.pace.pushed, max(self.pace.least, left))

    def _spoken_lately(self, now: float) -> int:
        while self._spoken and self._spoken[0][0] <= now - MEMORY_SECONDS:
            self._spoken.popleft()
        lately = takewhile(lambda said: said[0] > now - WINDOW_SECONDS, reversed(self._spoken))
        return sum(1 for _ in lately)

    def _crowd_wait(self) -> float:
        """Until fewer than all in all were sent in the last second."""
        now = self.now()
        while self._pushed and self._pushed[0] <= now - WINDOW_SECONDS:
            self._pushed.popleft()
        most = max(self.pace.least, self.pace.overall - SPARE - self._spoken_lately(now))
        return self._pushed[0] + WINDOW_SECONDS - now if len(self._pushed) >= most else 0.0
