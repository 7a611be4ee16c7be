"""A browser, and the page open in it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Browser, async_playwright

from tests.browser.fake_sandbox import CHROMIUM, Desk, FakeSandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[FakeSandbox]:
    fake = FakeSandbox()
    runner = web.AppRunner(fake.app(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield fake
    fake.hang_up()
    await runner.cleanup()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM)
        yield running
        await running.close()


@pytest.fixture
async def desk(browser: Browser, sandbox: FakeSandbox) -> AsyncIterator[Desk]:
    opened = Desk(browser, sandbox.url)
    yield opened
    assert opened.complaints == []
