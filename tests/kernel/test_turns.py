"""The conversation, over two replicas that take turns on one database."""

import asyncio
import struct

from sqlalchemy import select

from storage.schema import allowance, conversation


async def tally(database) -> int:
    async with database.unit() as connection:
        return await connection.scalar(select(allowance.c.used)) or 0


async def test_a_tap_edits_the_one_live_message(phone):
    await phone.say("/start")
    for expected in ("count 1", "count 2", "count 3"):
        await phone.tap("more")
        assert phone.screen == expected
    assert len([m for m in phone.messages if not m["out"]]) == 1


async def test_a_typed_answer_gets_a_new_message_and_the_old_one_leaves(phone):
    await phone.say("/start")
    await phone.say("hello <b>you</b>")
    assert phone.screen == "you said hello <b>you</b>\n\ncount 0"
    assert len([m for m in phone.messages if not m["out"]]) == 1


async def test_a_redelivered_update_acts_once_and_is_shown_again(phone, sandbox, database):
    await phone.say("/start")
    update = await phone.tap("more")
    await sandbox.redeliver(update)
    await sandbox.redeliver(update)
    assert phone.screen == "count 1"
    assert await tally(database) == 1
    await phone.tap("more")
    assert phone.screen == "count 2"


async def test_two_taps_at_once_lose_nothing(phone, database):
    await phone.say("/start")
    await asyncio.gather(*(phone.tap("more") for _ in range(6)))
    assert await tally(database) == 6
    await phone.tap("more")
    assert phone.screen == "count 7"


async def test_an_old_keyboard_is_answered_not_obeyed(phone, database):
    await phone.say("/start")
    old = phone.message
    await phone.say("/start")
    await phone.old_tap(old, "more")
    assert phone.toasts[-1].text.startswith("Esa pantalla ya no")
    assert await tally(database) == 0
    await phone.tap("more")
    assert phone.screen == "count 1"


async def test_forged_buttons_do_nothing(phone, database):
    await phone.say("/start")
    for forged in ("", ":", "x:tst:more", "a:b:c:d", "\x00" * 60, "-:tst:more", "é:tst:more"):
        await phone.send_data(forged)
        assert phone.screen == "count 0"
    assert await tally(database) == 0
    await phone.tap("more")
    assert phone.screen == "count 1"


async def test_a_fault_gives_a_number_and_changes_nothing(phone, database):
    await phone.say("/start")
    await phone.tap("more")
    await phone.tap("break")
    assert "Algo falló de nuestro lado" in phone.screen
    assert phone.screen.endswith("count 1")
    assert await tally(database) == 1
    await phone.tap("more")
    assert phone.screen == "count 2"


async def test_a_contact_that_nobody_asked_for_is_answered_kindly(phone):
    await phone.say("/start")
    await phone.share_contact()
    assert phone.screen.startswith("Por ahora solo entiendo texto")
    await phone.tap("more")
    assert phone.screen == "count 1"


async def test_files_of_any_kind_are_answered_kindly_and_never_fetched(phone, sandbox, database):
    """Huge, empty, with another ending than content, a picture of a huge size: all alike."""
    await phone.say("/start")
    await phone.tap("more")
    for name, content in ODD_FILES.items():
        await phone.upload(name, content, caption="lo que me pidieron", mime_type="image/png")
        assert phone.screen.startswith("📎 Por aquí no recibo fotos, audios ni archivos")
        assert phone.screen.endswith("count 1")
    await phone.upload("foto.png", PICTURE, as_photo=True)
    assert phone.screen.startswith("📎 Por aquí no recibo fotos, audios ni archivos")
    assert sandbox.ledger.of("getFile") == []
    await phone.tap("more")
    assert await tally(database) == 2


PICTURE = (
    b"\x89PNG\r\n\x1a\n"
    + b"\x00\x00\x00\rIHDR"
    + struct.pack(">II", 300, 200)
    + b"\x08\x02"
    + bytes(7)
)
BOMB = PICTURE.replace(struct.pack(">II", 300, 200), struct.pack(">II", 60_000, 60_000))
ODD_FILES = {
    "vacio.pdf": b"",
    "grande.bin": bytes(20 << 20),
    "bomba.png": BOMB,
    "doble.pdf": b"%PDF-1.4 PK\x03\x04 MZ",
    "../../etc/passwd": b"x",
    "nombre\u202egnp.exe": b"MZ",
}


async def test_what_is_typed_at_a_secret_step_leaves_the_chat(phone):
    await phone.say("/start")
    await phone.tap("secret")
    await phone.say("my secret")
    assert phone.screen == "count 0"
    assert not [m for m in phone.messages if m.get("text") == "my secret"]


async def test_refusing_leaves_no_data(phone, database):
    await phone.say("/start")
    await phone.tap("bye")
    assert phone.screen == "nothing kept"
    async with database.unit() as connection:
        assert (await connection.execute(select(conversation))).all() == []
    await phone.say("/start")
    assert phone.screen == "count 0"


async def test_in_a_group_nothing_is_shown(phone, sandbox, database):
    sandbox.group(-5, "Profesores", phone)
    await phone.say("/start", chat=-5)
    shown = [s.message["text"] for s in sandbox.telegram.chats[-5].messages.values()]
    assert shown[-1].startswith("Por su seguridad solo atiendo en el chat privado")
    async with database.unit() as connection:
        assert (await connection.execute(select(conversation))).all() == []
    await phone.say("/start")
    assert phone.screen == "count 0"
