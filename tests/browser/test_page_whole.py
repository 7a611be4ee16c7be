"""A whole chat in the page, against the real sandbox."""

from email.message import EmailMessage
from typing import Any

import aiosmtplib
import pytest
from playwright.async_api import Browser, Page, expect
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)

from bot.sandbox.people import PhoneCard, Who
from bot.sandbox.sandbox import Sandbox
from tests.browser.canned import ANA, statement
from tests.browser.fake_sandbox import CHROMIUM, Desk, phone, picture

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium installed")


async def heard(bot: Bot, after: Update | None = None) -> Update:
    """The next update the bot gets; asking for it confirms the one before."""
    offset = after.update_id + 1 if after else None
    [update] = await bot.get_updates(offset=offset, timeout=5)
    return update


async def test_a_whole_chat_against_the_real_sandbox(browser: Browser) -> None:
    async with Sandbox() as real:
        ana = PhoneCard(ANA, "Ana María Rojas", "member", "Al día", phone_number="573001112233")
        who = Who("Ana María Rojas", "CC", "52123456", "19850412", "ana@correo.example", "Activa")
        real.introduce([ana], [who])
        desk = Desk(browser, f"{real.api_url}/")
        page = await desk.open()
        here = phone(page, ANA)
        async with Bot(real.token, base_url=f"{real.api_url}/bot") as bot:
            await enter(bot, here)
            await exchange_documents(bot, page)
        await real_mail(real, page)
        await picture(page, "real")
        assert desk.complaints == []


async def enter(bot: Bot, here: Any) -> None:
    """Start, a tap that edits and answers, a reply keyboard with the contact."""
    await here.get_by_role("button", name="Iniciar").click()
    update = await heard(bot)
    assert update.message
    assert update.message.text == "/start"
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Entrar", callback_data="go")]])
    menu = await bot.send_message(
        ANA, "Hola, <b>Ana</b> 👋", parse_mode="HTML", reply_markup=keys, protect_content=True
    )
    bubble = here.locator(f"[data-message='{menu.message_id}']")
    await expect(bubble.locator("b")).to_have_text("Ana")
    button = bubble.get_by_role("button", name="Entrar")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    update = await heard(bot, update)
    assert update.callback_query
    await bot.answer_callback_query(update.callback_query.id, "Un momento")
    await expect(here.locator("[data-toast]")).to_have_text("Un momento")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await bot.edit_message_text("Elija", ANA, menu.message_id)
    await expect(bubble.locator(".words")).to_contain_text("Elija")
    share = KeyboardButton("Compartir mi número", request_contact=True)
    await bot.send_message(ANA, "¿Su número?", reply_markup=ReplyKeyboardMarkup([[share]]))
    await here.get_by_role("button", name="Compartir mi número").click()
    await here.get_by_role("button", name="Compartir", exact=True).click()
    update = await heard(bot, update)
    assert update.message
    assert update.message.contact
    await expect(here.locator(".contact-card")).to_contain_text("573001112233")
    await bot.send_message(ANA, "Gracias.", reply_markup=ReplyKeyboardRemove())
    await expect(here.locator("[data-reply-keyboard]")).to_be_hidden()
    await bot.delete_message(ANA, menu.message_id)
    await expect(bubble).to_have_count(0)


async def exchange_documents(bot: Bot, page: Page) -> None:
    here = phone(page, ANA)
    await bot.send_chat_action(ANA, "upload_document")
    await expect(here.locator("[data-doing]")).to_have_text("enviando documento…")
    await bot.send_document(ANA, statement(), filename="estado.pdf", caption="Su estado de cuenta")
    await here.locator("[data-file='estado.pdf']").click()
    await expect(page.locator("[data-viewer] iframe, .viewer-note")).to_be_visible()
    await page.get_by_role("button", name="Cerrar").click()
    upload = {"name": "cedula.txt", "mimeType": "text/plain", "buffer": b"hola"}
    await here.locator("input[type=file]").set_input_files(upload)
    await expect(here.locator("[data-file='cedula.txt']")).to_be_visible()


async def real_mail(real: Sandbox, page: Page) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"] = "oficina@coopdemo.example", "ana@correo.example"
    letter["Subject"] = "Su código de ingreso"
    letter.set_content("Su código es 482913.")
    await aiosmtplib.send(letter, hostname="127.0.0.1", port=real.mailbox.port)
    await page.locator("[data-mail]").click()
    await expect(page.locator(".mail-code b")).to_have_text("482913")
