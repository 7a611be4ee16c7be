"""Telegram misbehaving on demand."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, forbidden
from bot.sandbox.errors import too_many_requests as flood_error


@dataclass(frozen=True)
class Fault:
    """How a call goes wrong: an error, or how the work and its answer are spoilt."""

    name: str
    error: ApiError | None = None
    accepts: bool = False
    ending: str = "answer"  # answer | hang | reset | truncate
    delay: float = 0.0


def too_many_requests(retry_after: int = 1) -> Fault:
    """429, nothing done."""
    return Fault("429", flood_error(retry_after))


def server_error(code: int = 502) -> Fault:
    """5xx, nothing done."""
    names = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
    return Fault(str(code), ApiError(code, names.get(code, "Server Error")))


def blocked() -> Fault:
    """403 as from a member who blocked the bot."""
    return Fault("blocked", forbidden("bot was blocked by the user"))


def refused(code: int, description: str) -> Fault:
    """Any other error, nothing done."""
    return Fault(str(code), ApiError(code, description))


def hang() -> Fault:
    """Nothing done and no answer."""
    return Fault("hang", ending="hang")


def reset() -> Fault:
    """Nothing done, the connection reset."""
    return Fault("reset", ending="reset")


def truncated() -> Fault:
    """Done, but half of the answer is missing."""
    return Fault("truncated", accepts=True, ending="truncate")


def accept_then_hang() -> Fault:
    """Done, and no answer."""
    return Fault("accept_then_hang", accepts=True, ending="hang")


def accept_then_reset() -> Fault:
    """Done, the connection reset before the answer."""
    return Fault("accept_then_reset", accepts=True, ending="reset")


def slow(seconds: float) -> Fault:
    """Done and answered, late."""
    return Fault("slow", accepts=True, delay=seconds)


@dataclass
class Rule:
    """When a fault applies; `times` counts down, None means for ever."""

    fault: Fault
    method: str | None = None
    chat: int | None = None
    times: int | None = None
    after: int = 0
    probability: float = 1.0

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether the call is one of its kind."""
        same_method = self.method is None or self.method.lower() == method.lower()
        return same_method and self.chat in (None, chat_id) and self.times != 0


class Faults:
    """The rules in force; the first that strikes wins."""

    def __init__(self, seed: int = 0) -> None:
        self._rules: list[Rule] = []
        self._random = random.Random(seed)  # noqa: S311 - repeatable, not secret

    def add(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        chat: int | None = None,
        times: int | None = None,
        after: int = 0,
        probability: float = 1.0,
    ) -> Rule:
        """Spoil calls of a method or chat: `times` of them, after letting `after` pass."""
        rule = Rule(fault, method, chat, times, after, probability)
        self._rules.append(rule)
        return rule

    def remove(self, rule: Rule) -> None:
        """Take a rule back."""
        self._rules.remove(rule)

    def clear(self) -> None:
        """Behave again."""
        self._rules.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that befalls this call, if any."""
        for rule in self._rules:
            if rule.matches(method, chat_id) and self._befalls(rule):
                return rule.fault
        return None

    def _befalls(self, rule: Rule) -> bool:
        if rule.after:
            rule.after -= 1
            return False
        if rule.probability < 1 and self._random.random() >= rule.probability:
            return False
        if rule.times is not None:
            rule.times -= 1
        return True
