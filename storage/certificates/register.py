"""The register of certificates: numbered, kept as issued, never changed but to void them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.certificates.certificate import Certificate, Draft, Folio
from domain.certificates.facts import CertificateKind
from storage.certificates.snapshot import digest_of, from_text, to_text
from storage.dialect import insert_or_ignore, upsert
from storage.schema import certificate as table
from storage.schema import certificate_copy, folio_series, member

Columns = tuple[Any, ...]


class RegisterRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def digest(self, draft: Draft) -> str:
        """The digest of its holder and facts, as the certificate will keep it."""
        return digest_of(to_text(draft.holder, draft.facts))

    async def newest(
        self, member_ids: Sequence[int], kind: CertificateKind, year: int | None
    ) -> Mapping[int, Certificate]:
        """Each member's newest of that kind and year, voided or not; the members stay locked.

        Locked, so that two who ask at once take turns.
        """
        wanted = member.c.id.in_(member_ids)
        held = select(member.c.id).where(wanted).order_by(member.c.id).with_for_update()
        await self._connection.execute(held)
        last = func.max(table.c.id)
        newest = select(last).where(_of_kind(kind, year), table.c.member_id.in_(member_ids))
        rows = await self._all(_ALL.where(table.c.id.in_(newest.group_by(table.c.member_id))))
        return {found.member_id: found for found in map(_certificate, rows)}

    async def enter(self, drafts: Sequence[Draft]) -> list[Certificate]:
        """Number and keep them, in that order."""
        entered: list[Certificate] = []
        for year in sorted({draft.issued_on.year for draft in drafts}):
            of_year = [draft for draft in drafts if draft.issued_on.year == year]
            entered += await self._enter(of_year, year)
        return entered

    async def by_folio(self, folio: Folio) -> Certificate | None:
        """The certificate of that number."""
        own = (table.c.series == folio.year) & (table.c.number == folio.number)
        return await self._one(_ALL.where(own))

    async def by_id(self, certificate_id: int) -> Certificate | None:
        """The certificate of that id."""
        return await self._one(_ALL.where(table.c.id == certificate_id))

    async def own(self, member_id: int, certificate_id: int) -> Certificate | None:
        """The member's own certificate of that id: another member's is never found."""
        mine = (table.c.id == certificate_id) & (table.c.member_id == member_id)
        return await self._one(_ALL.where(mine))

    async def newest_valid(self, certificate: Certificate) -> Certificate | None:
        """The newest that is not void, of the same member, kind and year."""
        same = _of_kind(certificate.kind, certificate.facts.year)
        valid = _ALL.where(
            same, table.c.member_id == certificate.member_id, table.c.voided_at.is_(None)
        )
        return await self._one(valid.order_by(table.c.id.desc()).limit(1))

    async def void(self, certificate_id: int, reason: str, by: str, at: datetime) -> bool:
        """Void it; False when it was void already."""
        valid = update(table).where(table.c.id == certificate_id, table.c.voided_at.is_(None))
        values = {"voided_at": at, "void_reason": reason, "voided_by": by}
        return bool((await self._connection.execute(valid.values(values))).rowcount)

    async def remember_copy(self, certificate_id: int, sha256: str, at: datetime) -> None:
        """Remember the digest of a file that was made of it."""
        row = {"certificate_id": certificate_id, "sha256": sha256, "made_at": at}
        await self._connection.execute(insert_or_ignore(self._connection, certificate_copy, row))

    async def copies(self, certificate_ids: Sequence[int]) -> set[tuple[int, str]]:
        """The certificate and digest of every file that was made of those."""
        own = certificate_copy.c.certificate_id.in_(certificate_ids)
        found = select(certificate_copy.c.certificate_id, certificate_copy.c.sha256).where(own)
        return {(row.certificate_id, row.sha256) for row in await self._all(found)}

    async def of_copy(self, sha256: str) -> Certificate | None:
        """The certificate of which that very file was made."""
        made = table.join(certificate_copy, certificate_copy.c.certificate_id == table.c.id)
        same = certificate_copy.c.sha256 == sha256
        return await self._one(select(table).select_from(made).where(same))

    async def _enter(self, drafts: Sequence[Draft], series: int) -> list[Certificate]:
        last = await self._take_numbers(series, len(drafts))
        first = last - len(drafts) + 1
        rows = [_row(draft, Folio(series, first + n)) for n, draft in enumerate(drafts)]
        await self._connection.execute(insert(table), rows)
        entered = _ALL.where(table.c.series == series, table.c.number.between(first, last))
        found = map(_certificate, await self._all(entered.order_by(table.c.number)))
        return list(found)

    async def _take_numbers(self, series: int, count: int) -> int:
        """Take so many numbers in one statement; the last of them."""
        first = upsert(self._connection, folio_series).values(series=series, last=count)
        taken = first.on_conflict_do_update(
            index_elements=[folio_series.c.series], set_={"last": folio_series.c.last + count}
        ).returning(folio_series.c.last)
        return int((await self._connection.execute(taken)).scalar_one())

    async def _one(self, query: Select[Any]) -> Certificate | None:
        row = (await self._connection.execute(query)).first()
        return _certificate(row) if row else None

    async def _all(self, query: Select[*Columns]) -> Sequence[Row[*Columns]]:
        return (await self._connection.execute(query)).all()


_ALL = select(table)


def _of_kind(kind: CertificateKind, year: int | None) -> Any:
    return (table.c.kind == kind.value) & table.c.year.is_not_distinct_from(year)


def _row(draft: Draft, folio: Folio) -> dict[str, Any]:
    text = to_text(draft.holder, draft.facts)
    return {
        "series": folio.year,
        "number": folio.number,
        "member_id": draft.member_id,
        "kind": draft.facts.kind.value,
        "year": draft.facts.year,
        "issued_at": draft.issued_at,
        "channel": draft.channel.value,
        "telegram_id": draft.telegram_id,
        "facts": text,
        "digest": digest_of(text),
        "replaces": str(draft.replaces) if draft.replaces else None,
    }


def _certificate(row: Row[Any]) -> Certificate:
    snapshot = from_text(row.facts, CertificateKind(row.kind))
    return Certificate(
        id=row.id,
        folio=Folio(row.series, row.number),
        member_id=row.member_id,
        holder=snapshot.holder,
        facts=snapshot.facts,
        digest=row.digest,
        issued_at=row.issued_at,
        replaces=Folio.parse(row.replaces) if row.replaces else None,
        voided_at=row.voided_at,
        intact=digest_of(row.facts) == row.digest,
    )
