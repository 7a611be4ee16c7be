"""Authenticators at rest and in use, on both engines; members' and employees' alike."""

import asyncio
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import insert, update

from domain.access.seals import Seal
from domain.access.totp import (
    NOBODY,
    STEP,
    Authenticators,
    CheckApp,
    Enrolment,
    Holder,
    Recovery,
    Seed,
    Verdict,
    new_seed,
    read_app_code,
)
from storage.access.totp import AuthenticatorRepository, UnreadableSeed, Vault
from storage.schema import authenticator, recovery_code, staff
from tests.access.world import World

TRIES = 10
NONCE = "nonce-of-tests"
# RFC 6238, appendix B (SHA-1): the last six of its eight digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}


class Bench:
    """One holder's authenticator, each act in its own unit of work."""

    def __init__(self, world: World, holder: Holder) -> None:
        self.world, self.holder = world, holder
        self.kind: type[AuthenticatorRepository] = AuthenticatorRepository

    def _recovery(self, kept: Authenticators) -> Recovery:
        return Recovery(kept, Seal(self.world.secrets.recovery))

    async def enrol(self) -> Seed:
        """A confirmed authenticator; its seed."""
        async with self.world.database.unit() as connection:
            kept = self.kind(connection, self.world.secrets.seeds)
            enrolment = Enrolment(kept, self._recovery(kept))
            assert await enrolment.begin(self.holder, self.world.clock.now())
            seed = await enrolment.seed(self.holder)
            assert seed
            code, now = code_of(seed, self.world), self.world.clock.now()
            assert await enrolment.confirm(self.holder, code, NONCE, now)
        self.world.clock.forward(seconds=30)
        return seed

    async def check(self, code: str, own: bool = True, holder: Holder | None = None) -> Verdict:
        async with self.world.database.unit() as connection:
            kept = self.kind(connection, self.world.secrets.seeds)
            app = CheckApp(kept, self._recovery(kept), TRIES)
            return await app.check(holder or self.holder, own, code, self.world.clock.now())

    def recovery_codes(self) -> list[str]:
        return self._recovery(None).codes(self.holder, NONCE)  # type: ignore[arg-type]


def code_of(seed: Seed, world: World, steps: int = 0) -> str:
    return pyotp.TOTP(seed.secret).at(world.clock.now() + steps * STEP)


@pytest.fixture(params=["member", "employee"])
async def bench(request: pytest.FixtureRequest, world: World) -> Bench:
    member_id = await world.enrol()
    if request.param == "member":
        return Bench(world, Holder(member_id=member_id))
    async with world.database.unit() as connection:
        row = {"id": 1, "name": "Elena", "role": "support", "created_at": world.clock.now()}
        await connection.execute(insert(staff).values(row))
    return Bench(world, Holder(staff_id=1))


@pytest.mark.parametrize(("second", "code"), RFC_CODES.items())
def test_codes_are_those_of_the_rfc(second: int, code: str) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    assert Seed(RFC_SECRET).step_of(code, at) == second // 30


def test_a_seed_has_160_bits_and_hides_itself() -> None:
    seed = new_seed()
    assert len(seed.secret) == 32
    assert seed.secret not in repr(seed)
    address = seed.address("El Tablero", "Rosa")
    assert pyotp.parse_uri(address).secret == seed.secret


@pytest.mark.parametrize(("steps", "verdict"), [(0, "right"), (-1, "right"), (-2, "wrong")])
async def test_the_present_code_and_the_last_are_taken(
    bench: Bench, steps: int, verdict: str
) -> None:
    seed = await bench.enrol()
    bench.world.clock.forward(seconds=90)
    assert await bench.check(code_of(seed, bench.world, steps)) is Verdict(verdict)


async def test_a_code_of_the_future_is_refused(bench: Bench) -> None:
    seed = await bench.enrol()
    assert await bench.check(code_of(seed, bench.world, 1)) is Verdict.WRONG
    assert await bench.check(code_of(seed, bench.world)) is Verdict.RIGHT


async def test_a_code_serves_once_and_so_do_earlier_ones(bench: Bench) -> None:
    seed = await bench.enrol()
    bench.world.clock.forward(seconds=60)
    now, before = code_of(seed, bench.world), code_of(seed, bench.world, -1)
    assert await bench.check(now) is Verdict.RIGHT
    assert await bench.check(now) is Verdict.REUSED
    assert await bench.check(before) is Verdict.REUSED
    bench.world.clock.forward(seconds=30)
    assert await bench.check(code_of(seed, bench.world)) is Verdict.RIGHT


async def race(bench: Bench) -> int:
    """One code, ten times at once; how often it is right."""
    seed = await bench.enrol()
    code = code_of(seed, bench.world)
    verdicts = await asyncio.gather(*(bench.check(code) for _ in range(TRIES)))
    assert set(verdicts) <= {Verdict.RIGHT, Verdict.REUSED, Verdict.EXHAUSTED}
    return verdicts.count(Verdict.RIGHT)


async def test_a_raced_code_is_right_once(bench: Bench) -> None:
    assert await race(bench) == 1


class Forgetful(AuthenticatorRepository):
    async def use(self, holder: Holder, step: int) -> bool:
        return True


async def test_without_the_last_step_a_raced_code_is_right_often(bench: Bench) -> None:
    bench.kind = Forgetful
    assert await race(bench) > 1


async def guess(bench: Bench) -> Verdict:
    """Ten wrong codes and then the right one."""
    seed = await bench.enrol()
    right = code_of(seed, bench.world)
    wrong = [f"{(int(right) + n) % 10**6:06}" for n in range(2, 2 + TRIES)]
    await asyncio.gather(*(bench.check(code) for code in wrong))
    return await bench.check(right)


async def test_ten_wrong_codes_and_none_is_judged(bench: Bench) -> None:
    assert await guess(bench) is Verdict.EXHAUSTED


class Uncounted(AuthenticatorRepository):
    async def take_try(self, holder: Holder, own: bool, limit: int) -> Seed | None:
        return await super().take_try(holder, own, 1_000_000)


async def test_without_the_counter_codes_can_be_guessed(bench: Bench) -> None:
    bench.kind = Uncounted
    assert await guess(bench) is Verdict.RIGHT


async def test_others_cannot_use_up_the_holders_own_tries(bench: Bench) -> None:
    seed = await bench.enrol()
    for _ in range(TRIES + 1):
        await bench.check("000000", own=False)
    assert await bench.check(code_of(seed, bench.world), own=False) is Verdict.EXHAUSTED
    assert await bench.check(code_of(seed, bench.world), own=True) is Verdict.RIGHT
    bench.world.clock.forward(seconds=30)
    assert await bench.check(code_of(seed, bench.world), own=False) is Verdict.RIGHT


async def test_each_recovery_code_serves_once(bench: Bench) -> None:
    await bench.enrol()
    codes = bench.recovery_codes()
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {8}
    for code in codes:
        assert await bench.check(code) is Verdict.RIGHT
        assert await bench.check(code) is Verdict.WRONG


async def test_a_raced_recovery_code_serves_once(bench: Bench) -> None:
    await bench.enrol()
    code = bench.recovery_codes()[0]
    verdicts = await asyncio.gather(*(bench.check(code) for _ in range(TRIES)))
    assert verdicts.count(Verdict.RIGHT) == 1


async def test_nobody_is_never_right(bench: Bench) -> None:
    seed = await bench.enrol()
    for code in (code_of(seed, bench.world), bench.recovery_codes()[0]):
        assert await bench.check(code, holder=NOBODY) is not Verdict.RIGHT


async def test_nothing_of_it_is_in_the_clear(bench: Bench) -> None:
    seed = await bench.enrol()
    (row,) = await bench.world.rows(authenticator)
    kept = [r.code_hash for r in await bench.world.rows(recovery_code)]
    assert seed.secret not in row.seed
    assert not set(bench.recovery_codes()) & set(kept)
    assert Vault(bench.world.secrets.seeds).unlock(bench.holder, row.seed) == seed


async def test_a_seed_opens_for_its_holder_and_key_only(bench: Bench) -> None:
    await bench.enrol()
    (row,) = await bench.world.rows(authenticator)
    with pytest.raises(UnreadableSeed):
        Vault(bench.world.secrets.seeds).unlock(Holder(member_id=999), row.seed)
    with pytest.raises(UnreadableSeed):
        Vault(b"x" * 32).unlock(bench.holder, row.seed)


async def test_an_enrolled_one_is_not_replaced_unasked(bench: Bench) -> None:
    await bench.enrol()
    async with bench.world.database.unit() as connection:
        kept = AuthenticatorRepository(connection, bench.world.secrets.seeds)
        assert not await kept.begin(bench.holder, new_seed(), bench.world.clock.now())
        assert await kept.pending(bench.holder) is None
        assert await kept.remove(bench.holder)
        assert not await kept.remove(bench.holder)
    assert await bench.check("000000") is Verdict.EXHAUSTED
    await bench.enrol()


async def test_before_it_is_confirmed_it_does_not_count(bench: Bench) -> None:
    seed = await bench.enrol()
    async with bench.world.database.unit() as connection:
        await connection.execute(update(authenticator).values(confirmed_at=None))
    assert await bench.check(code_of(seed, bench.world)) is Verdict.EXHAUSTED


@pytest.mark.parametrize(
    ("typed", "read"),
    [("123 456", "123456"), ("1234-5678", "12345678"), ("1234567", None), ("abc", None)],
)
def test_codes_as_people_type_them(typed: str, read: str | None) -> None:
    assert read_app_code(typed) == read
