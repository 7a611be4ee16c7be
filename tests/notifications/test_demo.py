"""The demo's own program and whoever tries the push API with the key that the demo shows."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from bot.demo import Demo, start_demo
from domain.clock import SystemClock, local_date
from storage.demo.people import showcase


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with await start_demo(tmp_path, port=0) as started:
        serving = asyncio.create_task(started.serve())
        yield started
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@pytest.mark.timeout(120)
async def test_the_form_and_the_key_that_is_shown_reach_the_push_api(demo, capsys):
    member = showcase(local_date(SystemClock().now()))[0].number
    said = {"member_number": member, "category": "operation", "text": "Su pago llegó"}
    shown = ""
    while "coopbot_" not in shown:
        await asyncio.sleep(0.1)
        shown += capsys.readouterr().out
    root, key = re.findall(r"http://[\d.:]+(?=/docs)|coopbot_\S+", shown)
    async with httpx.AsyncClient(base_url=root, timeout=30) as http:
        head = {"Authorization": f"Bearer {key}", "Idempotency-Key": "first"}
        body = said | {"external_id": "mine"}
        own = await http.post("/v1/notifications", json=body, headers=head)
    assert own.status_code == 202, own.text
    async with httpx.AsyncClient(base_url=demo.address, timeout=30) as page:
        form = await page.post("/api/push", json=said)
    assert form.json()["status"] == 202, form.text
