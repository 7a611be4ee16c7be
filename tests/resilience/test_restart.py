"""The bot is restarted in the middle of each step of entering: the member notices nothing."""

import pytest

from tests.journeys.member import FIRST_KEY, PIN


async def begin(phone):
    await phone.authorise()


async def choose_kind(phone):
    await phone.tap("Cédula de ciudadanía")


async def give_number(phone):
    await phone.say("41789123")


async def half_the_key(phone):
    for digit in FIRST_KEY[:4]:
        await phone.phone.tap(digit)


async def rest_of_the_key(phone):
    await phone.press(FIRST_KEY[4:])


async def pass_robot(phone):
    await phone.pass_robot()


async def ask_another_code(phone):
    await phone.tap("¿No le llega el código?")


async def read_code(phone):
    await phone.tap("Ya lo tengo")
    await phone.world.post()
    await phone.say(phone.code())


async def half_the_pin(phone):
    for digit in PIN[:2]:
        await phone.phone.tap(digit)


async def rest_of_the_pin(phone):
    await phone.press(PIN[2:], "Seguir")


ENTERING = (
    begin,
    choose_kind,
    give_number,
    half_the_key,
    rest_of_the_key,
    pass_robot,
    ask_another_code,
    read_code,
    half_the_pin,
    rest_of_the_pin,
    half_the_pin,
    rest_of_the_pin,
)


@pytest.mark.parametrize("place", range(len(ENTERING) - 1))
async def test_a_restart_after_each_act_changes_nothing(phone, restart, place):
    for number, act in enumerate(ENTERING):
        await act(phone)
        if number == place:
            shown = phone.screen, phone.labels
            await restart()
            assert (phone.screen, phone.labels) == shown
    assert "Hola, María" in phone.screen
    await phone.tap("Mi estado de cuenta")
    assert "1.234.567" in phone.screen
