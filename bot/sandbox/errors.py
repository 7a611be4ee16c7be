"""What the Bot API answers when it refuses."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal: its HTTP status and Telegram's own sentence."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object that a client receives."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(sentence: str) -> ApiError:
    """A call that can never work."""
    return ApiError(400, f"Bad Request: {sentence}")


def forbidden(sentence: str) -> ApiError:
    """A chat that doesn't let the bot in."""
    return ApiError(403, f"Forbidden: {sentence}")


def conflict(sentence: str) -> ApiError:
    """Two ways of receiving updates at once."""
    return ApiError(409, f"Conflict: {sentence}")


def too_many_requests(retry_after: int) -> ApiError:
    """A limit exceeded, with the seconds to wait."""
    sentence = f"Too Many Requests: retry after {retry_after}"
    return ApiError(429, sentence, retry_after=retry_after)
