"""The end of a unit of work that has something to tell: its entries join the chain."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit.aside import Entry
from storage.audit.chain import COLUMNS, Chain, Head
from storage.schema import audit, audit_head
from storage.types import microseconds

log = structlog.get_logger()
BROKEN = "broken"
_HEAD_COLUMNS = (
    *(audit_head.c.before_id, audit_head.c.before, audit_head.c.last_id, audit_head.c.last),
    audit_head.c.seal,
)
_HOLD = select(*_HEAD_COLUMNS).with_for_update()


class NoChain(RuntimeError):
    """Audit entries cannot be written: without the key, or without the chain's head."""


async def close_books(
    connection: AsyncConnection, chain: Chain | None, entries: Sequence[Entry]
) -> None:
    """Write the entries in their order; the head stays locked until the commit, which follows."""
    if chain is None:
        raise NoChain("audit entries need the secret key")
    row = (await connection.execute(_HOLD)).first()
    if row is None:
        raise NoChain("the head of the audit trail is missing")
    head = Head(*row)
    rows = list(_linked(chain, head, entries))
    await connection.execute(insert(audit), rows)
    grown = replace(head, last_id=rows[-1]["id"], last=rows[-1]["chain"])
    values = {"last_id": grown.last_id, "last": grown.last, "seal": _seal(chain, head, grown)}
    await connection.execute(update(audit_head).values(values))


def _linked(chain: Chain, head: Head, entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    before = head.last
    for place, entry in enumerate(entries, head.last_id + 1):
        row = {name: getattr(entry, name) for name in COLUMNS[1:]} | {"id": place}
        sealed = row | {"at": microseconds(entry.at)}
        before = chain.link(before, [sealed[name] for name in COLUMNS])
        yield row | {"chain": before}


def _seal(chain: Chain, found: Head, grown: Head) -> str:
    """The new head's seal; a head that was tampered with is never sealed again, so that it shows.

    The office goes on all the same: members are not to blame.
    """
    if chain.is_sealed(found):
        return chain.seal(grown)
    if chain.has_not_begun(found):
        log.warning("the audit chain begins", entries_before=found.before_id)
        return chain.seal(grown)
    log.error("the head of the audit trail is not as it was left", last_id=found.last_id)
    return BROKEN
