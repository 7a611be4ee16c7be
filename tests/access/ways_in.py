"""The ways to every button of entering."""

from collections.abc import Awaitable, Callable

from tests.access.world import FIRST_KEY, PIN, Person

WRONG = "9046"


Pick = Callable[[Person], str]


Way = Callable[[Person, str], Awaitable[None]]


async def greeting(person: Person, number: str) -> None:
    await person.say("/start")


async def authorisation(person: Person, number: str) -> None:
    await greeting(person, number)
    await person.tap("Entrar")


async def kind(person: Person, number: str) -> None:
    await person.authorise()


async def other_kinds(person: Person, number: str) -> None:
    await person.authorise()
    await person.tap("Otro documento")


async def document(person: Person, number: str) -> None:
    await person.authorise()
    await person.tap("Cédula de ciudadanía")


def keypad(pin: str) -> Way:
    async def way(person: Person, number: str) -> None:
        await person.give_document(number)
        for digit in pin:
            await person.tap(digit)

    return way


async def robot(person: Person, number: str) -> None:
    await keypad(FIRST_KEY)(person, number)
    await person.tap("Entrar")


async def code(person: Person, number: str) -> None:
    await robot(person, number)
    await person.be_human()


async def help_with_code(person: Person, number: str) -> None:
    await code(person, number)
    await person.tap("¿No le llega")


def first_pin(*pins: str) -> Way:
    async def way(person: Person, number: str) -> None:
        await person.world.deliver()  # of those before
        await code(person, number)
        await person.world.deliver()
        await person.say(person.world.mailbox.codes[-1])
        for done in pins[:-1]:
            await person.press(done, "Seguir")
        for digit in pins[-1]:
            await person.tap(digit)

    return way


async def stopped(person: Person, number: str) -> None:
    await robot(person, number)
    for _ in range(3):
        await person.tap(person.picture(right=False))


WAYS: list[Way] = [
    *(greeting, authorisation, kind, other_kinds, document, keypad(FIRST_KEY), keypad(WRONG)),
    *(keypad("12"), robot, code, help_with_code, first_pin(PIN), first_pin(PIN, PIN)),
    *(first_pin("1234"), first_pin(PIN, "7290"), stopped),
]
