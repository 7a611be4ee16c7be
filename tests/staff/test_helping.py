"""What employees find of members, and what they may do for their access."""

import pytest

from domain.staff.files import NoMember, PinState
from domain.staff.search import Results, TooShort, read_sought
from storage.schema import audit, member
from tests.staff.world import Bureau

PEOPLE = (
    ("Ñáñez Peña", "María Eugenia"),
    ("PEÑA ÁVILA", "JOSÉ MARÍA"),
    ("Pena Rojas", "Lucía"),
    ("Gómez", "Ángela María"),
    ("O'Neill Núñez", "Bjørn"),
)


async def with_people(bureau: Bureau) -> None:
    for number, (surnames, first_names) in enumerate(PEOPLE, start=1):
        await bureau.member(number, surnames=surnames, first_names=first_names)


async def found(bureau: Bureau, typed: str, page: int = 0) -> Results:
    elena = await bureau.somebody()
    sought = await bureau.do(lambda w: w.finding.begin(elena, typed))
    return await bureau.do(lambda w: w.finding.page(elena, sought, page))


async def names(bureau: Bureau, typed: str) -> list[str]:
    return [each.surnames for each in (await found(bureau, typed)).members]


async def test_names_are_found_without_case_accents_or_order(bureau: Bureau) -> None:
    await with_people(bureau)
    assert await names(bureau, "nanez") == ["Ñáñez Peña"]
    assert await names(bureau, "MARIA ÑAÑ") == ["Ñáñez Peña"]
    assert await names(bureau, "peña") == ["Ñáñez Peña", "PEÑA ÁVILA", "Pena Rojas"]
    assert await names(bureau, "maría jose") == ["PEÑA ÁVILA"]
    assert await names(bureau, "angela") == ["Gómez"]
    assert await names(bureau, "nadie") == []


async def test_what_like_reads_as_a_sign_is_none(bureau: Bureau) -> None:
    await with_people(bureau)
    assert await names(bureau, "nan%z") == []
    assert await names(bureau, "'; DROP TABLE member;--") == []
    for typed in ("%%%", "___", "n_n_z"):
        with pytest.raises(TooShort):
            await found(bureau, typed)
    assert len(await bureau.rows(member)) == len(PEOPLE)


NUMBERS = ("50000002", "CC 50.000.002", "cc50000002", " 50 000 002 ", "A00002")


@pytest.mark.parametrize("typed", NUMBERS)
async def test_numbers_as_people_type_them(bureau: Bureau, typed: str) -> None:
    await with_people(bureau)
    assert await names(bureau, typed) == ["PEÑA ÁVILA"]


@pytest.mark.parametrize("typed", ["CE 50000002", "5000000", "500000020"])
async def test_other_numbers_find_nobody(bureau: Bureau, typed: str) -> None:
    await with_people(bureau)
    assert await names(bureau, typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "ma", "a b c", "1", "¿?", "12#", "🙂🙂🙂"])
def test_too_little_to_search_for(typed: str) -> None:
    with pytest.raises(TooShort):
        read_sought(typed)


async def test_many_come_in_pages_that_end(bureau: Bureau) -> None:
    rows = [{"surnames": f"Peña {n:03}", "first_names": "Ana"} for n in range(70)]
    for number, row in enumerate(rows, start=1):
        await bureau.member(number, **row)
    first = await found(bureau, "pena")
    assert (len(first.members), first.more) == (6, True)
    second = await found(bureau, "pena", 1)
    assert second.members[0].surnames == "Peña 006"
    last = await found(bureau, "pena", 8)
    assert not last.more
    assert (await found(bureau, "pena", 10_000)).page == 8


async def test_a_search_is_audited_without_what_was_searched(bureau: Bureau) -> None:
    await with_people(bureau)
    await found(bureau, "nanez")
    await found(bureau, "50000002")
    rows = await bureau.rows(audit, audit.c.action == "member_sought")
    assert [row.details for row in rows] == ['{"why": "name"}', '{"why": "number"}']
    assert {row.staff_id for row in rows} == {1}


async def test_the_file_tells_how_the_member_stands(bureau: Bureau) -> None:
    await bureau.member(1, bound=900, first_loaded_at=bureau.clock.now())
    elena = await bureau.employee("Elena")
    read = await bureau.do(lambda w: w.files.read(elena, 1))
    assert read.access.pin is PinState.FIRST_KEY
    await bureau.do(lambda w: w.access.unlock(elena, 1, "Vino a la oficina"))
    bureau.clock.forward(days=31)
    read = await bureau.do(lambda w: w.files.read(bureau.now(elena), 1))
    assert read.access.pin is PinState.FIRST_KEY_EXPIRED
    assert [(act.action.value, act.by, act.reason) for act in read.acts] == [
        ("unlock", "Elena", "Vino a la oficina")
    ]
    assert read.access.bound_at is not None


async def test_looking_at_a_file_and_at_a_document_is_audited(bureau: Bureau) -> None:
    await bureau.member(1)
    elena = await bureau.employee("Elena")
    await bureau.do(lambda w: w.files.open(elena, 1))
    await bureau.do(lambda w: w.files.see_document(elena, 1))
    rows = await bureau.rows(audit)
    assert [(row.action, row.member_id) for row in rows] == [
        ("member_seen", 1),
        ("document_seen", 1),
    ]
    with pytest.raises(NoMember):
        await bureau.do(lambda w: w.files.open(elena, 77))
