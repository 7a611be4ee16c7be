"""How long Telegram asks us to wait."""

from datetime import timedelta

from telegram.error import RetryAfter


def stated_pause(error: RetryAfter) -> timedelta:
    """The wait of a 429, exactly as Telegram states it."""
    given = error.retry_after
    return given if isinstance(given, timedelta) else timedelta(seconds=given)
