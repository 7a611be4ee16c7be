"""A member enters for the first time, reads, prints, leaves, and comes back."""

from tests.journeys.member import PIN


async def test_the_whole_first_entry(phone, world):
    await phone.first_entry()
    assert "Hola, María" in phone.screen
    assert "Mi estado de cuenta" in " ".join(phone.labels)


async def test_the_statement_to_the_centavo_and_its_paper(phone, world):
    await phone.first_entry()
    await phone.tap("Mi estado de cuenta")
    assert "$\N{NO-BREAK SPACE}1.234.567" in phone.screen
    assert "$\N{NO-BREAK SPACE}50.000,50" in phone.screen
    await phone.tap("Imprimir")
    await phone.tap("Todo el año")
    await world.deliver()
    paper = phone.phone.documents[-1]
    assert paper.content.startswith(b"%PDF")
    assert paper.name.startswith("estado-de-cuenta-2026")


async def test_leaving_and_coming_back_with_the_new_pin(phone, world):
    await phone.first_entry()
    await phone.tap("Mi estado de cuenta")
    await phone.say("/salir")
    assert not [m for m in phone.phone.messages if "$" in m.get("text", "")]
    world.clock.forward(hours=2)
    await phone.enter(PIN)
    assert "Su entrada anterior fue el" in phone.screen


async def test_a_typed_code_leaves_the_chat(phone, world):
    await phone.first_entry()
    typed = [m["text"] for m in phone.phone.messages if m["out"]]
    assert all(text.startswith("/") for text in typed), typed


async def test_in_the_bound_chat_a_wrong_pin_is_told_at_once(phone, world):
    await phone.first_entry()
    await phone.say("/salir")
    await phone.authorise()
    await phone.give_document()
    await phone.press("1397")
    assert "Ese PIN no es correcto" in phone.screen
    await phone.press(PIN)
    await phone.pass_robot()
    assert "m•••@c•••.example" in phone.screen
    await world.post()
    await phone.say(phone.code())
    assert "Hola, María" in phone.screen


async def test_in_a_new_chat_a_wrong_pin_is_told_to_the_owner_only(phone, world):
    await phone.first_entry()
    stranger = world.member(99)
    await stranger.up_to_code("1397")
    assert "Revise su correo" in stranger.screen
    assert "@" not in stranger.screen
    assert "PIN equivocado" in world.mails()[-1].subject
    await stranger.say("123456")
    assert "No pudimos comprobar sus datos" in stranger.screen
    await phone.tap("Mi estado de cuenta")
    assert "Su estado de cuenta" in phone.screen


async def test_another_telegram_account_takes_the_session_over(phone, world):
    await phone.first_entry()
    world.clock.forward(minutes=1)
    other = world.member(8)
    await other.up_to_code(PIN)
    await other.say(other.code())
    assert "Hola, María" in other.screen
    await phone.tap("Mi estado de cuenta")
    assert "$" not in phone.screen


async def test_the_menu_understands_words(phone):
    await phone.first_entry()
    await phone.say("¿cuánto debo?")
    assert "No tiene créditos" in phone.screen
    await phone.say("mis aportes")
    assert "1.234.567" in phone.screen
    await phone.tap("Menú")
    assert "Hola, María" in phone.screen
