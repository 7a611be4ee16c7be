"""What holds tries back: each control many times at once, and what happens without it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.access.attempts import Attempt
from domain.access.outcomes import GoOn, Wait
from domain.access.pacing import Backoff
from domain.access.restraint import TooManyCodes, TooManyFailures
from domain.alarms import AlarmKind
from domain.conversation import Visit
from domain.members import Document, DocumentType
from storage.alarms import AlarmRepository
from storage.schema import alarm, audit, credential, entry_attempt
from tests.access import broken
from tests.access.plain_pins import PlainPins
from tests.access.test_brute_force import at_door
from tests.access.world import NO_PAUSE, PIN, World

WRONG = "9046"
ME = 77
AT_ONCE = 50


async def outcome(world: World, account: int, number: str, pin: str = WRONG) -> object:
    """Document and PIN from one account; what came of the PIN."""
    document = Document(DocumentType.CC, number)
    attempt = await at_door(world, account, lambda d, v: d.documents.present(v, document))
    return await at_door(world, account, lambda d, v: d.pins.check(v, attempt, pin))


async def kinds(world: World) -> list[str]:
    return [row.kind for row in await world.rows(alarm)]


# Waiting between tries


async def try_at_once(world: World, number: str) -> int:
    """A PIN each from many accounts on one document; how many were judged."""
    tries = (outcome(world, 1000 + n, number) for n in range(AT_ONCE))
    found = await asyncio.gather(*tries)
    assert all(isinstance(each, GoOn | Wait) for each in found)
    return sum(isinstance(each, GoOn) for each in found)


@pytest.mark.parametrize("number", ["40123123", "40999999"])
async def test_of_many_tries_at_once_one_is_judged(world: World, number: str) -> None:
    world.pins = PlainPins()
    await world.enrol()
    assert await try_at_once(world, number) == 1


async def test_without_the_pace_many_are_judged(world: World) -> None:
    world.pins = PlainPins()
    await world.enrol()
    world.open_doorway = broken.with_change(broken.unpaced)
    assert await try_at_once(world, "40123123") == AT_ONCE


@pytest.mark.parametrize("number", ["40123123", "40999999"])
async def test_each_wait_is_longer_up_to_an_hour(world: World, number: str) -> None:
    """30 seconds, 2, 8 and 32 minutes, and then an hour each time; the same for nobody."""
    world.pins = PlainPins()
    await world.enrol()
    assert isinstance(await outcome(world, 1, number), GoOn)
    for n, pause in enumerate((30, 120, 480, 1920, 3600, 3600), 2):
        world.clock.forward(seconds=pause - 1)
        early = await outcome(world, n, number)
        assert early == Wait(world.clock.now() + timedelta(seconds=1))
        world.clock.forward(seconds=1)
        assert isinstance(await outcome(world, n, number), GoOn)


async def test_the_members_own_chat_never_waits(world: World) -> None:
    await world.enrol(bound=ME)
    await try_at_once(world, "40123123")
    rosa = world.person(ME)
    await rosa.enter("40123123")
    assert rosa.session is not None


async def test_a_right_pin_makes_wait_as_long_as_a_wrong_one(world: World) -> None:
    """Otherwise the second try would tell of the first."""
    await world.enrol()
    for pin in (PIN, WRONG):
        first = await outcome(world, 1, "40123123", pin)
        second = await outcome(world, 2, "40123123", pin)
        assert (first, second) == (GoOn(), Wait(world.clock.now() + timedelta(seconds=30)))
        world.clock.forward(days=1)


async def test_the_wait_is_told_and_what_was_touched_stays(world: World) -> None:
    await world.enrol()
    await outcome(world, 1, "40123123")
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press(PIN)
    assert "Espere 30 segundos" in rosa.screen
    assert "● ● ● ●" in rosa.screen
    world.clock.forward(seconds=30)
    await rosa.tap("Entrar")
    await rosa.be_human()
    await world.deliver()
    await rosa.say(world.mailbox.codes[-1])
    assert rosa.session is not None


async def test_entering_ends_the_waiting(world: World) -> None:
    await world.enrol()
    await world.person(ME).enter("40123123")
    assert isinstance(await outcome(world, 2, "40123123"), GoOn)


def test_the_waits_that_a_cooperative_may_set() -> None:
    minute = timedelta(minutes=1)
    assert Backoff(minute, 3 * minute).pauses == (minute, 3 * minute)
    assert Backoff(3 * minute, minute).pauses == (minute,)
    assert [Backoff(minute, 5 * minute).after(n) for n in (1, 2, 3, 99)] == [
        minute,
        4 * minute,
        5 * minute,
        5 * minute,
    ]


# Failures of one account in a day


def nobodys_attempt(world: World, account: int, number: int) -> Attempt:
    now = world.clock.now()
    return Attempt(f"a{number}", account, account, None, f"key{number}", False, now)


async def hold_back(world: World, account: int, number: int) -> object:
    try:
        return await at_door(
            world,
            account,
            lambda d, v: d.pins.restraint.hold_back(v, nobodys_attempt(world, account, number)),
        )
    except TooManyFailures as limit:
        return limit


async def fail_at_once(world: World) -> int:
    """Tries of one account on as many documents, at once; how many went on to be judged."""
    found = await asyncio.gather(*(hold_back(world, 1, n) for n in range(AT_ONCE)))
    return sum(each is None for each in found)


async def test_ten_failures_of_an_account_in_a_day(world: World) -> None:
    assert await fail_at_once(world) == world.policies.failures_per_day
    world.clock.forward(days=1)
    assert await fail_at_once(world) == world.policies.failures_per_day


async def test_without_the_allowance_an_account_fails_on(world: World) -> None:
    world.open_doorway = broken.with_change(
        broken.restraint(allowances=broken.UnlimitedAllowances())
    )
    assert await fail_at_once(world) == AT_ONCE


async def test_too_many_failures_are_told_kindly_and_tomorrow_is_another_day(world: World) -> None:
    await world.enrol(bound=ME)
    world.with_policies(failures_per_day=2, pin_tries=9)
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press(WRONG)
    await rosa.press(WRONG)
    await rosa.press(PIN)
    assert "varios intentos que no resultaron" in rosa.screen
    world.clock.forward(days=1)
    await rosa.tap("Empezar de nuevo")
    await rosa.enter("40123123")
    assert rosa.session is not None


async def test_entries_that_succeed_are_no_failures(world: World) -> None:
    await world.enrol(bound=ME)
    world.with_policies(failures_per_day=2, codes_per_hour=99, wrong_codes_per_day=2)
    rosa = world.person(ME)
    for _ in range(5):
        await rosa.enter("40123123")
        assert rosa.session is not None
        await rosa.say("/salir")


async def test_a_right_pin_alone_is_not_given_back(world: World) -> None:
    """Or the tenth failure would tell a stranger which of the tries before was right."""
    world.with_policies(**NO_PAUSE)
    for right in (True, False):
        number = f"4012312{int(right)}"
        await world.enrol(number=number, email=f"{number}@correo.example")
        account = 100 + int(right)
        await outcome(world, account, number, PIN if right else WRONG)
        for n in range(9):
            await outcome(world, account, "40999999" if n % 2 else "40999998")
        with pytest.raises(TooManyFailures):
            await outcome(world, account, "40999999")


# Wrong codes in a day


async def guess_through_the_day(world: World) -> int:
    """Somebody knows the PIN but not the mailbox: every code that may be asked for, each hour."""
    await world.enrol()
    judged = 0
    for hour in range(12):
        thief = world.person(1000 + hour)
        await thief.give_document("40123123")
        await thief.press(PIN)
        await thief.be_human()
        for _ in range(3):
            await world.deliver()
            right = world.mailbox.codes[-1] if world.mailbox.codes else "1"
            for n in range(1, 4):
                await thief.say(f"{(int(right) + n) % 10**6:06}")
                judged += "Le queda" in thief.screen or "ya no sirve" in thief.screen
            if "Por hoy es suficiente" in thief.screen:
                break
            await thief.tap("¿No le llega")
            await thief.tap("Enviar otro código")
        world.clock.forward(hours=1)
    return judged


async def test_ten_wrong_codes_a_day_however_many_are_sent(world: World) -> None:
    assert await guess_through_the_day(world) == world.policies.wrong_codes_per_day


async def test_without_the_days_limit_codes_are_guessed_on(world: World) -> None:
    world.open_doorway = broken.with_change(
        broken.restraint(allowances=broken.UnlimitedAllowances())
    )
    assert await guess_through_the_day(world) > 30


async def take_codes_at_once(world: World) -> int:
    attempt = nobodys_attempt(world, 1, 1)
    tries = (
        at_door(world, 1, lambda d, v: d.proofs.restraint.take_code(v, attempt))
        for _ in range(AT_ONCE)
    )
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert all(each is None or isinstance(each, TooManyCodes) for each in found)
    return sum(each is None for each in found)


async def test_ten_wrong_codes_also_when_all_come_at_once(world: World) -> None:
    assert await take_codes_at_once(world) == world.policies.wrong_codes_per_day


async def test_strangers_do_not_use_up_the_members_own_codes(world: World) -> None:
    await world.enrol(bound=ME)
    world.with_policies(wrong_codes_per_day=3)
    thief = world.person(1)
    await thief.ask_code("40123123", PIN)
    for _ in range(5):
        await thief.say("000000")
    rosa = world.person(ME)
    await rosa.enter("40123123")
    assert rosa.session is not None


# Spraying


async def spray(world: World, accounts: int) -> int:
    """One PIN from each account on a document of its own, half of them members'; how many were
    judged."""
    world.pins = PlainPins()
    world.with_policies(usual_failures=4)
    for n in range(0, accounts, 2):
        await world.enrol(number=f"30{n:06}", email=f"m{n}@correo.example")
    found = [await outcome(world, 1000 + n, f"30{n:06}") for n in range(accounts)]
    return sum(isinstance(each, GoOn) for each in found)


MOST_SPRAYED = 5 * 4 + 1


async def test_spraying_is_braked_and_the_alarm_raised_once(world: World) -> None:
    assert await spray(world, 60) == MOST_SPRAYED
    assert await kinds(world) == [AlarmKind.SPRAYING]


async def test_without_the_brake_all_are_judged_and_nobody_hears_of_it(world: World) -> None:
    loose = broken.NoBrake(None, None, world.policies)  # type: ignore[arg-type]
    world.open_doorway = broken.with_change(broken.restraint(brake=loose))
    assert await spray(world, 60) == 60
    assert await kinds(world) == []


async def test_under_the_brake_a_minute_after_the_document_the_pin_is_judged(world: World) -> None:
    await spray(world, 30)
    await world.enrol(number="40123123", pin=None)
    world.pins = PlainPins()
    rosa = world.person(ME)
    await rosa.give_document("40123123")
    await rosa.press("19580305")
    assert "Espere 60 segundos" in rosa.screen
    world.clock.forward(seconds=60)
    await rosa.tap("Entrar")
    assert "persona" in rosa.screen


async def test_the_brake_leaves_bound_chats_alone(world: World) -> None:
    await spray(world, 30)
    await world.enrol(number="40123123", bound=ME)
    rosa = world.person(ME)
    await rosa.enter("40123123")
    assert rosa.session is not None


async def lock_many(world: World, members: int) -> list[str]:
    """Members with chats of their own, whose tries strangers have used up; their documents."""
    world.pins = PlainPins()
    world.with_policies(usual_failures=1_000, documents_per_day=members, failures_per_day=members)
    numbers = [f"32{n:06}" for n in range(members)]
    for n, number in enumerate(numbers):
        await world.enrol(number=number, bound=2_000 + n, email=f"m{n}@correo.example")
    for account in range(1, world.policies.pin_tries + 1):
        for number in numbers:
            await outcome(world, account, number)
        world.clock.forward(hours=1)
    return numbers


async def test_whoever_locks_many_members_keeps_none_from_their_own_chat(world: World) -> None:
    numbers = await lock_many(world, 25)
    async with world.database.unit() as connection:
        lost = select(func.count()).where(credential.c.failures_unbound >= 5)
        assert await connection.scalar(lost) == len(numbers)
    for n, number in enumerate(numbers):
        rosa = world.person(2_000 + n)
        await rosa.enter(number)
        assert rosa.session is not None


async def test_the_brake_is_let_off_when_it_has_been_calm(world: World) -> None:
    await spray(world, 30)
    assert isinstance(await outcome(world, 1, "40777777"), Wait)
    world.clock.forward(minutes=11)
    assert isinstance(await outcome(world, 1, "40777777"), GoOn)


async def test_a_busy_office_is_no_attack(world: World) -> None:
    """The same failures in ten minutes, after a week in which they were usual."""
    world.pins = PlainPins()
    world.with_policies(usual_failures=4)
    async with world.database.unit() as connection:
        counts = world.open_doorway(connection, world.secrets, world.pins, world.policies)
        for hours in range(1, 160):
            at = world.clock.now() - timedelta(hours=hours)
            await counts.pins.restraint.brake.counts.add(at, 60)
    found = [await outcome(world, 1000 + n, f"31{n:06}") for n in range(40)]
    assert all(isinstance(each, GoOn) for each in found)
    assert await kinds(world) == []


# Alarms


async def test_a_lock_from_outside_raises_one_alarm(world: World) -> None:
    """Of a document as well that is nobody's: an alarm must not tell the one who rings it."""
    world.with_policies(**NO_PAUSE)
    world.pins = PlainPins()
    member_id = await world.enrol()
    for number in ("40123123", "40999999"):
        await asyncio.gather(*(outcome(world, 1000 + n, number) for n in range(30)))
        world.clock.forward(hours=1)
    rows = await world.rows(alarm)
    assert [row.kind for row in rows] == [AlarmKind.LOCKED] * 2
    assert [row.params for row in rows] == [f'{{"member": {member_id}}}', '{"member": null}']


async def test_an_alarm_is_told_once_by_one_of_many(world: World) -> None:
    async def announce() -> int:
        async with world.database.unit() as connection:
            return len(await AlarmRepository(connection).take_untold(world.clock.now()))

    async def raise_one() -> None:
        async with world.database.unit() as connection:
            alarms = AlarmRepository(connection)
            await alarms.raise_alarm(AlarmKind.LOCKED, {"member": 1}, world.clock.now())

    await asyncio.gather(*(raise_one() for _ in range(20)))
    assert await kinds(world) == [AlarmKind.LOCKED]
    assert sum(await asyncio.gather(*(announce() for _ in range(10)))) == 1
    world.clock.forward(minutes=10)
    await raise_one()
    assert await announce() == 1


# The owner hears of it


async def test_an_entry_after_strangers_failed_is_told_to_the_owner(world: World) -> None:
    await world.enrol(access={"failures_unbound": 1})
    await world.person(ME).enter("40123123")
    await world.deliver()
    assert "después de varios intentos" in world.mailbox.subjects[-1]


@pytest.mark.parametrize(("slips", "letters"), [(1, 0), (2, 1)])
async def test_one_slip_of_ones_own_is_no_news(world: World, slips: int, letters: int) -> None:
    await world.enrol(bound=ME, access={"failures_bound": slips})
    await world.person(ME).enter("40123123")
    await world.deliver()
    told = [s for s in world.mailbox.subjects if "después de varios intentos" in s]
    assert len(told) == letters


# From outside


async def lock_many_and_enter(world: World, members: int) -> int:
    """Strangers lock all of them; how many enter from their own chats all the same."""
    world.pins = PlainPins()
    world.with_policies(**NO_PAUSE, usual_failures=1_000_000)
    for n in range(members):
        await world.enrol(number=f"30{n:06}", bound=n + 1, email=f"m{n}@correo.example")
    for _ in range(6):
        tries = (outcome(world, 10_000 + n, f"30{n:06}") for n in range(members))
        await asyncio.gather(*tries)
    judged = [await outcome(world, n + 1, f"30{n:06}", PIN) for n in range(members)]
    return sum(isinstance(each, GoOn) for each in judged)


async def test_nobody_is_locked_out_of_their_own_chat_from_outside(world: World) -> None:
    members = 100 if world.database.is_sqlite else 40
    assert await lock_many_and_enter(world, members) == members


async def test_with_one_counter_for_all_strangers_lock_everybody_out(world: World) -> None:
    world.open_doorway = broken.with_change(broken.tries(broken.OneCounter))
    assert await lock_many_and_enter(world, 10) == 0


# What is written down


async def test_every_use_of_a_served_code_is_an_entry_of_the_trail(world: World) -> None:
    """Fifty uses at once: one serves, forty-nine are refused and written down."""
    await world.enrol()
    rosa = world.person(ME)
    await rosa.ask_code("40123123", PIN)
    await world.deliver()
    code, attempt = world.mailbox.codes[0], rosa.data["attempt"]

    async def use() -> None:
        async with world.database.unit() as connection:
            door = world.open_doorway(connection, world.secrets, world.pins, world.policies)
            visit = Visit(ME, ME, world.clock.now())
            try:
                await door.proofs.check(visit, attempt, code)
            except LookupError:
                return

    await asyncio.gather(*(use() for _ in range(AT_ONCE)))
    async with world.database.unit() as connection:
        grouped = select(audit.c.action, audit.c.result, func.count()).group_by(
            audit.c.action, audit.c.result
        )
        counted = {(row[0], row[1]): row[2] for row in await connection.execute(grouped)}
    assert counted["entry", "done"] == 1
    assert counted["code", "refused"] == AT_ONCE - 1


async def try_codes_crosswise(world: World) -> int:
    """Each of ten codes, with its stored seal, at the nine other attempts; how many entered."""
    await world.enrol()
    people = [world.person(100 + n) for n in range(10)]
    codes = []
    for person in people:
        await person.ask_code("40123123", PIN)
        await world.deliver()
        codes.append(world.mailbox.codes[-1])
    seals = {row.chat_id: row.code_hash for row in await world.rows(entry_attempt)}
    for giver, code in zip(people, codes, strict=True):
        await world.change(entry_attempt, code_hash=seals[giver.telegram_id])
        for taker in people:
            if taker is not giver and taker.session is None:
                await taker.say(code)
    return sum(person.session is not None for person in people)


async def test_codes_serve_no_other_attempt(world: World) -> None:
    """Every code at every other attempt, even with its seal moved there: none is accepted."""
    world.with_policies(**NO_PAUSE, code_tries=99, wrong_codes_per_day=999, codes_per_hour=99)
    assert await try_codes_crosswise(world) == 0


async def test_with_a_loose_seal_they_serve_each_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.access.world.Seal", broken.LooseSeal)
    world.open_doorway = broken.with_change(broken.seal(broken.LooseSeal))
    world.with_policies(**NO_PAUSE, code_tries=99, wrong_codes_per_day=999, codes_per_hour=99)
    assert await try_codes_crosswise(world) > 0
