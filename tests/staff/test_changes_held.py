"""A change that is held: stopped, applied once, or overtaken."""

import asyncio

import pytest
from sqlalchemy import update

from domain.contact import BadContact, ContactField, read_contact
from domain.conversation import Visit
from domain.staff.changes import Outcome, SameValue
from domain.staff.duties import NotAllowed
from domain.staff.people import Role
from handlers.kit.texts import catalog
from storage.schema import contact_change, mail, member, ticket
from tests.staff.test_changes import NEW, OLD, ask, confirm, email, look, the_change, two
from tests.staff.world import Bureau


@pytest.mark.parametrize("who", ["a colleague", "who asked"])
async def test_a_held_change_can_be_stopped(bureau: Bureau, who: str) -> None:
    elena, pedro = await two(bureau)
    number = await ask(bureau, elena)
    await confirm(bureau, pedro, number)
    visit = elena if who == "who asked" else pedro
    await bureau.do(lambda w: w.deciding.refuse(visit, number))
    bureau.clock.forward(days=2)
    assert await look(bureau) == 0
    assert await email(bureau) == OLD
    assert (await the_change(bureau)).outcome == "stopped"


def member_at(bureau: Bureau, account: int) -> Visit:
    return Visit(account, account, bureau.clock.now())


async def test_the_member_stops_it_in_their_own_chat(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    number = await ask(bureau, elena)
    await confirm(bureau, pedro, number)
    for stranger in (901, elena.telegram_id):
        refused = bureau.do(lambda w, a=stranger: w.stopping.stop(member_at(bureau, a), number))
        assert not await refused
    assert await bureau.do(lambda w: w.stopping.stop(member_at(bureau, 900), number))
    assert not await bureau.do(lambda w: w.stopping.stop(member_at(bureau, 900), number))
    bureau.clock.forward(days=2)
    assert await look(bureau) == 0
    assert await email(bureau) == OLD
    (filed,) = await bureau.rows(ticket)
    assert (filed.kind, filed.member_id, filed.chat_id) == ("change", 1, 900)


async def test_nothing_that_is_not_held_can_be_stopped_by_the_member(bureau: Bureau) -> None:
    elena, _ = await two(bureau)
    number = await ask(bureau, elena)
    assert not await bureau.do(lambda w: w.stopping.stop(member_at(bureau, 900), number))
    assert not await bureau.do(lambda w: w.stopping.stop(member_at(bureau, 900), 77))
    assert await bureau.rows(ticket) == []


async def test_two_replicas_apply_it_once(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    await confirm(bureau, pedro, await ask(bureau, elena))
    bureau.clock.forward(hours=24)
    assert sorted(await asyncio.gather(look(bureau), look(bureau))) == [0, 1]
    assert [m.kind for m in await bureau.rows(mail)].count("change_serves") == 1


async def test_what_changed_meanwhile_is_not_overwritten(bureau: Bureau) -> None:
    elena, pedro = await two(bureau)
    await confirm(bureau, pedro, await ask(bureau, elena))
    async with bureau.database.unit() as connection:
        await connection.execute(update(member).values(email="core@correo.example"))
    bureau.clock.forward(hours=24)
    await look(bureau)
    assert await email(bureau) == "core@correo.example"
    assert (await the_change(bureau)).outcome == "overtaken"
    assert [m.kind for m in await bureau.rows(mail)] == ["change_held"]


async def test_a_member_without_an_address_gets_one(bureau: Bureau) -> None:
    await bureau.member(1, bound=900, email=None)
    elena, pedro = await bureau.employee("Elena"), await bureau.employee("Pedro")
    await confirm(bureau, pedro, await ask(bureau, elena))
    bureau.clock.forward(hours=24)
    await look(bureau)
    assert await email(bureau) == NEW


BAD = (
    "",
    "x",
    "sin-arroba.example",
    "dos@@correo.example",
    "a@b\nBcc: c@d.example",
    "a@" + "b" * 300,
)


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(BadContact):
        read_contact(ContactField.EMAIL, typed)


@pytest.mark.parametrize("typed", ["", "123", "6017400000", "+57 601 740 0000", "hola"])
def test_what_is_no_mobile(typed: str) -> None:
    with pytest.raises(BadContact):
        read_contact(ContactField.MOBILE, typed)


async def test_the_same_value_is_no_change(bureau: Bureau) -> None:
    elena, _ = await two(bureau)
    with pytest.raises(SameValue):
        await ask(bureau, elena, f" {OLD} ")
    assert await bureau.rows(contact_change) == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BROADCASTER])
async def test_other_roles_have_no_say(bureau: Bureau, role: Role) -> None:
    elena, _ = await two(bureau)
    number, luz = await ask(bureau, elena), await bureau.employee("Luz", role)
    for act in ("confirm", "refuse"):
        with pytest.raises(NotAllowed):
            await bureau.do(lambda w, a=act: getattr(w.deciding, a)(luz, number))
    with pytest.raises(NotAllowed):
        await ask(bureau, luz, "3109998877", ContactField.MOBILE)


def test_every_outcome_has_its_words() -> None:

    ends = {outcome.value for outcome in Outcome}
    assert {
        key.split(".")[2] for key in catalog() if key.startswith("staff_changes.outcome.")
    } >= ends
