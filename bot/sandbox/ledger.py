"""Every call the bot made, for tests to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.json_types import Json


@dataclass
class Call:
    """One request: what was asked, where, when, and how it ended."""

    method: str
    params: Json
    chat_id: int | None
    at: float
    outcome: str = "pending"
    description: str = ""
    result: Any = None
    fault: str = ""


@dataclass
class Ledger:
    """The calls, oldest first; `outcome` is "ok", an error code as text, or the fault's name."""

    calls: list[Call] = field(default_factory=list)

    def open(self, method: str, params: Json, chat_id: int | None, at: float) -> Call:
        """Write down a call that begins."""
        call = Call(method, params, chat_id, at)
        self.calls.append(call)
        return call

    def of(self, method: str, chat: int | None = None, outcome: str | None = None) -> list[Call]:
        """The calls of a method, optionally of one chat or outcome."""
        return [
            call
            for call in self.calls
            if call.method.lower() == method.lower()
            and chat in (None, call.chat_id)
            and outcome in (None, call.outcome)
        ]

    def clear(self) -> None:
        """Forget what was written."""
        self.calls.clear()
