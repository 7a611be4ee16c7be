"""A gentle word about an old PIN, and a tip now and then after leaving."""

from datetime import date

import pytest

from handlers.kit.texts import catalog
from handlers.tips import EVERY_DAYS, TIPS, tip_of


async def test_an_old_pin_is_mentioned_and_never_forced(phone, world):
    await phone.first_entry()
    await phone.leave()
    world.clock.forward(days=179)
    await phone.enter()
    assert "mismo PIN" not in phone.screen
    await phone.leave()
    world.clock.forward(days=2)
    await phone.enter()
    assert "Hace varios meses que tiene el mismo PIN" in phone.screen
    assert "Hola, María" in phone.screen
    await phone.tap("Mi estado de cuenta")
    assert "Su estado de cuenta" in phone.screen


async def test_a_changed_pin_is_young_again(phone, world):
    await phone.first_entry()
    await phone.leave()
    world.clock.forward(days=200)
    await phone.enter()
    world.clock.forward(minutes=1)
    await phone.say("cambiar pin")
    await phone.tap("Empezar")
    await phone.press("4917", "Seguir")
    await phone.prove()
    await phone.choose_pin("8305")
    await phone.leave()
    await phone.enter("8305")
    assert "mismo PIN" not in phone.screen


@pytest.mark.parametrize("days", range(EVERY_DAYS))
async def test_a_tip_now_and_then_after_leaving(phone, world, days):
    await phone.first_entry()
    await phone.leave()
    world.clock.forward(days=days)
    await phone.enter()
    await phone.say("/salir")
    today = world.clock.now().date()
    tip = tip_of(today)
    assert ("Un consejo:" in phone.screen) is (tip is not None)
    if tip is not None:
        assert catalog()[tip.key] in phone.screen
    await phone.say("/start")
    assert "Un consejo:" not in phone.screen


def test_every_tip_has_its_day():
    first = date(2026, 11, 2)
    days = [date.fromordinal(first.toordinal() + n) for n in range(EVERY_DAYS * len(TIPS))]
    shown = [tip.key for tip in map(tip_of, days) if tip]
    assert sorted(shown) == sorted(f"security.tip.{name}" for name in TIPS)


async def test_the_advice_as_a_screen(phone):
    await phone.inside()
    await phone.say("consejos de seguridad")
    assert "¿Qué quiere hacer?" in phone.screen
    await phone.tap("Consejos")
    assert all(catalog()[f"security.tip.{name}"] in phone.screen for name in TIPS)
