"""A notification to whoever composes it, by the very code that sends it to members."""

from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.notifications.telegram import Answer, TelegramChannel
from domain.notifications.outcomes import Result
from handlers.kit.screen import Rehearsal
from storage.notifications.files import Sendable


async def rehearse(bot: Bot, chat_id: int, rehearsal: Rehearsal) -> int:
    """Send it; the id of its message. What went wrong is raised as Telegram's own error."""
    file = rehearsal.file
    sendable = Sendable(0, file.name, file.is_picture, file.content, None) if file else None
    answer = await TelegramChannel(bot).send(chat_id, rehearsal.screen, sendable, silent=False)
    if answer.message_id is None:
        raise _error(answer)
    return answer.message_id


def _error(answer: Answer) -> Exception:
    match answer.result:
        case Result.THROTTLED:
            return RetryAfter(answer.pause)
        case Result.NOT_SENT | Result.UNKNOWN:
            return NetworkError("nobody knows whether it arrived")
    return BadRequest(answer.result)
