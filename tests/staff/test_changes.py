"""E-mail and mobile: two people, a warning to the old address, a day, and the member's no."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.contact import ContactField
from domain.conversation import Visit
from domain.staff.changes import AlreadyAsked, SamePerson
from domain.staff.conduct import Beaten, OwnAccount
from domain.staff.people import Role
from storage.schema import audit, contact_change, mail, member, outbox
from storage.staff.changes import ChangeRepository
from tests.staff.world import Bureau, Meeting

NEW = "nuevo@correo.example"
OLD = "m1@correo.example"


async def ask(
    bureau: Bureau, visit: Visit, typed: str = NEW, field: ContactField = ContactField.EMAIL
) -> int:
    return await bureau.do(
        lambda w: w.asking.ask(bureau.now(visit), 1, field, typed, "Entregó una carta firmada")
    )


async def confirm(bureau: Bureau, visit: Visit, change_id: int) -> None:
    await bureau.do(lambda w: w.deciding.confirm(bureau.now(visit), change_id))


async def look(bureau: Bureau) -> int:
    return await bureau.do(lambda w: w.change_rounds.look(bureau.clock.now()))


async def email(bureau: Bureau) -> str | None:
    (row,) = await bureau.rows(member, member.c.id == 1)
    return row.email


async def the_change(bureau: Bureau, change_id: int = 1):
    (row,) = await bureau.rows(contact_change, contact_change.c.id == change_id)
    return row


async def two(bureau: Bureau, bound: int | None = 900) -> tuple[Visit, Visit]:
    await bureau.member(1, bound=bound)
    return await bureau.employee("Elena"), await bureau.employee("Pedro", Role.VERIFIER)


async def notes(bureau: Bureau) -> list[tuple[int, str]]:
    rows = await bureau.rows(outbox, outbox.c.kind == "note")
    return [(row.chat_id, json.loads(row.payload)["name"]) for row in rows]


async def test_from_asked_to_serving(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    number = await ask(bureau, elena)
    assert await notes(bureau) == [(pedro.chat_id, "contact_change")]
    assert await bureau.rows(mail) == []
    await confirm(bureau, pedro, number)
    (letter,) = await bureau.rows(mail)
    assert letter.kind == "change_held"
    assert json.loads(letter.payload)["to"] == OLD
    assert (900, "change_held") in await notes(bureau)
    bureau.clock.forward(hours=23, minutes=59)
    assert await look(bureau) == 0
    assert await email(bureau) == OLD
    bureau.clock.forward(minutes=1)
    assert await look(bureau) == 1
    assert await email(bureau) == NEW
    assert [m.kind for m in await bureau.rows(mail)] == ["change_held", "change_serves"]
    row = await the_change(bureau)
    assert (row.outcome, row.old_value, row.new_value) == ("applied", OLD, NEW)
    actions = [row.action for row in await bureau.rows(audit)]
    assert actions == ["change_asked", "change_confirmed", "change_applied"]
    assert NEW not in str([row.details for row in await bureau.rows(audit)])


async def test_a_change_of_mobile_warns_the_mailbox_on_file(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    number = await ask(bureau, elena, "310 999 8877", ContactField.MOBILE)
    await confirm(bureau, pedro, number)
    (letter,) = await bureau.rows(mail)
    assert json.loads(letter.payload)["to"] == ""
    bureau.clock.forward(hours=24)
    await look(bureau)
    (row,) = await bureau.rows(member)
    assert (row.mobile, row.email) == ("+573109998877", OLD)


async def test_whoever_asked_does_not_confirm(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    number = await ask(bureau, elena)
    with pytest.raises(SamePerson):
        await confirm(bureau, elena, number)
    # nor does another name at the same Telegram account
    same_phone = replace(pedro, telegram_id=elena.telegram_id)
    with pytest.raises(SamePerson):
        await confirm(bureau, same_phone, number)
    assert (await the_change(bureau)).confirmed_by is None
    await confirm(bureau, pedro, number)


async def test_the_member_is_no_colleague(bureau: Bureau) -> None:
    elena, _ = await two(bureau)
    own = await bureau.employee("Ana", Role.VERIFIER, member_id=1)
    with pytest.raises(OwnAccount):
        await ask(bureau, own)
    number = await ask(bureau, elena)
    with pytest.raises(OwnAccount):
        await confirm(bureau, own, number)
    with pytest.raises(OwnAccount):
        await bureau.do(lambda w: w.deciding.refuse(own, number))


async def test_of_two_who_confirm_at_once_one_does(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    luz = await bureau.employee("Luz", Role.ADMIN)
    for round_ in range(200 if bureau.database.is_sqlite else 50):
        number = await ask(bureau, elena, f"n{round_}@correo.example")
        both = (confirm(bureau, visit, number) for visit in (pedro, luz))
        results = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(map(repr, results)) == ["Beaten()", "None"]
        await bureau.do(lambda w, n=number: w.deciding.refuse(pedro, n))
    decided = await bureau.rows(audit, audit.c.action == "change_confirmed")
    assert len(decided) == len(await bureau.rows(contact_change))


async def test_confirming_and_refusing_at_once_is_one_decision(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    luz = await bureau.employee("Luz", Role.ADMIN)
    for round_ in range(50):
        number = await ask(bureau, elena, f"n{round_}@correo.example")
        refusing = bureau.do(lambda w, n=number: w.deciding.refuse(luz, n))
        await asyncio.gather(confirm(bureau, pedro, number), refusing, return_exceptions=True)
        row = await the_change(bureau, number)
        assert (row.outcome == "refused") == (row.confirmed_by is None)
        if row.closed_at is None:
            await bureau.do(lambda w, n=number: w.deciding.refuse(luz, n))


class Glancing(ChangeRepository):
    """Looks whether it is open, and then confirms it."""

    def __init__(self, connection: Any, meeting: Meeting) -> None:
        super().__init__(connection)
        self._meeting = meeting

    async def confirm(self, change_id: int, by: int, account: int, at: datetime) -> bool:
        open_ = select(contact_change.c.confirmed_by).where(contact_change.c.id == change_id)
        if await self._connection.scalar(open_) is not None:
            return False
        await self._meeting.wait()
        values = {"confirmed_by": by, "confirmed_from": account, "confirmed_at": at}
        values["serves_at"] = at + timedelta(hours=24)
        mine = update(contact_change).where(contact_change.c.id == change_id)
        await self._connection.execute(mine.values(values))
        return True


async def test_looking_before_confirming_is_not_enough(bureau: Bureau) -> None:
    """On SQLite units of work take turns anyway; PostgreSQL shows the difference."""
    elena, pedro = await two(bureau)
    luz = await bureau.employee("Luz", Role.ADMIN)

    meeting = Meeting()

    async def glance(visit: Visit, number: int) -> None:
        async def act(work):
            loose = Glancing(work.unit.connection, meeting)
            await replace(work.deciding, changes=loose).confirm(visit, number)

        await bureau.do(act)

    number = await ask(bureau, elena)
    tries = (glance(visit, number) for visit in (pedro, luz))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert (results == [None, None]) is not bureau.database.is_sqlite


async def test_one_change_of_a_thing_at_a_time(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    number = await ask(bureau, elena)
    with pytest.raises(AlreadyAsked):
        await ask(bureau, pedro, "otro@correo.example")
    await ask(bureau, pedro, "3109998877", ContactField.MOBILE)
    await bureau.do(lambda w: w.deciding.refuse(elena, number))
    await ask(bureau, pedro, "otro@correo.example")


async def test_a_request_that_nobody_confirms_lapses(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    number = await ask(bureau, elena)
    bureau.clock.forward(days=3)
    with pytest.raises(Beaten):
        await confirm(bureau, pedro, number)
    assert await look(bureau) == 1
    assert (await the_change(bureau)).outcome == "lapsed"
    await ask(bureau, elena)
