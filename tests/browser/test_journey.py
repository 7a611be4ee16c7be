"""A member's first entry in the demo's chat page, in Chromium, up to the printed statement."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import Demo, start_demo
from domain.clock import SystemClock, local_date
from handlers.kit import texts
from storage.demo.people import Person, showcase
from tests.browser.fake_sandbox import CHROMIUM, PICTURES

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium installed"),
    pytest.mark.timeout(240),
]
PIN = "4917"


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with await start_demo(tmp_path, port=0) as started:
        serving = asyncio.create_task(started.serve())
        yield started
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@pytest.fixture
def member() -> Person:
    return showcase(local_date(SystemClock().now()))[0]


class PhoneOnPage:
    """One phone of the chat page, used with the mouse and the keyboard."""

    def __init__(self, page: Page, user_id: int) -> None:
        self.page = page
        self.phone = page.locator(f'[data-phone="{user_id}"]')

    @property
    def newest(self) -> Locator:
        return self.phone.locator(".bubble").last

    def button(self, label: str) -> Locator:
        return self.phone.locator("[data-inline]").filter(has_text=label).last

    async def shows(self, words: str) -> None:
        await expect(self.newest).to_contain_text(words, timeout=20_000)

    async def press(self, digits: str, submit: str) -> None:
        for count, digit in enumerate(digits, start=1):
            key = self.phone.locator("[data-inline]").get_by_text(digit, exact=True)
            await key.click()
            await self.shows(" ".join("●" * count))
        await self.button(submit).click()

    async def say(self, words: str) -> None:
        box = self.phone.locator("[data-composer] textarea")
        await box.fill(words)
        await box.press("Enter")

    async def look_at_paper(self, picture: str) -> None:
        """Open the newest paper, and take its picture."""
        card = self.phone.locator("[data-file]").last
        await expect(card).to_be_visible(timeout=30_000)
        await card.click()
        await expect(self.page.locator("[data-viewer]")).to_be_visible()
        await self.page.wait_for_timeout(2_000)  # the browser draws the paper in its own time
        await self.page.screenshot(path=PICTURES / f"{picture}.png")

    async def pass_robot(self) -> None:
        await self.shows("Toque el dibujo")
        asked = re.search(r"Toque el dibujo (.+)\.", await self.newest.inner_text())
        assert asked
        names = {
            texts.plain(key): key.removesuffix("name") + "face"
            for key in texts.catalog()
            if key.startswith("entry.picture.") and key.endswith(".name")
        }
        await self.button(texts.plain(names[asked[1]])).click()


async def enter(phone: PhoneOnPage, demo: Demo, member: Person) -> None:
    await phone.phone.get_by_text("Iniciar", exact=True).click()
    await phone.shows("oficina virtual")
    await phone.button("Entrar").click()
    await phone.button("Sí, autorizo").click()
    await phone.button("Cédula de ciudadanía").click()
    await phone.shows("Escriba el número")
    await phone.say(member.document)
    await phone.shows("Su PIN")
    await phone.page.screenshot(path=PICTURES / "journey-keypad.png")
    await phone.press(member.first_key, "Entrar")
    await phone.pass_robot()
    await phone.shows("Revise su correo")
    letter = await demo.sandbox.mailbox.wait_for(member.email or "")
    code = re.search(r"\b\d{6}\b", letter.text)
    assert code
    await phone.say(code[0])
    await phone.shows("Escoja su PIN")
    await phone.press(PIN, "Seguir")
    await phone.shows("Repita su PIN")
    await phone.press(PIN, "Seguir")


async def test_a_first_entry_and_the_statement_opened(
    browser: Browser, demo: Demo, member: Person
) -> None:
    PICTURES.mkdir(exist_ok=True)
    page = await browser.new_page(viewport={"width": 1600, "height": 950})
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    await page.goto(demo.address)
    phone = PhoneOnPage(page, 1001)
    await enter(phone, demo, member)
    await phone.shows(f"Hola, {member.first_names.split()[0]}")
    await phone.button("Mi estado de cuenta").click()
    await phone.shows("Lo que tiene")
    await page.screenshot(path=PICTURES / "journey-statement.png")
    await phone.button("Ver gráfica").click()
    await expect(phone.phone.locator(".bubble img")).to_be_visible(timeout=30_000)
    await page.screenshot(path=PICTURES / "journey-chart.png")
    await phone.button("Imprimir").click()
    await phone.button("Todo el año").click()
    await phone.look_at_paper("journey-pdf")
    await page.keyboard.press("Escape")
    await phone.say("/salir")
    await phone.shows("oficina virtual")
    await expect(phone.phone.locator("[data-file]")).to_have_count(0)
    assert not await phone.phone.locator(".bubble").filter(has_text="$").count()
    await page.screenshot(path=PICTURES / "journey-left.png")
    assert complaints == []


async def test_the_same_at_phone_width(browser: Browser, demo: Demo, member: Person) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844}, is_mobile=True)
    await page.goto(f"{demo.address}/?solo=1001")
    phone = PhoneOnPage(page, 1001)
    await enter(phone, demo, member)
    await phone.shows("Hola")
    await phone.button("Mi estado de cuenta").click()
    await phone.shows("Lo que tiene")
    await page.screenshot(path=PICTURES / "journey-phone-width.png")
    wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide


async def test_an_employee_enters_with_the_code_on_the_page(browser: Browser, demo: Demo) -> None:
    PICTURES.mkdir(exist_ok=True)
    page = await browser.new_page(viewport={"width": 2200, "height": 950})
    await page.goto(demo.address)
    await page.locator('[data-person="Elena Prueba"]').screenshot(path=PICTURES / "staff-who.png")
    elena = PhoneOnPage(page, 2001)
    await elena.phone.get_by_text("Iniciar", exact=True).click()
    await elena.button("Entrar como empleado").click()
    await elena.shows("los 6 números")
    shown = page.locator('[data-person="Elena Prueba"] [data-app-code]')
    await expect(shown).to_have_text(re.compile(r"\d{6}"))
    await elena.say(await shown.inner_text())
    await elena.shows("¿Qué va a hacer?")
    await page.screenshot(path=PICTURES / "staff-home.png")
    await elena.say("tiza")
    await elena.shows("Tiza Pizarra")
    await elena.button("Tiza Pizarra").click()
    await elena.shows("Cómo entra")
    await page.screenshot(path=PICTURES / "staff-file.png")
    await elena.button("Desbloquear").click()
    await elena.button("Vino a la oficina").click()
    await elena.shows("puede intentar otra vez")
    await elena.say("/salir")
    await elena.shows("oficina virtual")
    gone = elena.phone.locator(".bubble").filter(has_text="Tiza Pizarra")
    await expect(gone).to_have_count(0, timeout=20_000)
