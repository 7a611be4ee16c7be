"""A certificate asked for in the demo, and its check on a phone whose browser runs no script."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo import Demo
from storage.demo.people import Person
from tests.browser.fake_sandbox import PICTURES
from tests.browser.test_journey import PhoneOnPage, demo, enter, member, pytestmark

__all__ = ["demo", "member", "pytestmark"]
from tests.documents.reading import text

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
KIND, NAME = "Para la declaración de renta", "certificado-renta-2025.pdf"


@pytest.fixture
async def scriptless(browser: Browser) -> AsyncIterator[Page]:
    """A telephone that runs no script."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, java_script_enabled=False
    )
    yield await context.new_page()
    await context.close()


async def test_a_certificate_from_the_chat_to_whoever_checks_it(
    browser: Browser, scriptless: Page, demo: Demo, member: Person
) -> None:
    PICTURES.mkdir(exist_ok=True)
    code = CODE.search(await asked_for(browser, demo, member))
    assert code
    await looks_right(scriptless, demo, "certificate-form", "/v")
    await scriptless.get_by_label("Código").fill(code[0].lower())
    await scriptless.get_by_role("button").click()
    await expect(scriptless.locator("h1")).to_contain_text("Certificado válido")
    await looks_right(scriptless, demo, "certificate-valid", f"/v/{code[0]}")
    said = await scriptless.locator("main").inner_text()
    assert member.document not in said.replace(".", "")
    assert member.document[-3:] in said
    await looks_right(scriptless, demo, "certificate-unknown", f"/v/{code[0][:-4]}0000")
    assert "válido" not in await scriptless.locator("h1").inner_text()


async def asked_for(browser: Browser, demo: Demo, member: Person) -> str:
    """Ask for it in the chat page; what the paper says."""
    page = await browser.new_page(viewport={"width": 1600, "height": 950})
    await page.goto(demo.address)
    phone = PhoneOnPage(page, 1001)
    await enter(phone, demo, member)
    await phone.shows("Hola")
    await phone.button("Certificados").click()
    await phone.shows("¿Cuál necesita?")
    await page.screenshot(path=PICTURES / "certificates-kinds.png")
    await phone.button(KIND).click()
    await phone.shows("¿De qué año?")
    await phone.button("2025").click()
    await expect(phone.button("Recibirlo aquí")).to_be_visible(timeout=20_000)
    await page.screenshot(path=PICTURES / "certificates-offer.png")
    await phone.button("Recibirlo aquí").click()
    await phone.look_at_paper("certificates-pdf")
    (paper,) = demo.sandbox.phone(1001, "").documents
    assert paper.name == NAME
    return text(paper.content)


async def looks_right(page: Page, demo: Demo, name: str, path: str) -> None:
    """It fits a telephone's width, in letters and buttons that can be read and hit."""
    await page.goto(f"{demo.settings.public_url}{path}")
    await page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    for part in ("body", "main", "section", "input", "button"):
        for box in [await each.bounding_box() for each in await page.locator(part).all()]:
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
    button = await page.get_by_role("button").bounding_box()
    assert button
    assert button["height"] >= 44
