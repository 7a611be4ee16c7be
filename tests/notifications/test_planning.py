"""What the office tells by itself, from what was loaded: each once, to whom it reaches."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from bot.notifications.pushing import Planner
from domain.money import Centavos
from domain.notifications.settings import Occasions
from handlers.notifications.occasions import message_of
from storage.schema import (
    closed_year,
    consent,
    credential,
    member,
    profile_confirmation,
    year_end,
)
from tests.notifications.books import ENVELOPES, TIMETABLE
from tests.statement_rows import add_movements, add_product

TODAY = date(2026, 11, 4)


def planner(books, **chosen) -> Planner:
    settings = Occasions(**{"stale_data": False, **chosen})
    return Planner(books.database, books.clock, ENVELOPES, TIMETABLE, settings, message_of)


async def plan(books, **chosen):
    """Plan for everybody; what is in the ledger then."""
    made = planner(books, **chosen)
    while await made.run_once():
        pass
    return await told(books)


async def told(books):
    return [(row.external_id, row.member_id) for row in await books.rows()]


@pytest.fixture
async def loaded(books):
    """1 has an instalment due in 5 days and a payment; 2 a CDAT; 3 is late."""
    async with books.database.unit() as connection:
        await connection.execute(update(member).values(as_of=TODAY))
        due = {"next_due_on": TODAY + timedelta(days=5), "instalment": Centavos(43_210_000)}
        await add_product(connection, 1, 10, "credit", name="Libre inversión", **due)
        await add_movements(
            connection,
            10,
            (TODAY, "Pago", -43_210_000),
            (TODAY - timedelta(days=10), "Pago de antes", -43_210_000),
            (TODAY, "Intereses", 1_000),
        )
        await add_product(connection, 2, 20, "cdat", matures_on=TODAY + timedelta(days=30))
        late = {"next_due_on": TODAY - timedelta(days=2), "days_past_due": 2}
        await add_product(connection, 3, 30, "credit", **late)
        await add_product(connection, 4, 40, "credit", closed_on=date(2026, 1, 1), **due)
    return books


EXPECTED = [
    ("instalment-due:A00001:2026-11-09:5", 1),
    ("payment:7700000010:R0", 1),
    ("cdat-maturing:7700000020:2026-12-04:30", 2),
    ("overdue:A00003:2026-11-02", 3),
]


async def test_what_was_loaded_is_told(loaded):
    assert await plan(loaded) == EXPECTED


async def test_planned_again_loaded_again_or_restarted_nothing_is_told_twice(loaded):
    await plan(loaded)
    async with loaded.database.unit() as connection:
        await connection.execute(update(member).values(as_of=TODAY + timedelta(days=1)))
    loaded.clock.forward(hours=20)
    assert await plan(loaded) == EXPECTED
    await planner(loaded).run_once()
    assert await told(loaded) == EXPECTED


async def test_who_cannot_be_reached_in_the_chat_is_not_told(loaded):
    async with loaded.database.unit() as connection:
        gone = update(credential).where(credential.c.member_id == 1)
        await connection.execute(gone.values(telegram_id=None))
        barred = update(credential).where(credential.c.member_id == 2)
        await connection.execute(barred.values(locked_at=loaded.clock.now()))
        withdrew = {"telegram_id": 103, "version": "1", "text_sha256": "x", "member_id": 3}
        moments = {"given_at": loaded.clock.now(), "withdrawn_at": loaded.clock.now()}
        await connection.execute(insert(consent).values(withdrew | moments))
    assert await plan(loaded) == []


async def test_a_member_who_authorised_again_is_told_again(loaded):
    async with loaded.database.unit() as connection:
        row = {"telegram_id": 103, "version": "1", "text_sha256": "x", "member_id": 3}
        now = loaded.clock.now()
        await connection.execute(
            insert(consent).values(row | {"given_at": now, "withdrawn_at": now})
        )
        await connection.execute(insert(consent).values(row | {"given_at": now}))
    assert ("overdue:A00003:2026-11-02", 3) in await plan(loaded)


async def test_certificates_of_a_closed_year(books):
    row = {"kind": "demand", "number": "1", "member_id": 2, "name": "A", "balance": Centavos(1)}
    async with books.database.unit() as connection:
        await connection.execute(insert(year_end).values(row | {"year": 2026}))
        await connection.execute(insert(year_end).values(row | {"year": 2025}))
        await connection.execute(insert(closed_year).values(year=2025))
    books.clock.instant = books.clock.instant.replace(year=2026, month=3)
    assert await plan(books) == [("certificate:A00002:2025", 2)]


async def test_old_data_are_asked_about_unless_confirmed_lately(books):
    books.clock.instant = books.clock.instant.replace(year=2027)
    async with books.database.unit() as connection:
        recent = {"member_id": 2, "section": "personal", "at": books.clock.now()}
        await connection.execute(insert(profile_confirmation).values(recent))
    found = await plan(books, stale_data=True)
    assert [member_id for _, member_id in found] == [1, 3, 4, 5]


async def test_it_goes_through_the_members_some_at_a_time(loaded, monkeypatch):
    monkeypatch.setattr("storage.notifications.planning.AT_ONCE", 2)
    assert await plan(loaded) == EXPECTED


async def test_they_reach_the_member_with_their_buttons(loaded, dispatch):
    phone = await dispatch.phone(1)
    await plan(loaded)
    await dispatch.send()
    texts = [m["text"] for m in phone.messages if not m["out"]]
    assert any("Recordatorio de su cuota" in text for text in texts)
    assert any("Recibimos su pago" in text for text in texts)
    assert ["💳 Ver mis créditos"] in phone.buttons
