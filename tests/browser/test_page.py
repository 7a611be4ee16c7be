"""The chat page in a real browser, against a small server that keeps its contract
(`bot/sandbox/page_api.py`) with canned people and messages."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.canned import ANA, HOSTILE, KEYPAD, LUIS, NOW, STAFF, inline, msg
from tests.browser.fake_sandbox import CHROMIUM, Desk, FakeSandbox, phone, picture

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium installed")


async def test_a_bubble_shows_its_entities(desk: Desk) -> None:
    page = await desk.open()
    bubble = phone(page, ANA).locator("[data-message='4'] .bubble")
    await expect(bubble.locator("b")).to_have_text("Ana María")
    await expect(bubble.locator("i")).to_have_text("5 de marzo de 2026 a las 8:05 a. m.")
    await expect(bubble.locator("code")).to_have_text("$ 1.234.567")
    await expect(bubble.locator("s")).to_have_text("$ 1.200.000")
    await expect(bubble.locator("a")).to_have_attribute("href", "https://coopdemo.example/")
    await expect(bubble.locator("blockquote u")).to_have_text("nunca")
    spoiler = bubble.locator(".spoiler")
    await expect(spoiler).to_have_attribute("role", "button")
    await spoiler.click()
    await expect(spoiler).to_have_class(re.compile("shown"))
    await expect(bubble.get_by_role("img", name=re.compile("protegido"))).to_be_visible()


async def test_overlapping_entities_keep_the_text_whole(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    bold, italic = (
        {"type": "bold", "offset": 0, "length": 6},
        {"type": "italic", "offset": 3, "length": 6},
    )
    sandbox.push("message", msg(ANA, 20, "abcdefghi", entities=[bold, italic]))
    words = phone(page, ANA).locator("[data-message='20'] .words")
    await expect(words.locator("b")).to_have_text("abcdef")
    assert await words.locator("i").all_text_contents() == ["def", "ghi"]


async def test_hostile_markup_and_links_stay_text(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    title = await page.title()
    bad_link = {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(1)"}
    keys = inline((HOSTILE, "Ver"))
    keys["reply_markup"]["inline_keyboard"][0][1] = {"text": "Ver", "url": "javascript:alert(1)"}
    sandbox.push("message", msg(ANA, 20, HOSTILE, entities=[bad_link], **keys))
    sandbox.push("toast", {"chat_id": ANA, "text": HOSTILE, "alert": False})
    sandbox.push("mail", sandbox.mail(2, HOSTILE) | {"text": HOSTILE})
    message = phone(page, ANA).locator("[data-message='20']")
    await expect(message.locator(".words")).to_contain_text(HOSTILE)
    await expect(message.locator("[data-inline]")).to_have_text([HOSTILE, "Ver"])
    await page.locator("[data-mail='2']").click()
    await expect(page.locator("[data-letter='2'] .letter-text")).to_have_text(HOSTILE)
    made = page.locator("[data-message='20'] :is(img, script, [href]), aside img")
    assert await made.count() == 0
    assert await page.title() == title


async def test_a_tap_says_its_row_and_column_and_waits_for_the_answer(
    desk: Desk, sandbox: FakeSandbox
) -> None:
    page = await desk.open()
    button = phone(page, LUIS).get_by_role("button", name="Entrar")
    await button.click()
    assert await sandbox.posted(f"{LUIS}/tap") == {"message_id": 1, "row": 4, "col": 1}
    await expect(button).to_have_attribute("aria-busy", "true")
    sandbox.push("answered", {"chat_id": LUIS, "message_id": 1})
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_a_refused_tap_is_told_and_stops_waiting(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    sandbox.refuses = True
    button = phone(page, LUIS).get_by_role("button", name="Entrar")
    await button.click()
    await expect(phone(page, LUIS).locator("[data-toast]")).to_contain_text("No se pudo enviar")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    desk.complaints = [line for line in desk.complaints if "409" not in line]


async def test_fast_taps_survive_the_edits_between_them(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    key = phone(page, LUIS).get_by_role("button", name="5", exact=True)
    await key.focus()
    await key.dispatch_event("mousedown")
    sandbox.push("message", msg(LUIS, 1, "Escriba su clave:\n● ● ● ●", edit_date=NOW, **KEYPAD))
    await expect(phone(page, LUIS).locator("[data-message='1'] .words")).to_contain_text("● ● ● ●")
    await expect(key).to_be_focused()
    await page.keyboard.press("Enter")
    assert await sandbox.posted(f"{LUIS}/tap") == {"message_id": 1, "row": 1, "col": 1}


async def test_edits_and_deletions_are_live(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    menu = phone(page, ANA).locator("[data-message='7']")
    sandbox.push("message", msg(ANA, 7, "Elija un producto", edit_date=NOW, **inline(("Volver",))))
    await expect(menu.locator(".words")).to_contain_text("Elija un producto")
    await expect(menu.locator(".words")).to_contain_text("editado")
    await expect(menu.locator("[data-inline]")).to_have_text(["Volver"])
    sandbox.push("delete", {"chat_id": ANA, "message_id": 7})
    await expect(menu).to_have_count(0)


async def test_toasts_and_alerts(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    sandbox.push(
        "toast", {"chat_id": LUIS, "text": "Esa pantalla ya no está activa", "alert": False}
    )
    await expect(phone(page, LUIS).locator("[data-toast]")).to_have_text(
        "Esa pantalla ya no está activa"
    )
    sandbox.push("toast", {"chat_id": ANA, "text": "Su sesión se cerró.", "alert": True})
    box = phone(page, ANA).get_by_role("alertdialog")
    await expect(box).to_contain_text("Su sesión se cerró.")
    await picture(page, "alert")
    await page.keyboard.press("Escape")
    await expect(box).to_have_count(0)


async def test_the_reply_keyboard_says_its_labels_and_asks_before_the_contact(
    desk: Desk, sandbox: FakeSandbox
) -> None:
    page = await desk.open()
    rows = [
        [{"text": "Compartir mi número", "request_contact": True}],
        [{"text": "Cancelar trámite"}],
    ]
    sandbox.push("keyboard", {"chat_id": ANA, "rows": rows})
    keys = phone(page, ANA).locator("[data-reply-keyboard]")
    await keys.get_by_role("button", name="Cancelar trámite").click()
    assert await sandbox.posted(f"{ANA}/say") == {"text": "Cancelar trámite"}
    await keys.get_by_role("button", name="Compartir mi número").click()
    await phone(page, ANA).get_by_role("button", name="Compartir", exact=True).click()
    assert await sandbox.posted(f"{ANA}/contact") == {}
    await picture(page, "reply-keyboard")
    sandbox.push("keyboard", {"chat_id": ANA, "rows": None})
    await expect(keys).to_be_hidden()


async def test_writing_commands_and_files(desk: Desk, sandbox: FakeSandbox, tmp_path: Path) -> None:
    page = await desk.open()
    composer = phone(page, ANA).locator("[data-composer]")
    await composer.get_by_role("textbox").fill("¿Cuánto debo?")
    await composer.get_by_role("textbox").press("Enter")
    assert await sandbox.posted(f"{ANA}/say") == {"text": "¿Cuánto debo?"}
    await composer.get_by_role("button", name="Ver los comandos").click()
    await phone(page, ANA).get_by_role("button", name="/salir").click()
    assert await sandbox.posted(f"{ANA}/say") == {"text": "/salir"}
    (tmp_path / "cedula.txt").write_text("hola")
    await composer.locator("input[type=file]").set_input_files(tmp_path / "cedula.txt")
    assert await sandbox.posted(f"{ANA}/upload") == "cedula.txt"
    await phone(page, STAFF).get_by_role("button", name="Iniciar").click()
    assert await sandbox.posted(f"{STAFF}/say") == {"text": "/start"}


async def test_blocking_and_unblocking(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    await phone(page, ANA).get_by_label("Opciones del chat").click()
    await phone(page, ANA).get_by_role("button", name="Bloquear el bot").click()
    assert await sandbox.posted(f"{ANA}/block") == {"blocked": True}
    sandbox.push("blocked", {"chat_id": ANA, "blocked": True})
    await expect(phone(page, ANA).locator("[data-composer]")).to_be_hidden()
    await phone(page, ANA).get_by_role("button", name="Desbloquear el bot").click()
    assert await sandbox.posted(f"{ANA}/block") == {"blocked": False}


async def test_what_the_bot_is_doing(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    doing = phone(page, ANA).locator("[data-doing]")
    sandbox.push("action", {"chat_id": ANA, "action": "upload_document"})
    await expect(doing).to_have_text("enviando documento…")
    sandbox.push("message", msg(ANA, 20, "Listo."))
    await expect(doing).to_have_text("bot")


async def test_documents_and_pictures_open(desk: Desk) -> None:
    page = await desk.open()
    await phone(page, ANA).locator("[data-file='estado-de-cuenta-2026-03.pdf']").click()
    viewer = page.locator("[data-viewer]")
    await expect(viewer.locator("iframe, .viewer-note")).to_be_visible()
    await expect(viewer.get_by_role("link", name="Descargar")).to_have_count(0)
    await page.wait_for_timeout(600)
    await picture(page, "document")
    await viewer.get_by_role("button", name="Cerrar").click()
    await expect(viewer).to_have_count(0)
    await phone(page, ANA).get_by_role("button", name=re.compile("Ampliar la imagen")).click()
    await expect(viewer.locator("img")).to_be_visible()
    await expect(viewer.get_by_role("link", name="Descargar")).to_have_attribute(
        "download", re.compile(".")
    )
    await page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_an_email_appears_and_opens(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    await expect(page.locator("[data-mail]")).to_have_count(1)
    sandbox.push("mail", sandbox.mail(2, "Su certificado está listo"))
    await expect(page.locator("[data-mail] b")).to_have_text(
        ["Su certificado está listo", "Su código de ingreso"]
    )
    await expect(page.locator(".panel .badge")).to_have_text("2")
    await page.locator("[data-mail='2']").click()
    letter = page.locator("[data-letter='2']")
    await expect(letter).to_contain_text("Vence en 5 minutos.")
    await expect(letter.locator(".mail-code b")).to_have_text("482913")
    await picture(page, "mail")
    await letter.locator("[data-file='certificado.pdf']").click()
    await expect(page.locator("[data-viewer] iframe, .viewer-note")).to_be_visible()
