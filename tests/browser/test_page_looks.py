"""How the page looks and keeps up: narrow, large letters, both lights, people who come later."""

import pytest
from playwright.async_api import expect

from tests.browser.canned import ANA, LUIS, msg
from tests.browser.fake_sandbox import CHROMIUM, Desk, FakeSandbox, phone, picture

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium installed")


async def test_who_is_who_can_be_copied(desk: Desk) -> None:
    page = await desk.open(permissions=["clipboard-read", "clipboard-write"])
    person = page.locator("[data-person='1020345678']")
    await person.get_by_role("button", name="Copiar primera clave").click()
    await expect(person.get_by_role("button", name="Copiado")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "19850412"


async def test_a_phone_wide_screen_is_usable(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open(viewport={"width": 390, "height": 844}, has_touch=True)
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await expect(phone(page, ANA)).to_be_visible()
    await expect(phone(page, LUIS)).to_be_hidden()
    await picture(page, "phone-chat")
    sandbox.push("message", msg(LUIS, 2, "Su clave quedó guardada."))
    tab = page.get_by_role("button", name="Teléfono de Luis Pardo")
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.tap()
    await expect(phone(page, LUIS)).to_be_visible()
    await expect(phone(page, ANA)).to_be_hidden()
    await expect(tab.locator(".badge")).to_be_hidden()
    await picture(page, "phone-keypad")
    for name, view in (("Correo saliente de la cooperativa", "mail"), ("Quién es quién", "who")):
        await page.get_by_role("navigation").get_by_role("button", name=name).tap()
        await expect(page.locator(f"[data-view='{view}']")).to_be_visible()
        await picture(page, f"phone-{view}")
        assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_nothing_is_written_small(desk: Desk) -> None:
    page = await desk.open()
    size = "(nodes) => nodes.map((node) => parseFloat(getComputedStyle(node).fontSize))"
    assert min(await page.locator("body *").evaluate_all(size)) >= 16


async def test_a_reader_of_old_messages_is_not_pulled_down(
    desk: Desk, sandbox: FakeSandbox
) -> None:
    page = await desk.open()
    log = phone(page, ANA).locator(".log")
    await expect(phone(page, ANA).locator("[data-message='7']")).to_be_in_viewport()
    await log.evaluate("(node) => { node.scrollTop = 0; }")
    newest = phone(page, ANA).get_by_role("button", name="Ir al mensaje más reciente")
    await expect(newest).to_be_visible()
    sandbox.push("message", msg(ANA, 20, "Tiene un mensaje nuevo."))
    await expect(newest).to_contain_text("1")
    assert await log.evaluate("(node) => node.scrollTop") == 0
    await newest.click()
    await expect(phone(page, ANA).locator("[data-message='20']")).to_be_in_viewport()
    await expect(newest).to_be_hidden()


async def test_a_new_connection_reads_the_state_again(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    menu = phone(page, ANA).locator("[data-message='7']")
    await expect(menu).to_be_visible()
    missed = sandbox.state["messages"][str(ANA)]
    missed[-1] = msg(ANA, 8, "Esto llegó mientras no había conexión.")
    sandbox.hang_up()
    await expect(phone(page, ANA).locator("[data-message='8']")).to_be_visible()
    await expect(menu).to_have_count(0)
    await expect(page.locator(".offline")).to_be_hidden()


async def test_people_who_come_later_get_a_phone(desk: Desk, sandbox: FakeSandbox) -> None:
    page = await desk.open()
    carlos = {"user_id": 5003, "name": "Carlos Mora", "role": "Asociado", "about": "Con mora"}
    sandbox.push("phones", {"phones": [*sandbox.state["phones"], carlos], "who": []})
    await expect(phone(page, 5003)).to_be_visible()
    await expect(page.locator("[data-person]")).to_have_count(0)


async def test_one_phone_alone(desk: Desk) -> None:
    page = await desk.open(f"?solo={LUIS}", viewport={"width": 430, "height": 844})
    await expect(phone(page, LUIS)).to_be_visible()
    await expect(page.locator("[data-phone]")).to_have_count(1)
    await expect(page.locator("aside")).to_be_hidden()
    await picture(page, "solo")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_desk_in_both_lights(desk: Desk, sandbox: FakeSandbox, scheme: str) -> None:
    page = await desk.open(color_scheme=scheme)
    sandbox.push("action", {"chat_id": LUIS, "action": "typing"})
    await expect(page.locator("[data-phone]")).to_have_count(3)
    await picture(page, f"desk-{scheme}")
    await phone(page, ANA).locator(".log").evaluate("(node) => { node.scrollTop = 0; }")
    await picture(page, f"desk-{scheme}-top")
