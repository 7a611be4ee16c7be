"""A member's own new e-mail or mobile: proven, approved by another person, and held for a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from domain.access.seals import Seal
from domain.contact import ContactField
from domain.conversation import Visit
from domain.profile.applying import ContactUnderWay
from domain.profile.requests import Request, State
from domain.staff.change_contact import StopChange
from domain.staff.changes import HOLD
from domain.staff.own_contact import HoldOwnContact
from storage.access.journal import JournalRepository
from storage.notes import SqlNotes
from storage.schema import contact_change, mail, member, outbox, profile_update, staff, ticket
from storage.staff.changes import ChangeRepository
from storage.staff.tickets import TicketRepository
from tests.profile.world import HEIR, MEMBER, NOW, OTHER, PERSONAL, SECRETS, VERIFIER, World

OLD, NEW = PERSONAL["email"], "nuevo@correo.example"
CHANGED = PERSONAL | {"email": NEW, "address": "Carrera 9 # 1-2"}


async def approved(world: World, **sections: object) -> Request:
    request = await world.filed(**(sections or {"personal": CHANGED}))
    async with world.as_staff() as office:
        names = [part.change.section for part in request.sections]
        await office.verifying.approve(office.visit, request.id, names)
    return request


async def column(world: World, name: str) -> object:
    async with world.database.unit() as connection:
        mine = select(member.c[name]).where(member.c.id == MEMBER)
        return await connection.scalar(mine)


async def rows(world: World, table, *where):
    async with world.database.unit() as connection:
        return list(await connection.execute(select(table).where(*where)))


async def handed_out(world: World) -> dict[str, str]:
    return {row.field: row.value for row in await rows(world, profile_update)}


async def test_the_old_address_serves_for_a_day_and_is_told(world):
    request = await approved(world)
    assert await column(world, "email") == OLD
    handed = await handed_out(world)
    assert handed["personal.address"] == "Carrera 9 # 1-2"
    assert "personal.email" not in handed
    (letter,) = await rows(world, mail, mail.c.kind == "change_held")
    assert OLD in letter.payload
    assert NEW not in letter.payload
    assert [r for r in await rows(world, outbox) if '"change_held"' in r.payload]
    (change,) = await rows(world, contact_change)
    assert (change.requested_by, change.confirmed_by) == (None, VERIFIER)
    assert (change.reason, change.serves_at) == (request.number, NOW + HOLD)
    await world.serve(seconds=-1)
    assert await column(world, "email") == OLD
    await world.serve()
    assert await column(world, "email") == NEW
    assert (await handed_out(world))["personal.email"] == NEW
    assert {r.request_number for r in await rows(world, profile_update)} == {request.number}


async def test_a_mobile_is_held_too(world):
    await approved(world, personal=PERSONAL | {"mobile": "+573009998877"})
    assert await column(world, "mobile") == PERSONAL["mobile"]
    await world.serve()
    assert await column(world, "mobile") == "+573009998877"


async def stop(world: World, chat: int = 100 + MEMBER) -> bool:
    """The button under the notice, pressed in that chat."""
    async with world.database.unit() as connection:
        changes, tickets = ChangeRepository(connection), TicketRepository(connection)
        journal, seal = JournalRepository(connection), Seal(SECRETS.documents)
        stopping = StopChange(changes, tickets, SqlNotes(connection), journal, seal)
        return await stopping.stop(Visit(chat, chat, NOW + timedelta(hours=1)), 1)


async def test_the_member_stops_it_and_an_employee_looks_into_it(world):
    await approved(world)
    assert not await stop(world, chat=999)
    assert await stop(world)
    await world.serve()
    assert await column(world, "email") == OLD
    assert "personal.email" not in await handed_out(world)
    assert [row.kind for row in await rows(world, ticket)] == ["change"]


async def test_one_change_at_a_time_and_the_rest_goes_on(world):
    await approved(world)
    again = await world.filed(
        personal=CHANGED | {"email": "otro@correo.example"}, beneficiaries=[HEIR]
    )
    async with world.as_staff(OTHER, hours=1) as office:
        with pytest.raises(ContactUnderWay):
            await office.verifying.approve(office.visit, again.id, ["personal"])
        await office.verifying.approve(office.visit, again.id, ["beneficiaries"])
        found = await office.verifying.look(office.visit, again.id)
    states = {part.change.section: part.state for part in found.sections}
    assert states == {"personal": State.PENDING, "beneficiaries": State.APPROVED}
    await world.serve()
    async with world.as_staff(OTHER, hours=25) as office:
        await office.verifying.approve(office.visit, again.id, ["personal"])
    await world.serve(hours=25)
    assert await column(world, "email") == "otro@correo.example"


async def test_the_core_systems_own_change_overtakes_it(world):
    await approved(world)
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(email="central@correo.example"))
    await world.serve()
    assert await column(world, "email") == "central@correo.example"
    assert (await rows(world, contact_change))[0].outcome == "overtaken"
    assert "personal.email" not in await handed_out(world)


def own(**given: object) -> dict[str, object]:
    row = {
        "member_id": MEMBER,
        "field": "email",
        "old_value": OLD,
        "new_value": NEW,
        "reason": "ACT-2026-000001",
        "requested_from": 100 + MEMBER,
        "requested_at": NOW,
    }
    return row | given


@pytest.mark.parametrize("how", ["membership", "account", "hours"])
async def test_the_database_wants_another_person_and_a_day(world, how):
    """Direct SQL: `requested_by` is empty, for the member asked."""
    by = VERIFIER
    async with world.database.unit() as connection:
        await connection.execute(insert(contact_change).values(own()))
        if how == "membership":
            await connection.execute(update(staff).where(staff.c.id == 13).values(member_id=MEMBER))
            by = 13
    confirmed = {
        "confirmed_by": by,
        "confirmed_from": 100 + MEMBER if how == "account" else by,
        "confirmed_at": NOW,
        "serves_at": NOW + (timedelta(hours=23) if how == "hours" else HOLD),
    }
    refused = {"membership": "own account", "account": "two_people", "hours": "held"}[how]
    with pytest.raises(DBAPIError, match=refused):
        async with world.database.unit() as connection:
            await connection.execute(update(contact_change).values(confirmed))


class AtOnce(HoldOwnContact):
    """Holds nothing."""

    async def hold(self, visit: Visit, request: Request, field: ContactField, value: str) -> bool:
        return False


async def test_without_the_hold_the_new_address_would_serve_at_once(world):
    request = await world.filed(personal=CHANGED)
    async with world.as_staff() as office:
        usual = office.verifying
        parts = usual.applying.contacts
        loose = AtOnce(parts.changes, parts.mail, parts.notes)
        hasty = replace(usual, applying=replace(usual.applying, contacts=loose))
        await hasty.approve(office.visit, request.id, ["personal"])
    assert await column(world, "email") == NEW


async def test_without_the_trigger_the_verifier_could_be_the_member(world):
    place = "" if world.database.is_sqlite else " ON contact_change"
    async with world.database.unit() as connection:
        for name in ("insert", "update"):
            await connection.execute(text(f"DROP TRIGGER contact_change_{name}_own{place}"))
        await connection.execute(insert(contact_change).values(own()))
        confirmed = {"confirmed_by": 13, "confirmed_from": 13, "confirmed_at": NOW}
        done = update(contact_change).values(confirmed | {"serves_at": NOW + HOLD})
        await connection.execute(done)
    assert len(await rows(world, contact_change)) == 1
