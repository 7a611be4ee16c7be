"""The statement of account as the database gives it, on both engines."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert

from domain.members import DocumentType
from domain.money import Centavos, Percent
from domain.statement import Credit, Period, Rate, RateKind, Savings
from domain.statements import ALWAYS, Span
from storage.database import Database
from storage.greetings import GreetingRepository
from storage.schema import session
from storage.statements import StatementRepository
from tests.statement_rows import (
    CUT_OFF,
    DOCUMENT,
    add_member,
    add_movements,
    add_product,
    add_teacher,
)

A_YEAR_AGO = CUT_OFF - timedelta(days=365)


@pytest.fixture
async def statements(database: Database) -> AsyncIterator[StatementRepository]:
    async with database.unit() as connection:
        await add_teacher(connection)
        await add_member(connection, 2)
        await add_product(connection, 2, 99, "demand", balance=Centavos(5))
        await add_movements(connection, 99, (date(2026, 10, 9), "Ajena", 5))
        yield StatementRepository(connection)


async def test_statement_holds_every_product_of_the_member(
    statements: StatementRepository,
) -> None:
    found = await statements.statement(1, A_YEAR_AGO)
    assert found.cut_off == CUT_OFF
    assert [p.id for p in found.products] == [10, 20, 21, 30, 31]
    assert found.total_savings == Centavos(1_123_456_789)
    assert found.days_past_due == 3


async def test_a_cdat_and_a_credit_keep_all_their_fields(statements: StatementRepository) -> None:
    found = await statements.statement(1, A_YEAR_AGO)
    cdat, credit = found.product(21), found.product(30)
    assert isinstance(cdat, Savings)
    assert isinstance(credit, Credit)
    assert cdat.rate == Rate(Percent("9.20"), RateKind.EFFECTIVE_ANNUAL)
    assert cdat.settlement is Period.QUARTERLY
    assert (cdat.opened_on, cdat.matures_on) == (date(2026, 8, 5), date(2027, 2, 5))
    assert (credit.instalments_paid, credit.instalments_total) == (12, 36)
    assert isinstance(credit.arrears, Centavos)


async def test_a_member_without_products_has_an_empty_statement(
    statements: StatementRepository,
) -> None:
    await add_member(statements._connection, 3)
    assert (await statements.statement(3, A_YEAR_AGO)).products == ()


async def test_closed_products_come_last_and_leave_after_a_year(
    statements: StatementRepository,
) -> None:
    for product_id, year in ((1, 2026), (2, 2025)):
        closed_on = date(year, 1, 2)
        await add_product(statements._connection, 1, product_id, "programmed", closed_on=closed_on)
    found = await statements.statement(1, A_YEAR_AGO)
    assert [s.id for s in found.savings] == [20, 21, 1]


async def test_movements_come_newest_first_in_pages(statements: StatementRepository) -> None:
    first = await statements.page(1, 20, ALWAYS, 0)
    second = await statements.page(1, 20, ALWAYS, 1)
    assert first is not None
    assert second is not None
    assert [m.description for m in first.movements[:2]] == ["Intereses", "Consignación 10"]
    assert (len(first.movements), first.has_older) == (8, True)
    assert second.movements[-1].amount == Centavos(-5_000_050)
    assert (len(second.movements), second.has_older) == (4, False)


async def test_a_month_or_a_page_without_movements_still_names_the_product(
    statements: StatementRepository,
) -> None:
    september = await statements.page(1, 20, Span(date(2026, 9, 1), date(2026, 9, 30)), 0)
    beyond = await statements.page(1, 20, ALWAYS, 9_999)
    for page in (september, beyond):
        assert page is not None
        assert (page.product_name, page.movements) == ("Ahorro a la vista", ())


async def test_months_with_movements_are_offered_newest_first(
    statements: StatementRepository,
) -> None:
    assert await statements.months(1, 20) == (date(2026, 10, 1), date(2026, 8, 1))
    await add_movements(
        statements._connection, 21, *((date(2025, m, 3), "Interés", 1) for m in range(1, 13))
    )
    await add_movements(statements._connection, 10, (date(2026, 2, 3), "Aporte", 1))
    assert len(await statements.months(1, 21)) == 12


async def test_printed_movements_are_by_product_oldest_first(
    statements: StatementRepository,
) -> None:
    found = await statements.movements(1, Span(date(2026, 8, 1), CUT_OFF))
    assert list(found) == [20]
    assert found[20][0].booked_on == date(2026, 8, 14)


@pytest.mark.parametrize("product_id", [99, 12345, 0, -1, 2**63, 10**40])
async def test_another_members_product_yields_nothing(
    statements: StatementRepository, product_id: int
) -> None:
    assert (await statements.statement(1, A_YEAR_AGO)).product(product_id) is None
    assert await statements.page(1, product_id, ALWAYS, 0) is None
    assert await statements.months(1, product_id) == ()
    assert product_id not in await statements.movements(1, ALWAYS)


async def test_the_holder_is_named_for_the_printed_head(statements: StatementRepository) -> None:
    holder = await statements.holder(1)
    assert holder.document.kind is DocumentType.CC
    assert holder.document.number == DOCUMENT
    with pytest.raises(LookupError):
        await statements.holder(404)
    with pytest.raises(LookupError):
        await statements.statement(404, A_YEAR_AGO)


async def test_the_statement_is_one_read(
    statements: StatementRepository, database: Database
) -> None:
    seen: list[str] = []
    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda *given: seen.append(given[2]),
    )
    await statements.statement(1, A_YEAR_AGO)
    assert len(seen) == 1


async def test_a_greeting_tells_the_entry_before_this_one(
    statements: StatementRepository,
) -> None:
    greetings = GreetingRepository(statements._connection)
    first = await greetings.greeting(1, "now")
    assert (first.name, first.previous_entry) == ("María", None)
    for key, day in (("old", 1), ("last", 20), ("now", 30)):
        started = datetime(2026, 10, day, 15, tzinfo=UTC)
        row = {"id": key, "member_id": 1, "chat_id": 7, "telegram_id": 7, "started_at": started}
        ended = None if key == "now" else started + timedelta(minutes=5)
        await statements._connection.execute(insert(session), row | {"ended_at": ended})
    again = await greetings.greeting(1, "now")
    assert again.previous_entry == datetime(2026, 10, 20, 15, tzinfo=UTC)
    with pytest.raises(LookupError):
        await greetings.greeting(404, "now")
