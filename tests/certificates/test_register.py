"""Certificates are numbered once, kept as issued, replaced by corrections, voided for good."""

import asyncio
import json

import pytest
from sqlalchemy import func, insert, select, update

from domain.certificates.check import AlreadyVoid, NotGenuine, Standing, TooManyChecks
from domain.certificates.facts import CertificateKind, Refusal
from domain.certificates.issue import NotIssued
from domain.conversation import Visit
from domain.money import Centavos
from domain.statements import Nature
from storage.certificates.register import RegisterRepository
from storage.certificates.snapshot import digest_of, from_text, to_text
from storage.schema import audit, certificate, closed_year, member
from tests.certificates.rows import (
    add_withholding,
    add_year_end,
    close_years,
    correct_withholding,
)
from tests.certificates.world import WITHHOLDING, World
from tests.documents.certificate_samples import KINDS
from tests.statement_rows import add_member, add_product


async def correct(world: World, amount: int) -> None:
    async with world.database.unit() as connection:
        await correct_withholding(connection, 1, amount)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_is_what_was_certified(kind: str) -> None:
    issued = KINDS[kind].certificate
    text = to_text(issued.holder, issued.facts)
    kept = from_text(text, issued.kind)
    assert (kept.holder, kept.facts) == (issued.holder, issued.facts)
    assert to_text(kept.holder, kept.facts) == text


async def test_folios_follow_each_other_within_a_year(world: World) -> None:
    folios = [str((await world.issue(member_id)).folio) for member_id in (1, 2, 3)]
    assert folios == ["2026-000001", "2026-000002", "2026-000003"]
    world.clock.instant = world.clock.instant.replace(year=2027)
    assert str((await world.issue(1)).folio) == "2027-000001"


async def test_the_year_of_a_folio_is_colombias(world: World) -> None:
    world.clock.instant = world.clock.instant.replace(year=2027, month=1, day=1, hour=3)
    assert str((await world.issue(1)).folio) == "2026-000001"


async def test_asking_again_on_the_same_day_gives_the_same(world: World) -> None:
    first = await world.issue(1)
    world.clock.forward(hours=2)
    assert await world.issue(1) == first
    world.clock.forward(days=1)
    later = await world.issue(1)
    assert later.folio != first.folio
    assert later.replaces is None
    assert (await world.verdict(world.code(first))).standing is Standing.VALID


async def test_asking_fifty_times_at_once_gives_one(world: World) -> None:
    issued = await asyncio.gather(*(world.issue(1 + n % 2) for n in range(50)))
    assert len({each.folio for each in issued}) == 2
    assert {each.folio for each in issued if each.member_id == 1} == {issued[0].folio}
    async with world.database.unit() as connection:
        assert await connection.scalar(select(func.count()).select_from(certificate)) == 2


async def test_a_correction_replaces_what_was_issued_before(world: World) -> None:
    first = await world.issue(1)
    world.clock.forward(days=1)
    again = await world.issue(1)
    await correct(world, 6_300_00)
    corrected = await world.issue(1)
    assert corrected.replaces == again.folio
    assert corrected.total == 6_300_00
    for outdated in (first, again):
        verdict = await world.verdict(world.code(outdated))
        assert verdict.standing is Standing.REPLACED
        assert verdict.replacement == corrected
        assert verdict.certificate.total == 7_000_00
    assert (await world.verdict(world.code(corrected))).standing is Standing.VALID


async def test_a_correction_taken_back_makes_the_first_valid_again(world: World) -> None:
    first = await world.issue(1)
    await correct(world, 6_300_00)
    wrong = await world.issue(1)
    await correct(world, 7_000_00)
    last = await world.issue(1)
    assert (last.folio, last.replaces) != (first.folio, None)
    assert last.replaces == wrong.folio
    standings = [(await world.verdict(world.code(each))).standing for each in (first, wrong, last)]
    assert standings == [Standing.VALID, Standing.REPLACED, Standing.VALID]


async def test_a_certificate_of_today_is_not_replaced_by_one_of_tomorrow(world: World) -> None:
    kind = CertificateKind.MEMBERSHIP
    first = await world.issue(1, kind, None)
    world.clock.forward(days=1)
    async with world.database.unit() as connection:
        await connection.execute(update(member).values(first_names="OTRO NOMBRE"))
    assert (await world.issue(1, kind, None)).replaces is None
    assert (await world.verdict(world.code(first))).standing is Standing.VALID


async def test_void_is_for_good_and_says_who(world: World) -> None:
    first = await world.issue(1)
    code = world.code(first)
    await world.void(code)
    with pytest.raises(AlreadyVoid):
        await world.void(code)
    verdict = await world.verdict(code)
    assert verdict.standing is Standing.VOID
    assert verdict.certificate.voided_at == world.clock.now()
    async with world.database.unit() as connection:
        row = (await connection.execute(select(certificate))).one()
        told = await connection.scalar(
            select(audit.c.details).where(audit.c.action == "certificate_void")
        )
    assert (row.void_reason, row.voided_by) == ("cifras de otro año", "elena")
    assert json.loads(told) == {"why": f"{first.folio} elena"}


async def test_after_voiding_another_one_replaces_it(world: World) -> None:
    first = await world.issue(1)
    await world.void(world.code(first))
    again = await world.issue(1)
    assert again.replaces == first.folio
    assert (await world.verdict(world.code(again))).standing is Standing.VALID


async def test_voiding_a_correction_leaves_the_one_before(world: World) -> None:
    first = await world.issue(1)
    await correct(world, 6_300_00)
    await world.void(world.code(await world.issue(1)))
    assert (await world.verdict(world.code(first))).standing is Standing.VALID


async def test_a_made_up_code_can_neither_be_checked_nor_voided(world: World) -> None:
    code = world.code(await world.issue(1))
    altered = code[:-1] + ("0" if code[-1] != "0" else "1")
    for wrong in (altered, "6G00-3VC5-PA5K-BKMN", "", "hola"):
        with pytest.raises(NotGenuine):
            await world.verdict(wrong)
        with pytest.raises(NotGenuine):
            await world.void(wrong)
    assert (await world.verdict(code)).standing is Standing.VALID


@pytest.mark.parametrize("column", ["facts", "digest", "year", "issued_at", "number", "both"])
async def test_a_row_that_was_altered_is_found(world: World, column: str) -> None:
    issued = await world.issue(1)
    code = world.code(issued)
    async with world.database.unit() as connection:
        row = (await connection.execute(select(certificate))).one()
        forged = row.facts.replace("700000", "900000")
        assert forged != row.facts
        values = {
            "facts": {"facts": forged},
            "digest": {"digest": "0" * 64},
            "year": {"facts": row.facts.replace("2025", "2024")},
            "issued_at": {"issued_at": world.clock.now().replace(year=2025)},
            "number": {"number": 77},
            "both": {"facts": forged, "digest": digest_of(forged)},
        }[column]
        await connection.execute(update(certificate).values(values))
    with pytest.raises(NotGenuine):
        await world.verdict(code)


async def test_checks_are_counted_before_they_are_made(world: World) -> None:
    code = world.code(await world.issue(1))
    outcomes = await asyncio.gather(
        *(world.verify("telegram:9", code) for _ in range(50)), return_exceptions=True
    )
    refused = [each for each in outcomes if isinstance(each, TooManyChecks)]
    assert len(outcomes) - len(refused) == world.policies.checks_per_hour
    with pytest.raises(TooManyChecks):
        await world.verify("telegram:9", code)
    assert (await world.verify("telegram:10", code)).standing is Standing.VALID
    world.clock.forward(hours=1)
    assert (await world.verify("telegram:9", code)).standing is Standing.VALID


async def test_another_members_certificate_is_never_found(world: World) -> None:
    others = await world.issue(2)
    with pytest.raises(LookupError):
        await world.at_desk(1, lambda desk, visit: desk.issued(visit, others.id))
    assert await world.at_desk(2, lambda desk, visit: desk.issued(visit, others.id)) == others


async def test_nobody_gets_one_without_a_session(world: World) -> None:
    async def ask(desk, visit):
        return await desk.issue(Visit(1, 1, world.clock.now()), WITHHOLDING, 2025)

    with pytest.raises(PermissionError):
        await world.at_desk(1, ask)


async def years(world: World, member_id: int, kind: CertificateKind = WITHHOLDING) -> list[int]:
    return await world.at_desk(member_id, lambda desk, visit: desk.years(visit, kind))


async def test_closed_years_are_offered_to_members_of_that_time(world: World) -> None:
    async with world.database.unit() as connection:
        await close_years(connection, 2018, 2021, 2024, 2026)
        await connection.execute(
            update(member).where(member.c.id == 3).values(joined_on=world.clock.now().date())
        )
    assert await years(world, 1) == [2025, 2024, 2021]
    assert await years(world, 3) == []


@pytest.mark.parametrize("year", [2026, 2024, 2018, 0, None, -1])
async def test_a_year_that_is_not_offered_is_not_certified(world: World, year: int | None) -> None:
    with pytest.raises(NotIssued) as refused:
        await world.issue(1, WITHHOLDING, year)
    assert refused.value.why is Refusal.YEAR_NOT_CLOSED
    assert (await world.issue(1)).total == 7_000_00


async def test_nothing_withheld_is_certified_as_that(world: World) -> None:
    issued = await world.issue(3)
    assert issued.facts.lines == ()
    assert issued.total == 0


async def test_a_year_without_any_withholding_loaded_is_not_closed(world: World) -> None:
    async with world.database.unit() as connection:
        await connection.execute(closed_year.delete())
    assert await years(world, 1) == []


async def test_the_figures_of_the_tax_return_are_the_members_own(world: World) -> None:
    async with world.database.unit() as connection:
        await add_year_end(connection, 1, "contribution", 5_000_00, revaluation=Centavos(50_00))
        await add_year_end(connection, 1, "demand", 1_000_50, yields=Centavos(12_34))
        await add_year_end(connection, 1, "credit", 900_00, interest=Centavos(70_00))
        await add_year_end(connection, 2, "demand", 99_00)
        await add_withholding(connection, 1, concept="Rendimientos de CDAT", amount=1_00)
    kind = CertificateKind.TAX_RETURN
    assert await years(world, 1, kind) == [2025]
    assert await years(world, 3, kind) == []
    facts = (await world.issue(1, kind)).facts
    assert facts.total == 6_000_50
    assert facts.withheld == 7_001_00
    assert [line.balance for line in facts.of(Nature.CREDIT)] == [900_00]
    assert (await world.issue(2, kind)).total == 99_00


async def test_good_standing_is_refused_while_anything_is_overdue(world: World) -> None:
    kind = CertificateKind.GOOD_STANDING
    async with world.database.unit() as connection:
        late = {"days_past_due": 3, "arrears": Centavos(5_000_00), "instalment": Centavos(1)}
        await add_product(connection, 1, 30, "credit", balance=Centavos(90_000_00), **late)
        await add_product(connection, 2, 31, "credit", balance=Centavos(10_000_00))
    with pytest.raises(NotIssued) as refused:
        await world.issue(1, kind, None)
    assert refused.value.why is Refusal.ARREARS
    assert (await world.issue(2, kind, None)).total == 10_000_00
    assert (await world.issue(3, kind, None)).total is None


async def test_a_credit_statement_needs_a_credit(world: World) -> None:
    with pytest.raises(NotIssued) as refused:
        await world.issue(1, CertificateKind.CREDIT, None)
    assert refused.value.why is Refusal.NO_CREDITS


async def test_every_issue_is_recorded_with_who_and_when(world: World) -> None:
    issued = await world.issue(1)
    async with world.database.unit() as connection:
        row = (await connection.execute(select(certificate))).one()
        told = (
            await connection.execute(select(audit).where(audit.c.action == "certificate"))
        ).one()
    assert (row.member_id, row.kind, row.year) == (1, "withholding", 2025)
    assert (row.channel, row.telegram_id, row.issued_at) == ("chat", 1, world.clock.now())
    assert (told.member_id, told.telegram_id) == (1, 1)
    assert json.loads(told.details) == {"why": f"withholding {issued.folio}"}


async def test_a_copy_is_recognised_and_an_altered_one_is_not(world: World) -> None:
    issued = await world.issue(1)
    async with world.database.unit() as connection:
        register = RegisterRepository(connection)
        for _ in range(2):
            await register.remember_copy(issued.id, "a" * 64, world.clock.now())
        await register.remember_copy(issued.id, "b" * 64, world.clock.now())
        assert await register.of_copy("a" * 64) == await register.of_copy("b" * 64) == issued
        assert await register.of_copy("c" * 64) is None


async def test_an_unknown_member_has_no_facts(world: World) -> None:
    with pytest.raises(LookupError):
        await world.issue(99, CertificateKind.MEMBERSHIP, None)
    async with world.database.unit() as connection:
        await add_member(connection, 99)
        await connection.execute(insert(closed_year).values(year=2024))
    assert (await world.issue(99, CertificateKind.MEMBERSHIP, None)).holder.number == "A00099"
