"""Carries one notification: decides, writes down that it begins, sends, writes down its fate."""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.notifications.limiter import Limiter
from bot.notifications.mail import MailChannel
from bot.notifications.telegram import Answer, TelegramChannel
from domain.clock import Clock
from domain.notifications.categories import CONDUCT
from domain.notifications.outcomes import Reason, Result, State, Tried, judge
from domain.notifications.schedule import Timetable
from domain.notifications.sending import Channel, Decision, Send, Stop, Wait, decide
from handlers.notifications.wording import Told, screen
from storage.database import Database
from storage.notifications.claims import Claim, ClaimRepository
from storage.notifications.content import Envelopes
from storage.notifications.files import FileRepository, Sendable
from storage.notifications.reach import ReachRepository
from storage.notifications.sending import Receiver, SendingRepository

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Errand:
    """A notification that is being sent: what, to whom, by which way."""

    claim: Claim
    send: Send
    told: Told
    receiver: Receiver
    file: Sendable | None

    @property
    def chat_id(self) -> int | None:
        """The chat it goes to; None when it goes by e-mail."""
        by_chat = self.send.channel is Channel.TELEGRAM
        return self.receiver.situation.chat_id if by_chat else None


@dataclass(frozen=True, slots=True)
class Carrier:
    database: Database
    clock: Clock
    envelopes: Envelopes
    timetable: Timetable
    telegram: TelegramChannel
    mail: MailChannel
    limiter: Limiter

    async def carry(self, claim: Claim) -> None:
        """All the way; one that cannot even be read is dead, and the others go on.

        A fault of the database passes: the notification stays in hand until its lease is over.
        """
        receiver, file = await self._look_up(claim)
        try:
            told, decision = self._consider(claim, receiver)
        except Exception:
            log.exception("a notification could not be prepared", notification=claim.id)
            await self._stop(claim, Stop(State.DEAD, Reason.FAULTY))
            return
        if isinstance(decision, Send):
            await self._carry_out(Errand(claim, decision, told, receiver, file))
        else:
            await self._put_off(claim, decision)

    async def lose(self, claim: Claim) -> None:
        """It was being sent when its holder vanished."""
        async with self.database.unit() as connection:
            await self._judge(SendingRepository(connection), claim, Answer(Result.UNKNOWN))

    async def _look_up(self, claim: Claim) -> tuple[Receiver, Sendable | None]:
        async with self.database.unit() as connection:
            receiver = await SendingRepository(connection).receiver(claim, self.clock.now())
            return receiver, await FileRepository(connection).sendable(claim.file_id)

    def _consider(self, claim: Claim, receiver: Receiver) -> tuple[Told, Decision]:
        """What would be told, and whether it is."""
        content = self.envelopes.unpack(claim.content)
        told = Told(claim.id, claim.category, content, claim.reference, again=claim.doubts > 0)
        situation, now = receiver.situation, self.clock.now()
        return told, decide(claim.category, situation, now, self.timetable, claim.expires_at)

    async def _carry_out(self, errand: Errand) -> None:
        if errand.chat_id is not None:
            await self.limiter.turn(errand.chat_id)
        if await self._begin(errand):
            await self._conclude(errand, await self._send(errand))

    async def _put_off(self, claim: Claim, decision: Wait | Stop) -> None:
        if isinstance(decision, Stop):
            await self._stop(claim, decision)
            return
        async with self.database.unit() as connection:
            await SendingRepository(connection).wait(claim, decision.until)

    async def _stop(self, claim: Claim, stop: Stop) -> None:
        async with self.database.unit() as connection:
            sending = SendingRepository(connection)
            await sending.stop(claim, stop.state, stop.reason, self.clock.now())

    async def _begin(self, errand: Errand) -> bool:
        """Written down before the call, so that a crash leaves no doubt but about this one."""
        claim, channel = errand.claim, errand.send.channel
        async with self.database.unit() as connection:
            sending, now = SendingRepository(connection), self.clock.now()
            begun = await sending.begin(claim, channel, errand.chat_id, now)
            if not begun:
                await ClaimRepository(connection).release([claim])
        return begun

    async def _send(self, errand: Errand) -> Answer:
        if errand.chat_id is not None:
            return await self._to_chat(errand, errand.chat_id)
        to, now = errand.receiver.situation.email or "", self.clock.now()
        return await self.mail.send(errand.told, errand.receiver.first_names, to, now)

    async def _to_chat(self, errand: Errand, chat_id: int) -> Answer:
        if not await self.limiter.door():
            return Answer(Result.THROTTLED, pause=timedelta(seconds=self.limiter.paused_for))
        silent = errand.send.silent or bool(errand.claim.silent)
        answer = await self.telegram.send(chat_id, screen(errand.told), errand.file, silent)
        self.limiter.sent(chat_id)
        self._heed(chat_id, answer)
        return answer

    def _heed(self, chat_id: int, answer: Answer) -> None:
        """What the answer means for those that follow."""
        seconds = answer.pause.total_seconds()
        match answer.result:
            case Result.THROTTLED:
                self.limiter.throttled(chat_id, seconds)
            case Result.MISCONFIGURED:
                self.limiter.pause(seconds)
            case Result.NOT_SENT | Result.UNKNOWN:
                self.limiter.stumbled()
            case _:
                self.limiter.went_well()

    async def _conclude(self, errand: Errand, answer: Answer) -> None:
        async with self.database.unit() as connection:
            reach, files = ReachRepository(connection), FileRepository(connection)
            if answer.result is Result.CLOSED and errand.chat_id is not None:
                await reach.close(errand.chat_id, self.clock.now())
            if self.limiter.paused_for:
                pause = timedelta(seconds=self.limiter.paused_for)
                await reach.pause(self.clock.now() + pause)
            if answer.file_id and errand.file and not errand.file.telegram_file_id:
                await files.known_to_telegram(errand.file.id, answer.file_id)
            await self._judge(SendingRepository(connection), errand.claim, answer)

    async def _judge(self, sending: SendingRepository, claim: Claim, answer: Answer) -> None:
        now, in_doubt = self.clock.now(), answer.result is Result.UNKNOWN
        repeatable = CONDUCT[claim.category].repeatable
        tried = Tried(claim.tries + 1, claim.doubts + in_doubt, claim.due_at, repeatable)
        verdict = judge(answer.result, tried, now, answer.pause)
        if verdict.state in (State.DEAD, State.UNKNOWN):
            log.error("a notification is dead", notification=claim.id, why=verdict.reason)
        await sending.settle(claim, verdict, now, in_doubt=in_doubt, message_id=answer.message_id)
