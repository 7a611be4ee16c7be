"""The controls of the push API, each taken out: what it holds back happens."""

from sqlalchemy import MetaData, Table, select, text

from domain.clock import local_date
from domain.notifications.api_keys import Scope
from domain.notifications.categories import Category
from storage.notifications import claims as claims_module
from storage.notifications import reading as reading_module
from storage.notifications.api_keys import ApiKeyRepository
from storage.notifications.idempotency import IdempotencyRepository
from storage.notifications.recipients import RecipientRepository
from storage.schema import notification
from tests.notifications.test_api import count
from tests.notifications.test_controls import ENGINES, held

__all__ = ["ENGINES"]


@held
async def test_the_answer_kept_holds_a_second_effect(core, world, monkeypatch, held):
    if not held:

        async def nothing(*_: object) -> None: ...

        monkeypatch.setattr(IdempotencyRepository, "answered", nothing)
        monkeypatch.setattr(IdempotencyRepository, "answer", nothing)
    await core.notify(key="k")
    other = await core.notify(key="k", external_id="n-2")
    assert other.status_code == (422 if held else 202)
    assert await count(world) == (1 if held else 2)


@held
async def test_the_name_holds_a_second_message_for_ever(core, world, monkeypatch, held):
    """Long after its answer was forgotten. The constraint alone holds it: that is dropped here."""
    if not held:
        async with world.database.unit() as connection:
            await connection.execute(text("DROP TABLE notification"))
            bare = Table("notification", MetaData(), *(c._copy() for c in notification.columns))
            await connection.run_sync(bare.create)
    await core.notify()
    world.clock.forward(days=8)
    await world.pushing.chores.clear_out()
    answer = await core.notify()
    assert answer.status_code == (200 if held else 202)
    assert await count(world) == (1 if held else 2)


@held
async def test_the_scope_holds_what_a_key_may_not_do(world, monkeypatch, held):
    only = await world.program("only", Scope.SEND)
    if not held:
        ours = ApiKeyRepository.live

        async def everything(self, key, at):
            record = await ours(self, key, at)
            object.__setattr__(record, "scopes", frozenset(Scope))
            return record

        monkeypatch.setattr(ApiKeyRepository, "live", everything)
    answer = await only.get("/v1/members/A00001/reachability")
    assert answer.status_code == (403 if held else 200)


@held
async def test_the_client_holds_what_is_anothers(core, world, monkeypatch, held):
    number = (await core.notify()).json()["id"]
    if not held:
        ours = reading_module.ReadingRepository._first

        async def anybodys(self, _, condition):
            return await ours(self, "core", condition)

        monkeypatch.setattr(reading_module.ReadingRepository, "_first", anybodys)
    portal = await world.program("portal")
    answer = await portal.get(f"/v1/notifications/{number}")
    assert answer.status_code == (404 if held else 200)


@held
async def test_the_digest_holds_a_key_that_is_only_half_right(core, world, monkeypatch, held):
    if not held:
        monkeypatch.setattr("storage.notifications.api_keys.is_same", lambda *_: True)
    core.key = f"{core.key[:-1]}{'A' if core.key[-1] != 'A' else 'B'}"
    assert (await core.notify()).status_code == (401 if held else 202)


@held
async def test_a_bulk_holds_back_until_it_is_whole(core, world, books, monkeypatch, held):
    """What is being uploaded counts for nothing: nobody is told half of it."""
    if not held:
        monkeypatch.setattr(claims_module, "OPEN", ("expanding", "open", "receiving"))
    await books.batch(1, 2, state="receiving")
    assert len(await books.claim()) == (0 if held else 2)


@held
async def test_planned_contacts_hold_each_others_days(books, monkeypatch, held):
    if not held:

        async def nobody(*_: object) -> dict[int, frozenset[object]]:
            return {}

        monkeypatch.setattr(RecipientRepository, "_taken", nobody)
    for _ in range(2):
        await books.tell(1, category=Category.REMINDER)
    async with books.database.unit() as connection:
        dues = list(await connection.scalars(select(notification.c.not_before)))
    assert (local_date(dues[0]) != local_date(dues[1])) is held
