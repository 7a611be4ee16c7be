"""Uploads of many notifications: staged as they stream in, accepted by one commit at the end."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from pydantic import ValidationError

from bot.api.answers import AcceptedBulk, RejectedLine
from bot.api.lines import BadHead, Row, Upload
from bot.api.models import LONGEST_ID, NAME, NotificationBody
from bot.api.office import NO_FILE, PushOffice, named_flaw
from bot.api.once import Reply, key_reused, replay, still_running
from bot.api.problems import Problem, flaw_of, invalid
from domain.notifications.acceptance import Accepted, Draft, Rejected
from domain.notifications.flaws import Flaw, Flawed
from storage import errands
from storage.notifications.batches import BatchRepository
from storage.notifications.files import FileRepository
from storage.notifications.idempotency import (
    Answered,
    Hold,
    IdempotencyRepository,
    KeyReused,
    Overtaken,
    StillRunning,
)
from storage.unit import Unit, unit_of_work

MOST_ROWS = 100_000
AT_ONCE = 300
BREATH = 25
SHOWN_PROBLEMS = 100
Bad = tuple[int, str, Flaw]


@dataclass(slots=True)
class Tally:
    """What became of the rows so far."""

    rows: int = 0
    accepted: int = 0
    repeated: int = 0
    rejected: int = 0
    shown: list[Bad] = field(default_factory=list)
    earliest: datetime | None = None
    latest: datetime | None = None

    def refuse(self, bad: Sequence[Bad]) -> None:
        self.rejected += len({line for line, _, _ in bad})
        self.shown += bad[: SHOWN_PROBLEMS - len(self.shown)]

    def take(self, fate: Accepted) -> None:
        if fate.repeated:
            self.repeated += 1
            return
        self.accepted += 1
        self.earliest = min(self.earliest or fate.due, fate.due)
        self.latest = max(self.latest or fate.due, fate.due)


@dataclass(frozen=True, slots=True)
class BulkDesk:
    """Conversations go on meanwhile: no unit of work holds more than some hundred rows."""

    office: PushOffice

    async def receive(self, client: str, key: str, upload: Upload) -> Reply:
        """Accept the good rows: 202; Problem when there are none, or the request is wrong."""
        try:
            async with unit_of_work(self.office.once.database) as unit:
                kept = IdempotencyRepository(unit.connection)
                begun = await kept.hold(client, key, self.office.clock.now())
            if isinstance(begun, Answered):
                await upload.read_on()
                return replay(begun, upload.digest.hexdigest())
            hold, orphan = begun
            return await self._work(client, hold, orphan, upload)
        except (StillRunning, Overtaken) as error:
            raise still_running() from error
        except KeyReused as error:
            raise key_reused() from error
        except BadHead as error:
            raise invalid(error.flaws) from error

    async def discard(self, batch_id: int) -> None:
        """Remove an upload that came to nothing, some at a time."""
        more = True
        while more:
            async with unit_of_work(self.office.once.database) as unit:
                more = await BatchRepository(unit.connection).discard(batch_id)

    async def _work(self, client: str, hold: Hold, orphan: int | None, upload: Upload) -> Reply:
        if orphan is not None:
            await self.discard(orphan)
        batch_id = await self._begin(client, hold)
        try:
            tally = Tally()
            await self._take_in(client, hold, batch_id, upload, tally)
            return await self._conclude(hold, batch_id, upload, tally)
        except BaseException:
            await asyncio.shield(self._undo(hold, batch_id))
            raise

    async def _begin(self, client: str, hold: Hold) -> int:
        now = self.office.clock.now()
        async with unit_of_work(self.office.once.database) as unit:
            batch_id = await BatchRepository(unit.connection).receive(client, now)
            await IdempotencyRepository(unit.connection).renew(hold, batch_id, now)
        return batch_id

    async def _undo(self, hold: Hold, batch_id: int) -> None:
        await self.discard(batch_id)
        async with unit_of_work(self.office.once.database) as unit:
            await IdempotencyRepository(unit.connection).drop(hold)

    async def _take_in(
        self, client: str, hold: Hold, batch_id: int, upload: Upload, tally: Tally
    ) -> None:
        drafts: list[tuple[int, Draft]] = []
        bad: list[Bad] = []
        async for row in upload.rows():
            tally.rows += 1
            if tally.rows > MOST_ROWS:
                raise _too_many()
            self._read(row, drafts, bad)
            if tally.rows % BREATH == 0:
                await asyncio.sleep(0)
            if len(drafts) + len(bad) >= AT_ONCE:
                await self._stage(client, hold, batch_id, drafts, bad, tally)
                drafts, bad = [], []
        await self._stage(client, hold, batch_id, drafts, bad, tally)

    def _read(self, row: Row, drafts: list[tuple[int, Draft]], bad: list[Bad]) -> None:
        """The row's draft, or each of its flaws."""
        values = row.values or {}
        named = values.get("external_id")
        external_id = named[:LONGEST_ID] if isinstance(named, str) else ""
        external_id = external_id if re.match(NAME, external_id) else ""
        try:
            if row.flaw is not None:
                raise Flawed([row.flaw])
            body = NotificationBody.model_validate(values)
            drafts.append((row.line, self.office.drafting.draft(body, self.office.clock.now())))
        except ValidationError as error:
            bad += [(row.line, external_id, flaw_of(each)) for each in error.errors()]
        except Flawed as error:
            bad += [(row.line, external_id, flaw) for flaw in error.flaws]

    async def _stage(
        self,
        client: str,
        hold: Hold,
        batch_id: int,
        drafts: list[tuple[int, Draft]],
        bad: list[Bad],
        tally: Tally,
    ) -> None:
        now = self.office.clock.now()
        async with unit_of_work(self.office.once.database) as unit:
            await IdempotencyRepository(unit.connection).renew(hold, batch_id, now)
            good = await self._with_files(unit, client, drafts, bad)
            accept = self.office.accept(unit)
            fates = await accept.all(client, [draft for _, draft in good], now, batch_id)
            for (line, draft), fate in zip(good, fates, strict=True):
                if isinstance(fate, Rejected):
                    bad.append((line, fate.external_id, named_flaw(fate, draft)))
                else:
                    tally.take(fate)
            await BatchRepository(unit.connection).reject(batch_id, bad)
            errands.take(unit.connection)
        tally.refuse(bad)

    async def _with_files(
        self, unit: Unit, client: str, drafts: list[tuple[int, Draft]], bad: list[Bad]
    ) -> list[tuple[int, Draft]]:
        """Those whose file, if any, is there."""
        wanted = {d.message.attachment for _, d in drafts} - {None}
        found = await FileRepository(unit.connection).exist(client, [f for f in wanted if f])
        lost = wanted - found
        bad += [(n, d.external_id, NO_FILE) for n, d in drafts if d.message.attachment in lost]
        return [(n, d) for n, d in drafts if d.message.attachment not in lost]

    async def _conclude(self, hold: Hold, batch_id: int, upload: Upload, tally: Tally) -> Reply:
        """The one commit that accepts them all."""
        if not tally.accepted + tally.repeated:
            raise invalid(_shown_flaws(tally))
        reply = Reply.of(HTTPStatus.ACCEPTED, _answer(batch_id, tally))
        totals = {"total": tally.accepted, "repeated": tally.repeated, "rejected": tally.rejected}
        async with unit_of_work(self.office.once.database) as unit:
            given = Answered(reply.status, reply.body, upload.digest.hexdigest())
            await IdempotencyRepository(unit.connection).conclude(hold, given)
            await BatchRepository(unit.connection).accept(batch_id, totals, self.office.clock.now())
            errands.take(unit.connection)
        self.office.once.bell.ring()
        return reply


def _answer(batch_id: int, tally: Tally) -> AcceptedBulk:
    return AcceptedBulk(
        id=batch_id,
        accepted=tally.accepted,
        repeated=tally.repeated,
        rejected=tally.rejected,
        problems=[
            RejectedLine(
                line=line,
                external_id=external_id or None,
                field=flaw.field,
                code=flaw.code,
                detail=flaw.detail,
            )
            for line, external_id, flaw in tally.shown
        ],
        problems_at=f"/v1/notifications/bulk/{batch_id}/rejected",
        scheduled_from=tally.earliest,
        scheduled_until=tally.latest,
    )


def _shown_flaws(tally: Tally) -> list[Flaw]:
    if not tally.shown:
        return [Flaw("body", "empty", "the upload has no rows")]
    return [
        Flaw(f"line {line}: {flaw.field}", flaw.code, flaw.detail) for line, _, flaw in tally.shown
    ]


def _too_many() -> Problem:
    detail = f"An upload may have at most {MOST_ROWS} rows; nothing of it was accepted."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-many", detail)
