"""Beside the conversation: notes and their buttons, links, commands, contacts, employees."""

import pytest
from sqlalchemy import insert, select, update

from bot.courier import Courier
from domain.notes import Note
from handlers.kit import texts
from storage.schema import conversation, note, staff
from storage.unit import unit_of_work
from tests.kernel.beside import REPERTOIRE
from tests.offices import open_office, sink


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch, catalog_with_literals: None) -> None:
    every = dict(texts.catalog()) | {"test.share": "share my number"}
    monkeypatch.setattr(texts, "catalog", lambda: every)


@pytest.fixture
async def offices(sandbox, database, database_url, clock):
    async with (
        open_office(sandbox, database_url, REPERTOIRE, clock) as one,
        open_office(sandbox, database_url, REPERTOIRE, clock) as two,
    ):
        await sandbox.connect(sink(one), sink(two))
        yield [one, two]


async def tell(offices, database, number, *chats):
    async with unit_of_work(database) as unit:
        for chat in chats:
            message = Note("request", {"number": number}, f"request:{number}")
            await unit.notes.tell(chat, message, offices[0].desk.clock.now())
    await deliver(offices)


async def deliver(offices):
    while await Courier(offices[1].desk, offices[1].workshop).deliver_next():
        pass


def lines(phone):
    return [m["text"] for m in phone.messages if not m["out"]]


async def test_a_note_lies_beside_the_screen(phone, offices, database):
    await phone.say("/start")
    await tell(offices, database, 1, phone.id)
    assert lines(phone) == ["count 0", "request 1: waiting"]
    await phone.tap("more")
    assert lines(phone) == ["count 1", "request 1: waiting"]


async def test_a_note_with_nothing_left_to_say_is_not_sent(phone, offices, database):
    await phone.say("/start")
    await tell(offices, database, 0, phone.id)
    assert lines(phone) == ["count 0"]


async def test_a_standing_button_changes_every_copy(phone, sandbox, offices, database):
    other = sandbox.phone(8, "Berta")
    for each in (phone, other):
        await each.say("/start")
    await tell(offices, database, 1, phone.id, other.id)
    await tell(offices, database, 2, phone.id)
    pressed = next(m for m in phone.messages if "request 1" in m.get("text", ""))
    await phone.old_tap(pressed, "attend")
    assert phone.toasts[-1].text == "thank you"
    await deliver(offices)
    assert lines(phone) == ["count 0", "request 1: attended", "request 2: waiting"]
    assert lines(other) == ["count 0", "request 1: attended"]
    assert not any("attend" in row for row in other.buttons)


async def test_a_standing_button_may_open_a_flow_or_end_the_session(phone, offices, database):
    await phone.say("/start")
    await phone.tap("enter")
    await tell(offices, database, 88, phone.id)
    await phone.tap("attend")
    assert phone.screen.startswith("out you go")
    await tell(offices, database, 77, phone.id)
    await phone.tap("attend")
    assert phone.screen == "heard nothing"


async def test_standing_buttons_of_another_office_do_nothing(phone, offices):
    await phone.say("/start")
    await phone.send_data("-:zzz:1")
    assert phone.toasts[-1].text.startswith("Esa pantalla")
    await phone.tap("more")
    assert phone.screen == "count 1"


async def test_what_a_forgotten_chat_was_told_is_forgotten(phone, offices, database):
    await phone.say("/start")
    await tell(offices, database, 1, phone.id)
    await phone.tap("bye")
    async with database.unit() as connection:
        assert (await connection.execute(select(note))).all() == []
        assert (await connection.execute(select(conversation))).all() == []


async def test_a_command_opens_its_flow_with_what_was_typed_behind_it(phone, offices):
    await phone.say("/ask something  more")
    assert phone.screen == "heard something  more"
    await phone.say("/ask")
    assert phone.screen == "heard nothing"
    await phone.say("/unheard-of")
    assert phone.screen.endswith("heard nothing")


async def test_a_link_opens_what_it_is_for_and_leaves_the_chat(phone, offices):
    await phone.say("/start good-link")
    assert phone.screen == "by a link\n\nheard nothing"
    assert "good-link" not in str(phone.messages)


async def test_a_dead_link_says_so_and_the_chat_goes_on(phone, offices):
    await phone.say("/start stolen-link")
    assert phone.screen.startswith("Ese enlace ya no sirve")
    assert "stolen-link" not in str(phone.messages)
    await phone.tap("more")
    assert phone.screen == "count 1"


async def test_a_contact_is_shared_by_its_key(phone, offices):
    await phone.say("/ask")
    assert phone.reply_buttons == [["share my number"], ["rather not"]]
    await phone.tap("share my number")
    assert phone.screen.startswith("heard 57") or " of 7" in phone.screen
    await phone.share_contact({"phone_number": "573001", "first_name": "X", "user_id": 99})
    assert phone.screen == "heard 573001 of 99"


async def test_the_key_beside_it_is_a_button_like_any_other(phone, offices):
    await phone.say("/ask")
    await phone.tap("rather not")
    assert phone.screen == "no contact\n\ncount 0"
    assert phone.reply_buttons == []


async def test_a_contact_nobody_asked_for_is_answered_like_a_photo(phone, offices):
    await phone.say("/start")
    await phone.share_contact()
    assert phone.screen.startswith("Por ahora solo entiendo texto")


@pytest.fixture
async def clerk(phone, offices, database, clock):
    """An employee of the support role, who has entered."""
    row = {"name": "Clara", "role": "support", "created_at": clock.now()}
    async with database.unit() as connection:
        await connection.execute(insert(staff).values(row))
    await phone.say("/badge")
    await phone.tap("here")
    return phone


async def change(database, **values):
    async with database.unit() as connection:
        await connection.execute(update(staff).values(values))


async def test_an_employee_is_at_home_among_employees(clerk):
    assert clerk.screen == "staff of Clara"
    await clerk.tap("queue")
    assert clerk.screen == "queue of Clara"
    await clerk.say("/menu")
    assert clerk.screen == "staff of Clara"


async def test_members_money_is_not_for_employees_sessions(clerk):
    await clerk.say("/money")
    assert clerk.screen.startswith("Para ver eso primero debe entrar")
    assert clerk.screen.endswith("staff of Clara")


async def test_a_door_for_another_role_stays_shut_and_the_employee_goes_on(clerk, database):
    await change(database, role="auditor")
    await clerk.tap("queue")
    assert clerk.screen.startswith("Eso es solo para los empleados")
    await change(database, role="support")
    await clerk.tap("queue")
    assert clerk.screen == "queue of Clara"


async def test_a_revoked_employee_is_out_at_the_next_press(clerk, database, clock):
    await change(database, revoked_at=clock.now())
    await clerk.tap("queue")
    assert clerk.screen.endswith("count 0")


async def test_strangers_find_the_employees_doors_shut(phone, offices):
    await phone.say("/queue")
    assert phone.screen.startswith("Eso es solo para los empleados")
    await phone.tap("more")
    assert phone.screen == "count 1"


async def test_employees_sessions_last_longer_but_not_for_ever(clerk, clock):
    for _ in range(9):
        clock.forward(minutes=50)
        await clerk.tap("queue")
        assert clerk.screen == "queue of Clara"
    clock.forward(minutes=31)
    await clerk.tap("queue")
    assert clerk.screen.startswith("🔒 Cerré su sesión")
