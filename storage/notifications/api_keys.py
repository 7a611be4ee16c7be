"""Keys of the programs that push: the secret part is kept as a digest only."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access.journal import Action, Result
from domain.clock import local_date
from domain.notifications.api_keys import (
    LIVE_AT_ONCE,
    KeyRecord,
    NewKey,
    Scope,
    TooManyKeys,
    is_same,
)
from storage.audit import aside
from storage.audit.aside import Entry
from storage.dialect import insert_or_ignore
from storage.schema import api_key as table

_NOBODY = "0" * 64


class ApiKeyRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(
        self, client: str, scopes: frozenset[Scope], key: NewKey, at: datetime
    ) -> None:
        """Keep it; TooManyKeys when two of that client are live."""
        row = {
            "client": client,
            "name": key.name,
            "digest": key.digest,
            "scopes": json.dumps(sorted(scopes)),
            "created_at": at,
        }
        for slot in range(1, LIVE_AT_ONCE + 1):
            taken = insert_or_ignore(self._connection, table, row | {"slot": slot})
            if (await self._connection.execute(taken)).rowcount:
                self._note(Action.API_KEY, key.name, at)
                return
        raise TooManyKeys(client)

    async def live(self, key: NewKey, at: datetime) -> KeyRecord | None:
        """The record of a presented key that is right and not revoked; its use is noted, by day.

        An unknown name is compared as well, so that both take as long.
        """
        mine = select(table).where(table.c.name == key.name, table.c.revoked_at.is_(None))
        row = (await self._connection.execute(mine)).first()
        right = is_same(key.digest, row.digest if row else _NOBODY)
        if row is None or not right:
            return None
        if row.last_used_on != local_date(at):
            used = update(table).where(table.c.id == row.id)
            await self._connection.execute(used.values(last_used_on=local_date(at)))
        return _record(row)

    async def revoke(self, name: str, at: datetime) -> bool:
        """False when no live key has that public name."""
        live = update(table).where(table.c.name == name, table.c.revoked_at.is_(None))
        revoked = bool((await self._connection.execute(live.values(revoked_at=at))).rowcount)
        if revoked:
            self._note(Action.API_KEY_REVOKED, name, at)
        return revoked

    def _note(self, action: Action, name: str, at: datetime) -> None:
        done = Entry(at, action.value, Result.DONE.value, object=f"api_key:{name}")
        aside.put(self._connection, done)

    async def all(self) -> Sequence[KeyRecord]:
        """Every key there was, newest first."""
        rows = await self._connection.execute(select(table).order_by(table.c.id.desc()))
        return [_record(row) for row in rows]


def _record(row: Row[Any]) -> KeyRecord:
    return KeyRecord(
        name=row.name,
        client=row.client,
        scopes=frozenset(map(Scope, json.loads(row.scopes))),
        created_at=row.created_at,
        last_used_on=row.last_used_on,
        revoked_at=row.revoked_at,
    )
