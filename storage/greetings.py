"""How members are greeted, read with one statement."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.greetings import Greeting
from storage.schema import member, session

_PREVIOUS = (
    select(func.max(session.c.started_at))
    .where(session.c.member_id == member.c.id, session.c.id != bindparam("session_id"))
    .scalar_subquery()
)
_GREETING = select(member.c.first_names, _PREVIOUS.label("previous")).where(
    member.c.id == bindparam("member_id")
)


class GreetingRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def greeting(self, member_id: int, session_id: str) -> Greeting:
        """How to greet that member in that session; LookupError without a member."""
        given = {"member_id": member_id, "session_id": session_id}
        row = (await self._connection.execute(_GREETING, given)).one_or_none()
        if row is None:
            raise LookupError(f"no member {member_id}")
        return Greeting(_first(row.first_names), row.previous)


def _first(names: str) -> str:
    """The first of the names; core systems often write them in capitals."""
    first = next(iter(names.split()), "")
    return first.capitalize() if first.isupper() else first
