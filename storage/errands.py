"""Whether a unit of work left something to be sent: the senders are woken only then."""

from sqlalchemy.ext.asyncio import AsyncConnection

_LEFT = "coopbot_errands"


def leave(connection: AsyncConnection) -> None:
    """Something is to be sent once this unit of work has committed."""
    connection.info[_LEFT] = True


def take(connection: AsyncConnection) -> bool:
    """Whether anything was left since the last time; an answer of yes is given once."""
    return bool(connection.info.pop(_LEFT, False))
