"""Who has a say in a broadcast, at that moment and once."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from domain.broadcasts.broadcast import NoBroadcast, Stage
from domain.broadcasts.draft import Draft
from domain.conversation import Visit
from domain.notifications.buttons import Opens
from domain.notifications.categories import Category
from domain.notifications.segments import Segment
from domain.staff.conduct import Beaten
from domain.staff.duties import NotAllowed
from domain.staff.people import Role
from storage.broadcasts.records import BroadcastRepository
from storage.broadcasts.work import BroadcastWork
from storage.notifications.content import Envelopes
from storage.schema import audit, broadcast, notification_batch, staff
from tests.staff.test_broadcasts import (
    confirm,
    do,
    launch,
    stage,
    trail,
    trusting,
    two,
    without_trigger,
)
from tests.staff.world import Bureau, Meeting


async def refuse(bureau: Bureau, visit: Visit, number: int) -> None:
    await do(bureau, lambda w: w.deciding.refuse(bureau.now(visit), number))


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.VERIFIER, Role.AUDITOR])
async def test_other_roles_have_no_say(bureau: Bureau, role: Role) -> None:
    luz, pedro = await two(bureau)
    number, other = await launch(bureau, luz), await bureau.employee("Rosa", role)
    acts = (
        lambda w: w.deciding.confirm(other, number),
        lambda w: w.deciding.refuse(other, number),
        lambda w: w.steering.pause(other, number),
        lambda w: w.steering.cancel(other, number),
        lambda w: w.reading.one(other, number),
        lambda w: w.reading.fates(other, number),
        lambda w: w.composing.draft(other),
        lambda w: w.composing.write(other, "hola"),
        lambda w: w.launching.launch(other),
        lambda w: w.unsent.page(other, 0),
        lambda w: w.unsent.again(other, None),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            await do(bureau, act)
    assert await stage(bureau, number) is Stage.WAITING
    await confirm(bureau, pedro, number)


@pytest.mark.parametrize("now", [{"role": "support"}, {"revoked_at": datetime.now().astimezone()}])
async def test_the_database_reads_the_role_at_that_moment(
    bureau: Bureau, now: dict[str, Any]
) -> None:
    """Even a session that still says otherwise confirms nothing."""
    luz, pedro = await two(bureau)
    number = await launch(bureau, luz)
    async with bureau.database.unit() as connection:
        his = update(staff).where(staff.c.id == pedro.session.employee.id)
        await connection.execute(his.values(now))
    with pytest.raises(DBAPIError, match="not the duty"):
        await confirm(bureau, pedro, number)
    assert await stage(bureau, number) is Stage.WAITING
    await without_trigger(bureau, "broadcast_update_duty")
    await trusting(bureau, pedro, number)
    assert await stage(bureau, number) is Stage.RUNNING


async def test_of_two_who_decide_at_once_one_does(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    rosa = await bureau.employee("Rosa", Role.BROADCASTER)
    for round_ in range(60):
        number = await launch(bureau, luz)
        second = refuse if round_ % 2 else confirm
        both = (confirm(bureau, pedro, number), second(bureau, rosa, number))
        results = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(map(repr, results)) == ["Beaten()", "None"]
        (row,) = await bureau.rows(broadcast, broadcast.c.id == number)
        assert (row.batch_id is None) == (row.outcome == "refused")
    batches = await bureau.rows(notification_batch)
    confirmed = await bureau.rows(audit, audit.c.action == "broadcast_confirmed")
    assert len(batches) == len(confirmed)


class Glancing(BroadcastRepository):
    """Looks whether it is undecided, and then decides."""

    meeting: Meeting

    async def confirm(self, broadcast_id: int, by: int, account: int, at: datetime) -> bool:
        mine = broadcast.c.id == broadcast_id
        if await self._connection.scalar(select(broadcast.c.confirmed_by).where(mine)) is not None:
            return False
        await self.meeting.wait()
        values = {"confirmed_by": by, "confirmed_from": account, "confirmed_at": at}
        await self._connection.execute(update(broadcast).where(mine).values(values))
        return True

    async def start(self, broadcast_id: int, at: datetime) -> None:
        """Nothing: two would collide at the batch's name."""


async def test_looking_before_deciding_is_not_enough(bureau: Bureau) -> None:
    """On SQLite units of work take turns anyway; PostgreSQL shows the difference."""
    luz, pedro = await two(bureau)
    rosa = await bureau.employee("Rosa", Role.ADMIN)
    number, meeting = await launch(bureau, luz), Meeting()

    async def glance(visit: Visit) -> None:
        async def act(work: BroadcastWork) -> None:
            envelopes = Envelopes(work.secrets.notifications)
            loose = Glancing(work.unit.connection, envelopes)
            loose.meeting = meeting
            await replace(work.deciding, broadcasts=loose).confirm(visit, number)

        await do(bureau, act)

    results = await asyncio.gather(glance(pedro), glance(rosa), return_exceptions=True)
    assert (results == [None, None]) is not bureau.database.is_sqlite


async def test_the_author_withdraws_and_a_colleague_refuses(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    mine, theirs = await launch(bureau, luz), await launch(bureau, luz)
    await refuse(bureau, luz, mine)
    await refuse(bureau, pedro, theirs)
    assert await stage(bureau, mine) is Stage.WITHDRAWN
    assert await stage(bureau, theirs) is Stage.REFUSED
    for number in (mine, theirs):
        with pytest.raises(Beaten):
            await confirm(bureau, pedro, number)
    assert await bureau.rows(notification_batch) == []
    assert ("broadcast_refused", "done") in await trail(bureau)


async def test_a_request_that_nobody_confirms_lapses(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    number = await launch(bureau, luz)
    bureau.clock.forward(days=3)
    with pytest.raises(Beaten):
        await confirm(bureau, pedro, number)
    assert await do(bureau, lambda w: w.rounds.look(bureau.clock.now())) == 1
    assert await stage(bureau, number) is Stage.LAPSED
    assert await do(bureau, lambda w: w.rounds.look(bureau.clock.now())) == 0


async def test_steering_is_audited_and_done_once(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    number = await launch(bureau, luz, most=9)
    for act, then in (
        ("pause", Stage.PAUSED),
        ("resume", Stage.RUNNING),
        ("pause", Stage.PAUSED),
        ("cancel", Stage.CANCELLED),
    ):
        await do(bureau, lambda w, a=act: getattr(w.steering, a)(bureau.now(pedro), number))
        assert await stage(bureau, number) is then
        if act != "cancel":
            with pytest.raises(Beaten):
                await do(bureau, lambda w, a=act: getattr(w.steering, a)(pedro, number))
    with pytest.raises(Beaten):
        await do(bureau, lambda w: w.steering.resume(pedro, number))
    assert [action for action, _ in await trail(bureau)] == [
        "broadcast_sent",
        "broadcast_paused",
        "broadcast_resumed",
        "broadcast_paused",
        "broadcast_cancelled",
    ]


async def test_what_is_not_there(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    with pytest.raises(NoBroadcast):
        await confirm(bureau, pedro, 77)
    with pytest.raises(NoBroadcast):
        await do(bureau, lambda w: w.steering.pause(luz, 77))
    waiting = await launch(bureau, luz)
    for act in ("pause", "resume", "cancel"):
        with pytest.raises(Beaten):
            await do(bureau, lambda w, a=act: getattr(w.steering, a)(luz, waiting))


async def test_each_has_a_draft_of_their_own_that_comes_back_whole(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    await do(bureau, lambda w: w.composing.write(luz, "Uno & 5 < 6"))
    segment = Segment(frozenset({"cdat"}), (1, 30), frozenset({"Tunja"}), None, 90)
    await do(
        bureau,
        lambda w: w.composing.change(
            luz, category=Category.ARREARS, opens=Opens.CREDITS, segment=segment
        ),
    )
    kept = await do(bureau, lambda w: w.composing.draft(luz))
    assert kept == Draft("Uno &amp; 5 &lt; 6", Category.ARREARS, None, Opens.CREDITS, segment)
    assert json.loads(json.dumps(dict(kept.packed()))) == dict(kept.packed())
    assert await do(bureau, lambda w: w.composing.draft(pedro)) == Draft()
