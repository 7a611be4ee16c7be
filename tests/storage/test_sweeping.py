"""Old traces go, a few at a time; what is still to be sent and the audit trail stay."""

from datetime import timedelta

from sqlalchemy import func, insert, select

from domain.cooperative import Policies
from storage.access.failures import FailureCountRepository
from storage.schema import (
    alarm,
    allowance,
    audit,
    document_tried,
    entry_attempt,
    failure_minute,
    mail,
    outbox,
)
from storage.sweeping import AT_ONCE, Sweeper
from tests.audit.trail import flaws, write
from tests.offices import HandClock

KEPT = timedelta(days=30)
SWEPT = (entry_attempt, document_tried, allowance, failure_minute, outbox, mail, alarm)


async def leave_traces(database, at, count=1) -> None:
    """Some of each kind from that instant; of letters and parcels also some still due."""
    day = at.date()
    async with database.unit() as connection:
        for n in range(count):
            key = f"{at.isoformat()}-{n}"
            queued = {"kind": "code", "payload": "{}", "not_before": at, "created_at": at}
            attempt = {"id": key, "chat_id": 1, "telegram_id": 1, "document_key": "k"}
            for table, row in (
                (entry_attempt, attempt | {"bound": False, "created_at": at}),
                (document_tried, {"telegram_id": n, "day": day, "document_key": key}),
                (allowance, {"subject": key, "window_start": at, "used": 1}),
                (outbox, queued | {"chat_id": 1, "state": "sent"}),
                (outbox, queued | {"chat_id": 1, "state": "due"}),
                (mail, queued | {"state": "dropped"}),
                (mail, queued | {"state": "due"}),
                (alarm, {"kind": "locked", "params": "{}", "raised_at": at, "told_at": at}),
                (alarm, {"kind": "locked", "params": "{}", "raised_at": at}),
            ):
                await connection.execute(insert(table).values(row))
        await FailureCountRepository(connection).add(at, 1)


async def counts(database) -> dict[str, int]:
    async with database.unit() as connection:
        return {
            table.name: await connection.scalar(select(func.count()).select_from(table))
            for table in SWEPT
        }


async def test_traces_go_after_their_time(database):
    clock = HandClock()
    sweeper = Sweeper(database, Policies(traces_kept=KEPT), clock)
    await leave_traces(database, clock.now() - KEPT - timedelta(days=1))
    await leave_traces(database, clock.now() - KEPT + timedelta(days=1))
    before = await counts(database)
    assert not await sweeper.sweep()
    gone = {name: before[name] - left for name, left in (await counts(database)).items()}
    assert gone == {table.name: 1 for table in SWEPT}
    clock.forward(days=60)
    await sweeper.sweep()
    left = {"outbox": 2, "mail": 2, "alarm": 2}
    assert await counts(database) == {t.name: left.get(t.name, 0) for t in SWEPT}


async def test_many_traces_go_in_rounds(database):
    clock = HandClock()
    sweeper = Sweeper(database, Policies(traces_kept=KEPT), clock)
    async with database.unit() as connection:
        rows = [
            {"subject": str(n), "window_start": clock.now() - 2 * KEPT, "used": 1}
            for n in range(AT_ONCE + 5)
        ]
        await connection.execute(insert(allowance), rows)
    assert await sweeper.sweep()
    assert (await counts(database))["allowance"] == 5
    assert not await sweeper.sweep()
    assert (await counts(database))["allowance"] == 0


async def test_the_audit_trail_is_never_swept(database):
    clock = HandClock()
    await write(database, range(20))
    clock.forward(days=3650)
    await Sweeper(database, Policies(), clock).sweep()
    assert await flaws(database) == []
    async with database.unit() as connection:
        assert await connection.scalar(select(func.count()).select_from(audit)) == 20
