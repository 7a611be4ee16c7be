"""Links that serve once, for ten minutes, one account; and what they open."""

import pyotp
import pytest

from domain.access.seals import Seal
from domain.access.totp import Verdict
from domain.conversation import Session, Visit
from domain.staff.entering import NoEmployee
from domain.staff.invitations import MemberTaken
from domain.staff.joining import LinkDead, Refusal
from domain.staff.people import Role
from storage.schema import audit, session, staff, staff_invitation
from storage.staff.invitations import InvitationRepository
from storage.staff.roster import Roster
from tests.staff.world import Bureau


def visit(bureau: Bureau, account: int = 500) -> Visit:
    return Visit(account, account, bureau.clock.now())


async def invited(bureau: Bureau, name: str = "Elena", role: Role = Role.SUPPORT) -> str:
    async with bureau.database.unit() as connection:
        return await Roster(connection, bureau.secrets).invite(name, role, None, bureau.clock.now())


async def opened(bureau: Bureau, token: str, account: int = 500) -> int | None:
    found = await bureau.do(lambda w: w.joining.arrive(visit(bureau, account), token))
    return found.id if found else None


async def app_code(bureau: Bureau, number: int, account: int = 500) -> str:
    seed = await bureau.do(lambda w: w.joining.seed(visit(bureau, account), number))
    return pyotp.TOTP(seed.secret).at(bureau.clock.now())


async def joined(bureau: Bureau, name: str = "Elena", account: int = 500) -> Session:
    """All the way in."""
    number = await opened(bureau, await invited(bureau, name), account)
    assert number is not None
    assert await bureau.do(lambda w: w.joining.accept(visit(bureau, account), number)) is None
    code = await app_code(bureau, number, account)
    entered = await bureau.do(lambda w: w.joining.confirm(visit(bureau, account), number, code))
    assert isinstance(entered, Session)
    return entered


async def enter(bureau: Bureau, code: str, account: int) -> Session | Verdict:
    return await bureau.do(lambda w: w.entry.enter(visit(bureau, account), code))


async def test_the_whole_way_in(bureau: Bureau) -> None:
    entered = await joined(bureau)
    assert (entered.employee.name, entered.employee.role) == ("Elena", Role.SUPPORT)
    assert entered.member_id is None
    actions = [row.action for row in await bureau.rows(audit)]
    assert actions == ["staff_invited", "staff_enrolled"]


async def test_only_a_keyed_hash_of_the_link_is_kept(bureau: Bureau) -> None:
    token = await invited(bureau)
    assert len(token) >= 32
    (row,) = await bureau.rows(staff_invitation)
    assert token not in str(tuple(row))
    assert row.token_hash == Seal(bureau.secrets.invitations).of("invitation", token)


async def test_a_link_dies_after_ten_minutes(bureau: Bureau) -> None:
    token = await invited(bureau)
    bureau.clock.forward(minutes=9, seconds=59)
    assert await opened(bureau, token) is not None
    other = await invited(bureau, "Pedro")
    bureau.clock.forward(minutes=10)
    assert await opened(bureau, other) is None


async def test_an_opened_link_is_its_account_s_alone(bureau: Bureau) -> None:
    token = await invited(bureau)
    number = await opened(bureau, token)
    assert await opened(bureau, token, account=501) is None
    assert await opened(bureau, token) == number
    with pytest.raises(LinkDead):
        await bureau.do(lambda w: w.joining.accept(visit(bureau, 501), number))


async def test_opening_again_does_not_make_it_last_longer(bureau: Bureau) -> None:
    token = await invited(bureau)
    for _ in range(3):
        assert await opened(bureau, token) is not None
        bureau.clock.forward(minutes=4)
    assert await opened(bureau, token) is None


async def test_a_used_link_is_dead(bureau: Bureau) -> None:
    token = await invited(bureau)
    number = await opened(bureau, token)
    await bureau.do(lambda w: w.joining.accept(visit(bureau), number))
    code = await app_code(bureau, number)
    await bureau.do(lambda w: w.joining.confirm(visit(bureau), number, code))
    assert await opened(bureau, token) is None
    with pytest.raises(LinkDead):
        await bureau.do(lambda w: w.joining.confirm(visit(bureau), number, code))


async def test_a_new_link_voids_the_one_before(bureau: Bureau) -> None:
    first = await invited(bureau)
    second = await invited(bureau)
    assert await opened(bureau, first) is None
    assert await opened(bureau, second) is not None


async def test_an_invented_link_is_dead(bureau: Bureau) -> None:
    await invited(bureau)
    for made_up in ("", "x", "A" * 32, "-" * 64):
        assert await opened(bureau, made_up) is None


async def test_a_wrong_code_may_be_tried_again(bureau: Bureau) -> None:
    number = await opened(bureau, await invited(bureau))
    await bureau.do(lambda w: w.joining.accept(visit(bureau), number))
    code = await app_code(bureau, number)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    refused = await bureau.do(lambda w: w.joining.confirm(visit(bureau), number, wrong))
    assert refused is Refusal.WRONG_CODE
    assert await bureau.rows(session) == []
    entered = await bureau.do(lambda w: w.joining.confirm(visit(bureau), number, code))
    assert isinstance(entered, Session)


async def test_nobody_enters_before_the_app_is_confirmed(bureau: Bureau) -> None:
    number = await opened(bureau, await invited(bureau))
    await bureau.do(lambda w: w.joining.accept(visit(bureau), number))
    with pytest.raises(NoEmployee):
        await enter(bureau, await app_code(bureau, number), 500)


async def test_the_telegram_of_another_employee_is_refused(bureau: Bureau) -> None:
    await joined(bureau, "Elena", 500)
    number = await opened(bureau, await invited(bureau, "Pedro"), 500)
    refused = await bureau.do(lambda w: w.joining.accept(visit(bureau), number))
    assert refused is Refusal.ACCOUNT_TAKEN
    assert [row.telegram_id for row in await bureau.rows(staff, staff.c.name == "Pedro")] == [None]


async def test_that_of_one_who_left_is_free(bureau: Bureau) -> None:
    await joined(bureau, "Elena", 500)
    await revoke(bureau, "Elena")
    entered = await joined(bureau, "Pedro", 500)
    assert entered.employee.name == "Pedro"


async def revoke(bureau: Bureau, name: str) -> bool:
    async with bureau.database.unit() as connection:
        return await Roster(connection, bureau.secrets).revoke(name, bureau.clock.now())


async def test_whoever_is_invited_again_stays_the_same_person(bureau: Bureau) -> None:
    first = await joined(bureau, "Elena", 500)
    bureau.clock.forward(minutes=5)
    second = await joined(bureau, "Elena", 600)
    assert first.employee.id == second.employee.id
    with pytest.raises(NoEmployee):
        await enter(bureau, "123456", 500)
    live = await bureau.rows(session, session.c.ended_at.is_(None))
    assert [row.telegram_id for row in live] == [600]


async def test_a_membership_is_one_employee_s(bureau: Bureau) -> None:
    await bureau.member(1)
    await bureau.employee("Elena", member_id=1)
    async with bureau.database.unit() as connection:
        repository, now = InvitationRepository(connection), bureau.clock.now()
        with pytest.raises(MemberTaken):
            await repository.add("Pedro", Role.SUPPORT, 1, "seal", now)


async def test_revoking_ends_the_session_and_the_links(bureau: Bureau) -> None:
    await joined(bureau)
    token = await invited(bureau)
    assert await revoke(bureau, "Elena")
    assert not await revoke(bureau, "Elena")
    assert await opened(bureau, token) is None
    assert [row.end_reason for row in await bureau.rows(session)] == ["revoked"]
    assert [row.action for row in await bureau.rows(audit)][-1] == "staff_revoked"
