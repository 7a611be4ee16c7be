"""The menu and the words that members type."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.conversation import Visit
from handlers.kit.membership import session_of
from handlers.menu import Choose
from handlers.understand import FUNCTIONS, LOST, understand
from storage.schema import session
from tests.handlers.reading import Reader, said

PHRASES = {
    "credits": [
        "¿Cuánto debo?",
        "cuanto devo",
        "kuanto debo",
        "CUANTO DEBO",
        "cuánto tengo que pagar",
        "cuando tengo que pagar",
        "mis creditos",
        "quiero ver mi crédito",
        "mi prestamo",
        "las deudas",
        "próxima cuota",
        "¿estoy en mora?",
        "Buenas tardes señorita, ¿me puede decir cuánto debo del crédito, por favor?",
    ],
    "savings": [
        "mis ahorros",
        "aorros",
        "mi CDAT",
        "cdt",
        "cuanto tengo ahorrado",
        "los intereses",
    ],
    "contributions": ["aportes", "aprotes", "mis aportes sociales", "cuanto tengo en aportes"],
    "statement": [
        "¿cuánto tengo?",
        "extracto",
        "estracto",
        "estrato",
        "estado de cuenta",
        "mi saldo",
        "los saldos por favor",
    ],
    "movements": ["movimientos", "mobimientos", "ver movimiento", "mis consignaciones"],
    "print": ["imprimir", "inprimir", "imprimir el extracto", "mándeme el pdf", "descargar"],
    "help": ["ayuda", "tengo una duda", "¿a qué hora abren?", "el teléfono", "no entiendo"],
    "menu": ["menú", "hola", "buenos días", "volver", "inicio"],
    "thanks": ["gracias", "muchas gracias", "muy amable"],
    "leave": ["salir", "SALIR", "chao", "adios", "quiero salir", "hasta luego", "cerrar sesión"],
    "certificates": ["certificado", "sertificado", "los certificados", "una certificación"],
    "withholding": ["retención", "retensión en la fuente", "certificado de retención"],
    "tax_return": [
        "declaración de renta",
        "certificado para declarar renta",
        "certificado de aportes",
        "lo de la DIAN",
    ],
    "good_standing": ["paz y salvo", "un pas y salbo", "certificado de paz y salvo"],
    "membership": ["constancia", "constancia de asociado", "certificado de afiliación"],
    "credit_report": ["extracto de crédito", "extracto del préstamo"],
    "verify": ["verificar", "verificar un certificado", "comprobar certificado"],
    "simulators": ["simular", "simulador", "simulasion", "quiero simular"],
    "credit_simulation": [
        "simular un crédito",
        "simular prestamo",
        "quiero un crédito",
        "nesesito un credito por favor",
        "solicitar un prestamo",
    ],
    "lending": ["¿cuánto me prestan?", "cuanto me pueden prestar", "¿cuánto puedo pedir?"],
    "cdat_simulation": ["abrir un CDAT", "simular cdat", "cuánto da un cdat", "quiero invertir"],
    "profile": ["actualizar mis datos", "cambiar el correo"],
    "forgot": [
        "olvidé mi clave",
        "olvide el pin",
        "se me olvidó la contraseña",
        "se me holvido la clave",
        "no me acuerdo de la clave",
    ],
    "pin": ["cambiar la clave", "canbiar mi pin", "quiero cambiar la contraseña", "clave nueva"],
    "authenticator": ["autenticador", "la app de códigos", "códigos de recuperación"],
    "devices": ["mis dispositivos", "cerrar todas las sesiones", "cambié de celular"],
    "privacy": ["privacidad", "copia de mis datos", "habeas data", "borrar mis datos"],
    "security": ["seguridad", "segurida", "la seguridad de mi cuenta", "quién ha entrado"],
    "robbery": [
        "me robaron el celular",
        "me rrobaron",
        "perdí el teléfono",
        "se me perdió el celular",
        "me hurtaron el celular",
        "alguien entró a mi cuenta",
        "no fui yo",
    ],
    "assistance": [
        "no puedo entrar",
        "estoy bloqueado",
        "no me llega el código",
        "cambié de correo",
    ],
    "later": ["pagar", "quiero pagar la cuota", "retirar plata"],
}
NOT_UNDERSTOOD = [
    "",
    "   ",
    "1234",
    "😀",
    "si",
    "ok",
    "exacto",
    "transporte",
    "el salario",
    "salud",
    "¿quién ganó el partido?",
    "cuando tengo una cita",
    "me quedé en la casa porque hoy no puedo salir",
    "select * from member",
    "x" * 4096,
    "ñandú <b>",
]


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, all_ in PHRASES.items() for words in all_]
)
def test_words_are_understood(name: str, words: str) -> None:
    assert understand(words) is FUNCTIONS[name]


@pytest.mark.parametrize("words", NOT_UNDERSTOOD)
def test_other_words_are_answered_kindly_with_the_menu(words: str) -> None:
    assert understand(words) is LOST


async def test_the_menu_greets_by_name_and_offers_what_works(reader: Reader) -> None:
    await reader.open("menu")
    assert "Hola, María" in reader.text
    assert "Le damos la bienvenida" in reader.text
    assert [label.split(" ", 1)[1] for label in reader.labels] == [
        "Mi estado de cuenta",
        "Imprimir estado de cuenta",
        "Certificados",
        "Simular un crédito",
        "Simular un CDAT",
        "Mis datos",
        "Mis avisos",
        "Seguridad",
        "Ayuda",
        "Salir",
    ]


async def test_the_menu_tells_the_entry_before_this_one(
    reader: Reader, connection: AsyncConnection
) -> None:
    started = datetime(2026, 10, 20, 20, 4, tzinfo=UTC)
    row = {"id": "before", "member_id": 1, "chat_id": 7, "telegram_id": 7, "started_at": started}
    ended = started + timedelta(minutes=5)
    await connection.execute(insert(session), row | {"ended_at": ended})
    await reader.open("menu")
    assert "20 de octubre de 2026 a las 3:04" in reader.text


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Mi estado", ("statement", "summary")),
        ("Imprimir", ("printing", "period")),
        ("Ayuda", ("help", "help")),
    ],
)
async def test_each_button_opens_its_function_and_comes_back(
    reader: Reader, label: str, place: tuple[str, str]
) -> None:
    await reader.open("menu")
    await reader.tap(label)
    assert reader.place == place
    await reader.tap("Volver")
    assert reader.place == ("menu", "menu")


async def test_leaving_says_goodbye(reader: Reader) -> None:
    await reader.open("menu")
    await reader.tap("Salir")
    assert reader.signed_out
    assert "forma segura" in reader.notice


@pytest.mark.parametrize("function", ["later", "thanks", "nothing", ""])
async def test_a_made_up_button_leaves_the_member_at_the_menu(
    reader: Reader, function: str
) -> None:
    await reader.open("menu")
    await reader.send(Choose(function))
    assert reader.place == ("menu", "menu")
    assert not reader.notice


async def test_words_work_from_the_menu(reader: Reader) -> None:
    await reader.open("menu")
    assert "Total que debe: <b>$\N{NO-BREAK SPACE}7.023.456,50</b>" in await reader.say(
        "cuanto devo"
    )
    await reader.say("asdf qwer")
    assert reader.place == ("menu", "menu")
    assert "no le entendí" in reader.notice


async def test_what_does_not_exist_yet_is_not_promised(reader: Reader) -> None:
    await reader.open("statement")
    await reader.say("quiero un auxilio")
    assert reader.place == ("menu", "menu")
    assert "todavía no lo puedo hacer" in reader.notice


async def test_help_says_whom_to_call_and_how_to_stay_safe(reader: Reader) -> None:
    await reader.open("help")
    assert "608 740 0000" in reader.text
    assert "PIN" in reader.text
    assert "cuánto debo" in reader.text
    await reader.say("mis ahorros")
    assert reader.place == ("products", "list")


def test_a_members_flow_without_a_session_is_a_bug(now: datetime) -> None:
    with pytest.raises(RuntimeError):
        session_of(Visit(7, 7, now))


def test_notices_are_short() -> None:
    notices = [o.notice for o in (*FUNCTIONS.values(), LOST)]
    assert all(len(said(notice)) <= 200 for notice in notices)
