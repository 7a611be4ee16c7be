"""Barring an access from anywhere, a whole family's, and what the trail says of it."""

from datetime import date

import pytest

from handlers.kit.dates import read_date
from storage.schema import audit, credential, ticket
from tests.journeys.member import DOCUMENT
from tests.journeys.test_robbery import BUTTON, locked, rows
from tests.journeys.test_unlocking import settings

__all__ = ["settings"]


async def by_document(phone, born="12/4/1958", document=DOCUMENT):
    await phone.say("/robo")
    await phone.tap("con mi documento")
    await phone.give_document(document)
    await phone.say(born)


async def test_from_anywhere_by_document_and_birth_date(phone, world):
    await phone.first_entry()
    other = world.member(50)
    await by_document(other, "12 de abril de 1958")
    assert "Recibimos su aviso" in other.screen
    assert "T-2026-000001" in other.screen
    assert await locked(world) == world.clock.now()
    await phone.tap("Mi estado de cuenta")
    assert "$" not in phone.screen
    await world.deliver()
    await world.post()
    assert phone.notes("alguien avisó de un robo")
    assert "quedó bloqueado" in world.mails()[-1].subject
    typed = [m["text"] for m in other.phone.messages if m["out"]]
    assert typed == ["/robo"]


async def test_unknown_documents_and_wrong_dates_look_the_same(phone, world):
    await phone.first_entry()
    right, wrong, nobody = (world.member(n) for n in (50, 51, 52))
    await by_document(wrong, "5/3/1958")
    await by_document(nobody, document="99887766")
    await by_document(right)
    screens = {
        p.screen[:-1].replace(n, "N")
        for p, n in zip((wrong, nobody, right), ("000001", "000002", "000003"), strict=True)
    }
    assert len(screens) == 1
    await world.post()
    subjects = [mail.subject for mail in world.mails()]
    assert any("Alguien avisó de un robo" in subject for subject in subjects)
    kinds = [row.kind for row in await rows(world, ticket)]
    assert kinds == ["robbery_unproven", "robbery_unproven", "robbery"]


async def test_a_date_nobody_understands_is_asked_again(phone, world):
    await phone.first_entry()
    other = world.member(50)
    await by_document(other, "ayer")
    assert "No entendí esa fecha" in other.screen
    await other.say("19580412")
    assert "Recibimos su aviso" in other.screen
    assert await locked(world)


async def test_three_reports_a_day(world):
    other = world.member(50)
    for _ in range(3):
        await by_document(other, "1/1/1950")
    await by_document(other)
    assert "Ya recibimos varios avisos hoy" in other.screen
    assert len(await rows(world, ticket)) == 3
    world.clock.forward(hours=25)
    await by_document(other)
    assert "Recibimos su aviso" in other.screen


async def test_a_family_that_shares_a_telephone_is_barred_together(phone, world):
    async with world.database.unit() as connection:
        for member_id in (1, 2):
            row = {"member_id": member_id, "telegram_id": 7}
            await connection.execute(credential.insert().values(row))
    await phone.say("/start")
    await phone.tap(BUTTON)
    assert "T-2026-000001, T-2026-000002" in phone.screen
    assert all(row.locked_at for row in await rows(world, credential))


async def test_every_act_is_audited(phone, world):
    await phone.first_entry()
    await phone.say("/robo")
    await phone.tap(BUTTON)
    await by_document(world.member(50), "1/1/1950")
    acts = [(r.action, r.result, r.member_id) for r in await rows(world, audit)]
    assert acts[-2:] == [("block", "done", 1), ("block", "refused", None)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5 de marzo de 1958", date(1958, 3, 5)),
        ("5/3/1958", date(1958, 3, 5)),
        ("05-03-1958", date(1958, 3, 5)),
        ("1958-03-05", date(1958, 3, 5)),
        ("5 mar 1958", date(1958, 3, 5)),
        ("19580305", date(1958, 3, 5)),
        ("05031958", date(1958, 3, 5)),
        ("31/2/1958", None),
        ("marzo", None),
        ("5/3/58", None),
    ],
)
def test_dates_as_people_type_them(typed, read):
    assert read_date(typed) == read
