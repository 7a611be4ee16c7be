"""Delivers what is in the outbox: files the member asked for, screens that could not be shown."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import structlog
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.desk import Desk
from bot.pauses import stated_pause
from bot.rehearsing import rehearse
from bot.view import View
from bot.visits import is_for, visit_of
from bot.workshop import Workshop
from domain.conversation import Parcel, Visit
from domain.notes import Note
from handlers.kit.flow import Flow
from handlers.kit.screen import Attachment, Phrase, Rehearsal, Screen
from storage.certificates.register import RegisterRepository
from storage.notes import unpacked
from storage.outbox import Leased
from storage.unit import unit_of_work

log = structlog.get_logger()
LONGEST_BACKOFF = timedelta(minutes=5)
MOST_TRIES = 12
STRAYS = 100
# What was sent outside a session goes by itself when the chat is left where it was.
LEFT_ALONE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Courier:
    desk: Desk
    workshop: Workshop

    async def deliver_next(self) -> bool:
        """Deliver one due parcel; False when there was none."""
        async with unit_of_work(self.desk.database) as unit:
            leased = await unit.outbox.lease(self.desk.clock.now())
        if leased is None:
            return False
        try:
            state = await self._deliver(leased)
        except (BadRequest, Forbidden) as error:
            log.error("parcel cannot be delivered", parcel=leased.id, error=str(error))
            state = "dead"
        except TelegramError as error:
            await self._again(leased, error)
            return True
        except Exception:
            log.exception("parcel could not be made", parcel=leased.id)
            state = "dead"
            await self._apologise(leased)
        async with unit_of_work(self.desk.database) as unit:
            await unit.outbox.finish(leased, state)
        return True

    async def _deliver(self, leased: Leased) -> str:
        match leased.parcel.kind:
            case "screen":
                return await self._show(leased)
            case "note":
                return await self._tell(leased)
        return await self._send_file(leased)

    async def _show(self, leased: Leased) -> str:
        key = leased.parcel.payload.get("notice")
        await self.desk.show(
            await self._screen(leased.parcel.chat_id, Phrase(key) if key else None)
        )
        return "sent"

    async def _tell(self, leased: Leased) -> str:
        """Send a note, or write it anew where it lies."""
        chat_id, message_id = leased.parcel.chat_id, leased.parcel.payload.get("message_id")
        note = unpacked(leased.parcel.payload)
        screen = await self._written(chat_id, note)
        if screen is None:
            return "dropped"
        if message_id is not None:
            await self.desk.renderer.rewrite(chat_id, message_id, screen)
            return "sent"
        sent = await self.desk.renderer.tell(chat_id, screen)
        async with unit_of_work(self.desk.database) as unit:
            await unit.notes.sent(chat_id, sent, note)
        return "sent"

    async def _written(self, chat_id: int, note: Note) -> Screen | None:
        async with unit_of_work(self.desk.database) as unit:
            visit = Visit(chat_id, chat_id, self.desk.clock.now())
            return await self.desk.repertoire.notes[note.name](unit, visit, note.params)

    async def _send_file(self, leased: Leased) -> str:
        parcel = leased.parcel
        prepared = await self._prepare(leased)
        if prepared is None:
            await self._throw_strays(leased)
            return "dropped"
        if isinstance(prepared, Rehearsal):
            message_id = await rehearse(self.desk.renderer.bot, parcel.chat_id, prepared)
        else:
            sent = await self._make(parcel, prepared)
            if sent is None:
                return "dropped"
            message_id = sent
        await self._keep(parcel.chat_id, message_id, parcel.session_id)
        await self._throw_strays(leased, message_id)
        await self.desk.present(await self._screen(parcel.chat_id, None))
        return "sent"

    async def _make(self, parcel: Parcel, attachment: Attachment) -> int | None:
        """Make the file and send it; None when nobody waits for it any more."""
        await self.desk.renderer.announce(parcel.chat_id, attachment)
        content = await self.workshop.make(attachment.maker, attachment.values)
        await self._remember_copy(attachment, content)
        owner = parcel.session_id
        if owner is not None and not await self._still_there(parcel.chat_id, owner):
            return None
        return await self.desk.renderer.send_file(parcel.chat_id, attachment, content)

    async def _prepare(self, leased: Leased) -> Attachment | Rehearsal | None:
        """What to make, read as who asked for it; None when their session or flow is over.

        A public file is of nobody: read so, and only from a flow for anyone.
        """
        parcel, payload, now = leased.parcel, leased.parcel.payload, self.desk.clock.now()
        async with unit_of_work(self.desk.database) as unit:
            if parcel.session_id is None:
                visit = Visit(parcel.chat_id, parcel.chat_id, now)
            else:
                conversation = await unit.conversations.hold(parcel.chat_id)
                if conversation.owner != parcel.session_id:
                    return None
                visit = visit_of(conversation, parcel.chat_id, now)
            flow = self.desk.repertoire.flows[payload["flow"]](unit, visit)
            if not _may_leave(parcel, flow, visit):
                return None
            return await flow.deliveries[payload["name"]](payload["params"])

    async def _remember_copy(self, attachment: Attachment, content: bytes) -> None:
        """Of a certificate, so that a file that was altered can be told from one that was not."""
        if attachment.certificate is None:
            return
        digest, now = sha256(content).hexdigest(), self.desk.clock.now()
        async with unit_of_work(self.desk.database) as unit:
            register = RegisterRepository(unit.connection)
            await register.remember_copy(attachment.certificate, digest, now)

    async def _keep(self, chat_id: int, message_id: int, owner: str | None) -> None:
        """Have the file deleted with its session or flow; at once when that is over already.

        One of nobody is only known to be wanted.
        """
        async with unit_of_work(self.desk.database) as unit:
            conversation, now = await unit.conversations.hold(chat_id), self.desk.clock.now()
            await unit.dustbin.keep(chat_id, message_id, owner)
            if owner is None:
                return
            if conversation.owner != owner:
                await unit.dustbin.throw(chat_id, message_id, now)
            elif conversation.session is None:
                await unit.dustbin.throw(chat_id, message_id, now + LEFT_ALONE)

    async def _throw_strays(self, leased: Leased, newest: int | None = None) -> None:
        """An earlier try may have sent a copy and been killed before it was remembered.

        Its number is unknown, but lies after the screen it was asked from and before `newest`:
        whatever else is there, and is not known to be wanted, goes with it.
        """
        after, chat_id = leased.parcel.payload["after"], leased.parcel.chat_id
        if leased.tries == 1 or after is None:
            return
        async with unit_of_work(self.desk.database) as unit:
            live = (await unit.conversations.hold(chat_id)).live_message_id or 0
            wanted = await unit.dustbin.kept(chat_id) | {live, newest or 0}
            end = max(live, newest or 0)
            for message_id in set(range(max(after, end - STRAYS), end)) - wanted:
                await unit.dustbin.throw(chat_id, message_id, self.desk.clock.now())
        await self.desk.broom.sweep(chat_id)

    async def _still_there(self, chat_id: int, owner: str) -> bool:
        async with unit_of_work(self.desk.database) as unit:
            return (await unit.conversations.hold(chat_id)).owner == owner

    async def _screen(self, chat_id: int, notice: Phrase | None) -> View:
        """The chat's screen as a new message, below what was just sent."""
        async with self.desk.turn(chat_id, chat_id) as turn:
            turn.notice = notice
            return await turn.view()

    async def _apologise(self, leased: Leased) -> None:
        view = await self._screen(leased.parcel.chat_id, Phrase("kernel.file_failed"))
        await self.desk.present(view)

    async def _again(self, leased: Leased, error: TelegramError) -> None:
        log.warning("parcel will be tried again", parcel=leased.id, error=type(error).__name__)
        async with unit_of_work(self.desk.database) as unit:
            if leased.tries >= MOST_TRIES:
                await unit.outbox.finish(leased, "dead")
            else:
                until = self.desk.clock.now() + _pause(leased.tries, error)
                await unit.outbox.postpone(leased, until)


def _may_leave(parcel: Parcel, flow: Flow, visit: Visit) -> bool:
    """Whether a file may go out: to somebody whom its flow is for, or of nobody and public."""
    nobodys = parcel.session_id is None
    return is_for(flow, visit.session) and (not nobodys or parcel.payload.get("public") is True)


def _pause(tries: int, error: TelegramError) -> timedelta:
    if isinstance(error, RetryAfter):
        return stated_pause(error)
    return min(timedelta(seconds=2**tries), LONGEST_BACKOFF)
