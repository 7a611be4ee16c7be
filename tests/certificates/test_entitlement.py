"""What a member can have certified: which years, which figures, and what is refused."""

import pytest
from sqlalchemy import insert, update

from domain.certificates.facts import CertificateKind, Refusal
from domain.certificates.issue import NotIssued
from domain.money import Centavos
from domain.statements import Nature
from storage.schema import closed_year, member
from tests.certificates.rows import add_withholding, add_year_end, close_years
from tests.certificates.world import WITHHOLDING, World
from tests.statement_rows import add_member, add_product


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


async def test_an_unknown_member_has_no_facts(world: World) -> None:
    with pytest.raises(LookupError):
        await world.issue(99, CertificateKind.MEMBERSHIP, None)
    async with world.database.unit() as connection:
        await add_member(connection, 99)
        await connection.execute(insert(closed_year).values(year=2024))
    assert (await world.issue(99, CertificateKind.MEMBERSHIP, None)).holder.number == "A00099"
