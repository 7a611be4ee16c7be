"""Each control of pushing, taken out: what it holds back happens, so its test would notice."""

import pytest
from sqlalchemy import false, insert, true

from bot.notifications.limiter import Limiter, Pace
from bot.sandbox import faults
from bot.sandbox.limits import Limits, Rate
from bot.sandbox.sandbox import Sandbox
from domain.notifications.categories import CONDUCT, Category, Conduct
from domain.notifications.outcomes import State, Verdict
from domain.notifications.preferences import Preferences
from domain.notifications.schedule import Timetable
from storage.notifications import claims as claims_module
from storage.notifications import sending as sending_module
from storage.notifications.claims import ClaimRepository
from storage.notifications.sending import SendingRepository
from storage.schema import contact_day, notification
from tests.notifications.dispatch import Dispatch, open_sender, told

ENGINES = ("sqlite",)
held = pytest.mark.parametrize("held", [True, False])


@held
async def test_the_fence_holds_back_the_former_holder(books, database, clock, monkeypatch, held):
    if not held:
        monkeypatch.setattr(sending_module, "_own", lambda c: (notification.c.id == c.id,))
    number = await books.tell(1)
    (old,) = await books.claim()
    clock.forward(minutes=2)
    async with database.unit() as connection:
        await ClaimRepository(connection).lost(clock.now())
    await books.claim()
    async with database.unit() as connection:
        await SendingRepository(connection).settle(old, Verdict(State.SENT), clock.now())
    assert (await books.row(number)).state == ("leased" if held else "sent")


@held
async def test_one_at_a_time_holds_the_order(books, monkeypatch, held):
    if not held:
        monkeypatch.setattr(claims_module, "_held_back", lambda *_: false())
    first, second = await books.tell(1), await books.tell(1)
    claimed = [claim.id for claim in await books.claim()]
    assert claimed == ([first] if held else [first, second])


@held
async def test_the_state_of_its_batch_holds_what_was_cancelled(dispatch, monkeypatch, held):
    if not held:
        monkeypatch.setattr(sending_module, "_running", true)
    phone, batch = await dispatch.phone(1), await dispatch.books.batch(1)
    (claim,) = await dispatch.books.claim()
    await dispatch.books.set_batch(batch, state="cancelled")
    await dispatch.sender.carrier.carry(claim)
    assert len(told(phone)) == (0 if held else 1)


@held
async def test_sending_is_written_down_before_the_call(dispatch, monkeypatch, held):
    """Without it a holder that vanished leaves a message that is sent again without a word."""
    if not held:
        ours = SendingRepository.begin

        async def begin(self, claim, *given):
            begun = await ours(self, claim, *given)
            await self._connection.execute(
                notification.update().where(notification.c.id == claim.id).values(state="leased")
            )
            return begun

        monkeypatch.setattr(SendingRepository, "begin", begin)
    phone = await dispatch.phone(1)
    await dispatch.books.tell(1, "Su pago llegó")

    async def vanish(*_: object) -> None:
        raise SystemError("the process is gone")

    with monkeypatch.context() as short:
        short.setattr(type(dispatch.sender.carrier), "_conclude", vanish)
        await dispatch.sender.run_once()
        await dispatch.sender.finish()
    await dispatch.later(seconds=61)
    await dispatch.later(seconds=11)
    first, second = told(phone)
    assert "por si no le llegó" not in first
    assert ("por si no le llegó" in second) is held


@held
async def test_the_day_holds_a_second_contact(dispatch, monkeypatch, held):
    """Both were in hand before either was sent: only the statement at the end can tell."""
    if not held:

        async def anyhow(*_: object) -> bool:
            return True

        monkeypatch.setattr(SendingRepository, "_contact", anyhow)
    phone, now = await dispatch.phone(1), dispatch.books.clock.now()
    await dispatch.books.tell(1, "cuota", category=Category.REMINDER)
    (claim,) = await dispatch.books.claim()
    async with dispatch.books.database.unit() as connection:
        receiver = await SendingRepository(connection).receiver(claim, now)
        await connection.execute(
            insert(contact_day).values(member_id=1, day=now.date(), notification_id=424_242)
        )

    async def earlier(*_: object) -> object:
        return receiver

    monkeypatch.setattr(SendingRepository, "receiver", earlier)
    await dispatch.sender.carrier.carry(claim)
    assert len(told(phone)) == (0 if held else 1)


@held
async def test_the_window_holds_a_collection_back_on_sunday(dispatch, monkeypatch, held):
    if not held:
        monkeypatch.setattr(Timetable, "earliest", lambda self, category, wanted, *_: wanted)
    phone = await dispatch.phone(1)
    dispatch.books.clock.forward(days=4)
    await dispatch.books.tell(1, "cuota", category=Category.ARREARS)
    await dispatch.send()
    assert len(told(phone)) == (0 if held else 1)


@held
async def test_a_code_in_doubt_is_held_by_its_class(dispatch, monkeypatch, held):
    if not held:
        loose = Conduct(False, False, CONDUCT[Category.CODE].choice, by_mail=False)
        monkeypatch.setitem(CONDUCT, Category.CODE, loose)
    phone = await dispatch.phone(1)
    dispatch.sandbox.faults.add(faults.accept_then_reset(), times=1, method="sendMessage")
    await dispatch.books.tell(1, "Código 481516", category=Category.CODE)
    await dispatch.send()
    await dispatch.later(seconds=11)
    assert len(told(phone)) == (1 if held else 2)


@held
async def test_what_the_member_refused_is_held_by_their_choice(dispatch, monkeypatch, held):
    if not held:
        monkeypatch.setattr(Preferences, "wants", lambda *_: True)
    phone = await dispatch.phone(1)
    await dispatch.books.tell(1, "Viaje", category=Category.COMMERCIAL)
    await dispatch.send()
    assert len(told(phone)) == (0 if held else 1)


@held
async def test_the_pace_holds_telegrams_limits(books, monkeypatch, held):
    """Eight at once into chats of a Telegram that takes four a second."""
    strict = Limits(overall=Rate(4, 4), chat=Rate(1, 20))
    pace = Pace(overall=5, pushed=3, burst=1, least=1)
    if not held:

        async def at_once(*_: object) -> bool:
            return True

        monkeypatch.setattr(Limiter, "turn", at_once)
        monkeypatch.setattr(Limiter, "door", at_once)
    async with (
        Sandbox(limits=strict) as sandbox,
        open_sender(sandbox, books.database, books.clock, pace) as sender,
    ):
        for member in range(1, 6):
            sandbox.phone(100 + member, f"Socia {member}").chat.started = True
            await books.tell(member)
        await Dispatch(books, sandbox, sender).send()
        refused = sandbox.ledger.of("sendMessage", outcome="429")
    assert bool(refused) is not held


# --- the API ---
