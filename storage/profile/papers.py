"""Supporting papers, sealed at rest and removed when their time is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.profile.papers import Media, NewPaper, Paper, Proves
from storage.profile.vault import Vault
from storage.schema import profile_paper as table

_SHOWN = (table.c.id, table.c.reason, table.c.media, table.c.size, table.c.sent_at)


class PaperRepository:
    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def keep(self, paper: NewPaper, most: int) -> bool:
        """Keep it with the member's draft; False when there are that many already."""
        counted = select(func.count()).select_from(table).where(_draft_of(paper.member_id))
        if (await self._connection.scalar(counted) or 0) >= most:
            return False
        values = {
            "member_id": paper.member_id,
            "reason": paper.proves.value,
            "media": paper.media.value,
            "size": len(paper.content),
            "sealed": self._vault.seal(paper.content, paper.member_id, paper.proves),
            "sent_at": paper.at,
        }
        await self._connection.execute(insert(table).values(values))
        return True

    async def of_draft(self, member_id: int) -> Sequence[Paper]:
        return await self._papers(_draft_of(member_id))

    async def of_request(self, request_id: int) -> Sequence[Paper]:
        return await self._papers(table.c.request_id == request_id)

    async def drop(self, member_id: int, paper_id: int) -> None:
        """Remove the paper from the member's draft; another's stays."""
        one = and_(_draft_of(member_id), table.c.id == paper_id)
        await self._connection.execute(delete(table).where(one))

    async def drop_draft(self, member_id: int) -> None:
        """Remove all papers of the member's draft."""
        await self._connection.execute(delete(table).where(_draft_of(member_id)))

    async def attach(self, member_id: int, request_id: int, wanted: Sequence[Proves]) -> None:
        """The draft's papers go with the request; those not wanted are removed."""
        reasons = [reason.value for reason in wanted]
        mine = and_(_draft_of(member_id), table.c.reason.in_(reasons))
        await self._connection.execute(update(table).where(mine).values(request_id=request_id))
        await self.drop_draft(member_id)

    async def content(self, request_id: int, paper_id: int) -> bytes | None:
        """The request's paper as it was sent; None when it is gone or another's."""
        one = select(table).where(table.c.id == paper_id, table.c.request_id == request_id)
        row = (await self._connection.execute(one)).first()
        return self._vault.open(row.sealed, row.member_id, row.reason) if row else None

    async def delete_after(self, request_id: int, at: datetime) -> None:
        """Have the request's papers removed from that instant on."""
        mine = update(table).where(table.c.request_id == request_id)
        await self._connection.execute(mine.values(delete_at=at))

    async def delete_due(self, now: datetime) -> int:
        """Remove those whose time is over; how many."""
        due = delete(table).where(table.c.delete_at <= now)
        return (await self._connection.execute(due)).rowcount

    async def _papers(self, mine: Any) -> list[Paper]:
        found = select(*_SHOWN).where(mine).order_by(table.c.id)
        return [_paper(row) for row in await self._connection.execute(found)]


def _draft_of(member_id: int) -> Any:
    return and_(table.c.member_id == member_id, table.c.request_id.is_(None))


def _paper(row: Any) -> Paper:
    return Paper(row.id, Proves(row.reason), Media(row.media), row.size, row.sent_at)
