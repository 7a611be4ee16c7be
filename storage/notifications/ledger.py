"""The ledger: every notification that was accepted, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notifications.acceptance import Accepted, Entry
from domain.notifications.outcomes import State
from storage import errands
from storage.dialect import upsert
from storage.notifications.content import Envelopes, new_reference
from storage.notifications.shown import shown_state, without_codes
from storage.notifications.tickets import next_ticket
from storage.schema import notification as table
from storage.schema import notification_batch as batch

_FATE = (
    table.c.id,
    table.c.external_id,
    table.c.fingerprint,
    table.c.not_before,
    table.c.reference,
)


class LedgerRepository:
    def __init__(self, connection: AsyncConnection, envelopes: Envelopes) -> None:
        self._connection = connection
        self._envelopes = envelopes

    async def write(
        self,
        client: str,
        entries: Sequence[Entry],
        batch_id: int | None,
        at: datetime,
        *,
        shared: bool = False,
    ) -> Mapping[str, Accepted]:
        """Write them; by external id. One that was there before is `repeated`.

        `shared`: the content is that of their batch.
        """
        if not entries:
            return {}
        ticket = await next_ticket(self._connection) if batch_id is None else None
        common = {"client": client, "batch_id": batch_id, "ticket": ticket, "created_at": at}
        rows = [self._row(entry, shared) | common for entry in entries]
        fresh = upsert(self._connection, table).on_conflict_do_nothing().returning(*_FATE)
        written = {
            row.external_id: _accepted(row, State.QUEUED, repeated=False)
            for row in await self._connection.execute(fresh, rows)
        }
        errands.leave(self._connection)
        missing = [e.draft.external_id for e in entries if e.draft.external_id not in written]
        return {**written, **await self._known(client, missing)}

    async def fingerprints(self, client: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Of those in the ledger."""
        mine = select(table.c.external_id, table.c.fingerprint).where(
            table.c.client == client, table.c.external_id.in_(external_ids)
        )
        return {row.external_id: row.fingerprint for row in await self._connection.execute(mine)}

    async def cancel(self, client: str, notification_id: int, at: datetime) -> bool:
        """Cancel one that waits; False when it is in hand, final, of another, or being uploaded."""
        waits = update(table).where(
            table.c.id == notification_id,
            table.c.client == client,
            table.c.state.in_([State.QUEUED, State.RETRY]),
            ~_being_uploaded().exists(),
        )
        values = {
            "state": State.CANCELLED.value,
            "settled_at": at,
            "content": without_codes(),
        }
        return bool((await self._connection.execute(waits.values(values))).rowcount)

    async def _known(self, client: str, external_ids: Sequence[str]) -> Mapping[str, Accepted]:
        if not external_ids:
            return {}
        mine = (
            select(*_FATE, shown_state().label("state"), batch.c.state.label("batch_state"))
            .select_from(table.outerjoin(batch, batch.c.id == table.c.batch_id))
            .where(table.c.client == client, table.c.external_id.in_(external_ids))
        )
        rows = await self._connection.execute(mine)
        return {row.external_id: _known(row) for row in rows}

    def _row(self, entry: Entry, shared: bool) -> dict[str, Any]:
        message = entry.draft.message
        return {
            "external_id": entry.draft.external_id,
            "member_id": entry.member_id,
            "category": message.category.value,
            "template": message.template,
            "content": None if shared else self._envelopes.pack(message),
            "file_id": message.attachment,
            "fingerprint": entry.draft.fingerprint,
            "priority": int(message.priority),
            "silent": message.silent,
            "reference": new_reference(),
            "state": State.QUEUED.value,
            "due_at": entry.due,
            "not_before": entry.due,
            "expires_at": message.expires_at,
        }


def _being_uploaded() -> Select[Any]:
    return select(batch.c.id).where(batch.c.id == table.c.batch_id, batch.c.state == "receiving")


def _known(row: Any) -> Accepted:
    accepted = _accepted(row, State(row.state), repeated=True)
    return replace(accepted, provisional=row.batch_state == "receiving")


def _accepted(row: Any, state: State, *, repeated: bool) -> Accepted:
    return Accepted(row.id, row.external_id, state, row.not_before, row.reference, repeated)


@dataclass(frozen=True, slots=True)
class SharedLedger:
    """The ledger for a batch whose notifications share one content."""

    ledger: LedgerRepository

    async def write(
        self, client: str, entries: Sequence[Entry], batch_id: int | None, at: datetime
    ) -> Mapping[str, Accepted]:
        return await self.ledger.write(client, entries, batch_id, at, shared=True)

    async def fingerprints(self, client: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        return await self.ledger.fingerprints(client, external_ids)
