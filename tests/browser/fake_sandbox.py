"""A small server that keeps the contract of `bot/sandbox/page_api.py`, and the page open at it."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, Page, expect

from tests.browser.canned import (
    CHART,
    NOW,
    first_state,
    statement,
)

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"


PICTURES = Path(__file__).parents[2] / "test-artifacts"


CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"


class FakeSandbox:
    """Answers what the page asks, keeps what it posts, and pushes what a test says."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, Any]] = []
        self.lines: list[asyncio.Queue[str | None]] = []
        self.url = ""
        self.refuses = False
        mail = [self.mail(1, "Su código de ingreso")]
        self.state: dict[str, Any] = first_state() | {"mail": mail}

    def mail(self, number: int, subject: str) -> dict[str, Any]:
        return {
            "id": number,
            "from": "oficina@coopdemo.example",
            "to": ["ana@correo.example"],
            "subject": subject,
            "text": "Buenos días, Ana María:\n\nSu código es 482913. Vence en 5 minutos.",
            "html": None,
            "date": NOW,
            "attachments": [
                {
                    "name": "certificado.pdf",
                    "mime_type": "application/pdf",
                    "size": 1_800,
                    "url": "/api/files/doc1",
                }
            ],
        }

    def push(self, name: str, payload: Any) -> None:
        for line in self.lines:
            line.put_nowait(f"event: {name}\ndata: {json.dumps(payload)}\n\n")

    def hang_up(self) -> None:
        for line in self.lines:
            line.put_nowait(None)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[strict])
        app.router.add_get("/", self.index)
        app.router.add_get("/api/state", self.answer_state)
        app.router.add_get("/api/events", self.events)
        app.router.add_get("/api/files/{id}", self.file)
        app.router.add_post(r"/api/chats/{chat:\d+}/{action}", self.act)
        app.router.add_static("/static", PAGE)
        return app

    async def index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def answer_state(self, _: web.Request) -> web.Response:
        return web.json_response(self.state)

    async def events(self, request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        line: asyncio.Queue[str | None] = asyncio.Queue()
        self.lines.append(line)
        await stream.write(b"retry: 100\nevent: hello\ndata: {}\n\n")
        while (chunk := await line.get()) is not None:
            await stream.write(chunk.encode())
        self.lines.remove(line)
        return stream

    async def file(self, request: web.Request) -> web.Response:
        if request.match_info["id"] == "doc1":
            return web.Response(body=statement(), content_type="application/pdf")
        return web.Response(text=CHART, content_type="image/svg+xml")

    async def act(self, request: web.Request) -> web.Response:
        if self.refuses:
            return web.json_response({"error": "no"}, status=409)
        path = "{chat}/{action}".format(**request.match_info)
        if request.content_type == "application/json":
            self.posts.append((path, await request.json()))
        else:
            form = await request.post()
            upload = form["file"]
            assert isinstance(upload, web.FileField)
            self.posts.append((path, upload.filename))
        return web.json_response({"update_id": len(self.posts)})

    async def posted(self, path: str) -> Any:
        """The body of the next post to `path`, waiting a little for it."""
        for _ in range(100):
            for index, (where, body) in enumerate(self.posts):
                if where == path:
                    del self.posts[index]
                    return body
            await asyncio.sleep(0.02)
        raise AssertionError(f"no post to {path}; only {self.posts}")


@web.middleware
async def strict(request: web.Request, handler: Any) -> web.StreamResponse:
    response = await handler(request)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = CSP
    return response


class Desk:
    """Opens the page and remembers everything the browser complained about."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.complaints: list[str] = []

    async def open(self, query: str = "", **context: Any) -> Page:
        settings = {"viewport": {"width": 1600, "height": 900}, "locale": "es-CO"} | context
        page = await (await self.browser.new_context(**settings)).new_page()
        page.on("console", lambda line: self.complaints.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(self.url + query)
        await expect(page.locator("[data-phone]").first).to_be_attached()
        return page


def phone(page: Page, user_id: int) -> Any:
    return page.locator(f"[data-phone='{user_id}']")


async def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    await page.wait_for_timeout(350)
    await page.screenshot(path=PICTURES / f"page-{name}.png")
