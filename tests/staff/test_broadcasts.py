"""Many members take two people: who may, at that moment, and what the database refuses."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from domain.broadcasts.broadcast import OwnBroadcast, Stage
from domain.broadcasts.draft import Draft, Lack, Unready
from domain.broadcasts.launching import DecideBroadcast, title_of
from domain.conversation import Visit
from domain.notifications.categories import Category
from domain.notifications.messages import Message
from domain.notifications.segments import Segment
from domain.staff.people import Role
from handlers.kit.texts import filled
from storage.broadcasts.drafts import DraftRepository
from storage.broadcasts.work import BroadcastWork
from storage.cooperative_file import read_cooperative
from storage.schema import audit, broadcast, notification_batch, outbox
from storage.unit import unit_of_work
from tests.notifications.dispatch import DEMO
from tests.staff.world import Bureau

T = TypeVar("T")
WHOLE = Draft("La asamblea es el <b>sábado</b>", Category.COMMUNITY, everybody=True)


async def do(bureau: Bureau, act: Callable[[BroadcastWork], Awaitable[T]], most: int = 1) -> T:
    """One act in its own unit of work; `most`: so many take nobody else."""
    demo = read_cooperative(DEMO)
    office = replace(demo, policies=replace(demo.policies, broadcast_alone=most))
    async with unit_of_work(bureau.database) as unit:
        return await act(BroadcastWork(unit, bureau.secrets, office, filled))


async def launch(bureau: Bureau, visit: Visit, most: int = 1, draft: Draft = WHOLE) -> int:
    by = visit.session.employee.id

    async def act(work: BroadcastWork) -> int:
        await DraftRepository(work.unit.connection).keep(by, draft, bureau.clock.now())
        return await work.launching.launch(bureau.now(visit))

    return await do(bureau, act, most)


async def confirm(bureau: Bureau, visit: Visit, number: int) -> None:
    await do(bureau, lambda w: w.deciding.confirm(bureau.now(visit), number))


async def stage(bureau: Bureau, number: int) -> Stage:
    found = await do(bureau, lambda w: w.broadcasts.one(number))
    assert found
    return found.stage


async def two(bureau: Bureau) -> tuple[Visit, Visit]:
    """Two members, the author and a second person."""
    for member_id in (1, 2):
        await bureau.member(member_id, bound=900 + member_id)
    return (
        await bureau.employee("Luz", Role.BROADCASTER),
        await bureau.employee("Pedro", Role.ADMIN),
    )


async def trail(bureau: Bureau) -> list[tuple[str, str]]:
    rows = await bureau.rows(audit)
    return [(row.action, row.result) for row in rows]


async def test_many_wait_for_the_second_person(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    number = await launch(bureau, luz)
    assert await stage(bureau, number) is Stage.WAITING
    assert await bureau.rows(notification_batch) == []
    told = [row.chat_id for row in await bureau.rows(outbox, outbox.c.kind == "note")]
    assert told == [luz.chat_id, pedro.chat_id]
    await confirm(bureau, pedro, number)
    assert await stage(bureau, number) is Stage.RUNNING
    (batch,) = await bureau.rows(notification_batch)
    assert (batch.client, batch.state) == ("coopbot", "expanding")
    assert await trail(bureau) == [("broadcast_asked", "done"), ("broadcast_confirmed", "done")]
    about = {row.object for row in await bureau.rows(audit)}
    assert about == {f"broadcast:{number}"}
    said = str([row.details for row in await bureau.rows(audit)])
    assert "asamblea" not in said


async def test_a_few_take_one_person_and_the_size_is_that_of_the_file(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    assert await stage(bureau, await launch(bureau, luz, most=2)) is Stage.RUNNING
    number = await launch(bureau, luz, most=1)
    assert await stage(bureau, number) is Stage.WAITING
    await confirm(bureau, pedro, number)


async def test_the_draft_goes_and_nothing_is_sent_twice(bureau: Bureau) -> None:
    luz, _ = await two(bureau)
    await launch(bureau, luz, most=9)
    with pytest.raises(Unready) as refused:
        await do(bureau, lambda w: w.launching.launch(bureau.now(luz)))
    assert refused.value.lacks == (Lack.TEXT, Lack.CATEGORY, Lack.AUDIENCE)
    assert len(await bureau.rows(broadcast)) == 1


async def test_nobody_to_write_to(bureau: Bureau) -> None:
    luz, _ = await two(bureau)
    far = replace(WHOLE, everybody=False, segment=Segment(municipalities=frozenset({"Leticia"})))
    with pytest.raises(Unready) as refused:
        await launch(bureau, luz, draft=far)
    assert refused.value.lacks == (Lack.NOBODY,)
    assert await bureau.rows(broadcast) == []


async def test_whoever_wrote_it_does_not_confirm(bureau: Bureau) -> None:
    luz, pedro = await two(bureau)
    number = await launch(bureau, luz)
    with pytest.raises(OwnBroadcast):
        await confirm(bureau, luz, number)
    # nor does another name at the same Telegram account
    with pytest.raises(OwnBroadcast):
        await confirm(bureau, replace(pedro, telegram_id=luz.telegram_id), number)
    assert await stage(bureau, number) is Stage.WAITING
    await confirm(bureau, pedro, number)


class Trusting(DecideBroadcast):
    """Confirms without asking who wrote it."""

    async def confirm(self, visit: Visit, broadcast_id: int) -> None:
        employee = visit.session.employee
        assert await self.broadcasts.confirm(
            broadcast_id, employee.id, visit.telegram_id, visit.now
        )
        await self.broadcasts.start(broadcast_id, visit.now)


async def trusting(bureau: Bureau, visit: Visit, number: int) -> None:
    async def act(work: BroadcastWork) -> None:
        one = work.deciding
        await Trusting(one.broadcasts, one.conduct, one.notes).confirm(visit, number)

    await do(bureau, act)


async def without_checks(bureau: Bureau, *names: str) -> None:
    """Take constraints of the table away."""
    async with bureau.database.unit() as connection:
        if bureau.database.is_sqlite:
            await connection.execute(text("PRAGMA ignore_check_constraints = ON"))
            return
        for name in names:
            await connection.execute(text(f"ALTER TABLE broadcast DROP CONSTRAINT {name}"))


async def without_trigger(bureau: Bureau, name: str) -> None:
    of = "" if bureau.database.is_sqlite else " ON broadcast"
    async with bureau.database.unit() as connection:
        await connection.execute(text(f"DROP TRIGGER {name}{of}"))


async def test_without_the_rule_the_database_refuses_and_without_both_it_goes(
    bureau: Bureau,
) -> None:
    luz, _ = await two(bureau)
    number = await launch(bureau, luz)
    with pytest.raises(DBAPIError, match="two_people"):
        await trusting(bureau, luz, number)
    assert await stage(bureau, number) is Stage.WAITING
    await without_checks(bureau, "ck_broadcast_two_people")
    await trusting(bureau, luz, number)
    assert await stage(bureau, number) is Stage.RUNNING


async def start(bureau: Bureau, number: int) -> None:
    """Hand it to the sender, whoever said so."""
    await do(bureau, lambda w: w.broadcasts.start(number, bureau.clock.now()))


async def test_the_database_starts_nothing_large_without_a_second_person(bureau: Bureau) -> None:
    luz, _ = await two(bureau)
    number = await launch(bureau, luz)
    with pytest.raises(DBAPIError, match="second_person"):
        await start(bureau, number)
    assert await bureau.rows(notification_batch) == []
    await without_checks(bureau, "ck_broadcast_second_person")
    await start(bureau, number)
    assert await stage(bureau, number) is Stage.RUNNING


async def test_what_is_confirmed_is_what_was_asked_for(bureau: Bureau) -> None:
    luz, _ = await two(bureau)
    number = await launch(bureau, luz)

    async def alter(**values: Any) -> None:
        async with bureau.database.unit() as connection:
            mine = update(broadcast).where(broadcast.c.id == number)
            await connection.execute(mine.values(values))

    for change in ({"message": '{"html": "Otra"}'}, {"audience": 1}, {"alone": 900}):
        with pytest.raises(DBAPIError, match="it stays as it is"):
            await alter(**change)
    await without_trigger(bureau, "broadcast_kept")
    await alter(audience=1)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Hola a todos", "Hola a todos"),
        ("<b>Asamblea</b>\n\nel sábado", "Asamblea el sábado"),
        (
            "Este viernes la oficina de Tunja atiende hasta las 12",
            "Este viernes la oficina de Tunja…",
        ),
        ("x" * 60, "x" * 39 + "…"),
    ],
)
def test_a_title_ends_with_a_whole_word(said, title):
    assert title_of(Message(Category.COMMUNITY, said)) == title
