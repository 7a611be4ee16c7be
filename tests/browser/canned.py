"""People and messages that the page is shown."""

import time
from typing import Any

from fpdf import FPDF

ANA, LUIS, STAFF = 5001, 5002, 9001


NOW = int(time.time())


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


PHONES = [
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
]
WHO = [
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
]


def _said_to(number: int) -> list[dict[str, Any]]:
    return [m for m in conversation() if m["chat"]["id"] == number]


def first_state() -> dict[str, Any]:
    """What the page reads first, without the e-mails."""
    return {
        "bot": {"id": 1, "first_name": "Cooperativa Demo", "username": "coopdemo_bot"},
        "phones": PHONES,
        "who": WHO,
        "messages": {str(n): _said_to(n) for n in (ANA, LUIS)},
        "reply_keyboards": {},
        "blocked": [],
        "push": {
            "categories": [{"value": "operation", "label": "Pagos y movimientos"}],
            "buttons": [{"value": "credits", "label": "Ver mis créditos"}],
        },
    }
