"""The chat page in a real browser, against a small server that keeps its contract
(`bot/sandbox/page_api.py`) with canned people and messages."""

import asyncio
import json
import re
import shutil
import time
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
from aiohttp import web
from fpdf import FPDF
from playwright.async_api import Browser, Page, async_playwright, expect
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

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
PICTURES = Path(__file__).parents[2] / "test-artifacts"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
ANA, LUIS, STAFF = 5001, 5002, 9001
NOW = int(time.time())

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium installed")


def msg(chat: int, number: int, text: str | None, **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"message_id": number, "date": NOW - 900 + number, "out": False}
    return (
        base | {"chat": {"id": chat, "type": "private"}} | ({"text": text} if text else {}) | more
    )


def entity(text: str, part: str, kind: str, **more: Any) -> dict[str, Any]:
    """An entity over `part`, counted in UTF-16 units as Telegram does."""

    def units(words: str) -> int:
        return len(words.encode("utf-16-le")) // 2

    return {"type": kind, "offset": units(text[: text.index(part)]), "length": units(part)} | more


def inline(*rows: tuple[str, ...]) -> dict[str, Any]:
    keys = [[{"text": label, "callback_data": "x"} for label in row] for row in rows]
    return {"reply_markup": {"inline_keyboard": keys}}


KEYPAD = inline(
    ("7", "2", "9"), ("1", "5", "0"), ("8", "3", "6"), ("4", "Borrar"), ("Cancelar", "Entrar")
)
MENU = inline(
    ("Estado de cuenta",),
    ("Simular un CDAT", "Simular un crédito"),
    ("Certificados", "Mis datos"),
    ("Salir",),
)
RICH = (
    "👋 Buenos días, Ana María. Su último ingreso fue el 5 de marzo de 2026 a las 8:05 a. m. "
    "Aportes: $ 1.234.567, antes $ 1.200.000. Clave oculta. Más en coopdemo.example. "
    "Recuerde: nunca le pediremos su clave."
)
RICH_ENTITIES = [
    entity(RICH, "Ana María", "bold"),
    entity(RICH, "5 de marzo de 2026 a las 8:05 a. m.", "italic"),
    entity(RICH, "$ 1.234.567", "code"),
    entity(RICH, "$ 1.200.000", "strikethrough"),
    entity(RICH, "Clave oculta", "spoiler"),
    entity(RICH, "coopdemo.example", "text_link", url="https://coopdemo.example/"),
    entity(RICH, "Recuerde: nunca le pediremos su clave.", "blockquote"),
    entity(RICH, "nunca", "underline"),
]
HOSTILE = "<img src=x onerror=\"document.title='roto'\"><b>hola</b> <script>alert(1)</script>"
CHART = """<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">
<rect width="640" height="360" fill="#f7f3ea"/><g fill="#0b6e63"><rect x="80" y="190" width="90"
height="120"/><rect x="210" y="140" width="90" height="170"/><rect x="340" y="110" width="90"
height="200"/><rect x="470" y="60" width="90" height="250"/></g></svg>"""


def statement() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=18)
    pdf.cell(text="Cooperativa de demostración: estado de cuenta")
    return bytes(pdf.output())


def conversation() -> list[dict[str, Any]]:
    yesterday = {"date": NOW - 86_400}
    document = {
        "file_id": "doc1",
        "file_name": "estado-de-cuenta-2026-03.pdf",
        "file_size": 48_213,
        "mime_type": "application/pdf",
    }
    photo = [{"file_id": "pic1", "width": 640, "height": 360}]
    return [
        msg(
            ANA,
            1,
            "/start",
            out=True,
            **yesterday,
            entities=[entity("/start", "/start", "bot_command")],
        ),
        msg(ANA, 2, "Bienvenida a la oficina virtual.", **yesterday),
        msg(ANA, 3, "Buenos días, quiero mi estado de cuenta", out=True),
        msg(ANA, 4, RICH, entities=RICH_ENTITIES, has_protected_content=True),
        msg(ANA, 5, None, photo=photo, caption="Sus ahorros, trimestre a trimestre"),
        msg(ANA, 6, None, document=document, has_protected_content=True),
        msg(ANA, 7, "¿En qué le podemos ayudar?", **MENU),
        msg(LUIS, 1, "Escriba su clave con el teclado:\n● ● ● ○", **KEYPAD),
    ]


class FakeSandbox:
    """Answers what the page asks, keeps what it posts, and pushes what a test says."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, Any]] = []
        self.lines: list[asyncio.Queue[str | None]] = []
        self.url = ""
        self.refuses = False
        self.state: dict[str, Any] = {
            "bot": {"id": 1, "first_name": "Cooperativa Demo", "username": "coopdemo_bot"},
            "phones": [
                {
                    "user_id": ANA,
                    "name": "Ana María Rojas",
                    "role": "Asociada",
                    "about": "Al día, con ahorros",
                },
                {
                    "user_id": LUIS,
                    "name": "Luis Pardo",
                    "role": "Asociado",
                    "about": "Entra por primera vez",
                },
                {
                    "user_id": STAFF,
                    "name": "Marta Gil",
                    "role": "Empleada",
                    "about": "Aprueba cambios",
                },
            ],
            "who": [
                {
                    "name": name,
                    "document_type": "CC",
                    "document": document,
                    "first_key": "19850412",
                    "email": f"persona{document[-3:]}@correo.example",
                    "state": state,
                }
                for name, document, state in (
                    ("Ana María Rojas", "52123456", "Activa"),
                    ("Luis Pardo", "1020345678", "Activo, sin clave"),
                    ("Rosa Núñez", "41777888", "Retirada"),
                )
            ],
            "messages": {str(ANA): [m for m in conversation() if m["chat"]["id"] == ANA]},
            "reply_keyboards": {},
            "blocked": [],
            "mail": [self.mail(1, "Su código de ingreso")],
            "push": {
                "categories": [{"value": "operation", "label": "Pagos y movimientos"}],
                "buttons": [{"value": "credits", "label": "Ver mis créditos"}],
            },
        }
        self.state["messages"][str(LUIS)] = [m for m in conversation() if m["chat"]["id"] == LUIS]

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


@pytest.fixture
async def desk(browser: Browser, sandbox: FakeSandbox) -> AsyncIterator[Desk]:
    opened = Desk(browser, sandbox.url)
    yield opened
    assert opened.complaints == []


def phone(page: Page, user_id: int) -> Any:
    return page.locator(f"[data-phone='{user_id}']")


async def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    await page.wait_for_timeout(350)
    await page.screenshot(path=PICTURES / f"page-{name}.png")


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
