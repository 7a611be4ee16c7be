"""At every limit a member's document is answered like nobody's."""

import pytest

from domain.access.seals import Seal
from storage.schema import entry_attempt
from tests.access.plain_pins import PlainPins
from tests.access.test_enumeration import WRONG, listen, same_nonces, walk
from tests.access.world import PIN, World

__all__ = ["same_nonces"]


async def beyond_the_lock(world: World, number: str, first_account: int) -> list[str]:
    """Seven wrong PINs from as many accounts: every screen."""
    shown: list[str] = []
    for account in range(first_account, first_account + 7):
        shown += await walk(world, account, number, WRONG)
        world.clock.forward(hours=1)
    return shown


async def test_a_locked_document_looks_like_an_unknown_one(world: World) -> None:
    world.pins = PlainPins()
    world.with_policies(wrong_codes_per_day=100)
    await world.enrol()
    heard = listen(world)
    existing = await beyond_the_lock(world, "40123123", 100)
    statements = list(heard)
    heard.clear()
    missing = await beyond_the_lock(world, "40999999", 200)
    assert existing == missing
    assert statements == heard


async def prove(world: World, account: int, pin: str, right_code: bool) -> list[str]:
    """A PIN and a code, each right or wrong; every screen. The code's seal is put there by hand."""
    number = f"40{account:06}"
    await world.enrol(number=number, email=f"m{account}@correo.example")
    person = world.person(account)
    await person.ask_code(number, pin)
    code, attempt = "246802", person.data["attempt"]
    kept = Seal(world.secrets.codes).code(attempt, account, code)
    await world.change(entry_attempt, code_hash=kept)
    await person.say(code if right_code else "135791")
    return person.shown


async def test_a_wrong_pin_and_a_wrong_code_are_told_alike(world: World) -> None:
    wrong_pin = await prove(world, 1, WRONG, right_code=True)
    wrong_code = await prove(world, 2, PIN, right_code=False)
    both_wrong = await prove(world, 3, WRONG, right_code=False)
    assert wrong_pin == wrong_code == both_wrong
    assert "No pudimos comprobar sus datos" in wrong_pin[-1]
    assert "Hola" in (await prove(world, 4, PIN, right_code=True))[-1]


@pytest.mark.parametrize("limit", ["pace", "brake", "codes"])
async def test_at_every_limit_a_member_and_nobody_are_told_alike(world: World, limit: str) -> None:
    """Screens and statements, when a wait, the brake on spraying or the day's codes hold back."""
    world.pins = PlainPins()
    changed = {"pace": {}, "brake": {"usual_failures": 0}, "codes": {"wrong_codes_per_day": 2}}
    world.with_policies(**changed[limit])
    await world.enrol()
    seen: list[tuple[list[str], list[str]]] = []
    heard = listen(world)
    for account, number in ((10, "40123123"), (20, "40999999")):
        await world.person(account + 5).ask_code("40777777", WRONG)
        heard.clear()
        shown = await insist(world, account, number)
        seen.append((shown, list(heard)))
        world.clock.forward(days=1)
    assert seen[0] == seen[1]


async def insist(world: World, account: int, number: str) -> list[str]:
    """Two people, one after the other, who do not give up; every screen."""
    shown: list[str] = []
    for each in (account, account + 1):
        person = world.person(each)
        await person.give_document(number)
        await person.press(WRONG)
        for _ in range(2):
            world.clock.forward(seconds=61)
            if "Entrar ✅" in person.buttons:
                await person.tap("Entrar")
        await person.be_human()
        for _ in range(3):
            await person.say("000000")
        shown += person.shown
    return shown
