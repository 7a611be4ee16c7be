"""The front desk: one update in, its work committed, then its screen shown."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.bell import Bell
from bot.broom import Broom
from bot.incoming import Incoming, read
from bot.metronome import Metronome
from bot.pauses import stated_pause
from bot.render import Renderer
from bot.repertoire import Repertoire
from bot.turn import Turn
from bot.uploads import fetch
from bot.view import View
from bot.visits import visit_of
from domain.clock import Clock
from domain.conversation import Parcel
from domain.cooperative import Policies
from handlers.kit.screen import Phrase, Screen
from storage import errands
from storage.database import Database
from storage.unit import Unit, unit_of_work

log = structlog.get_logger()
DEADLINE_SECONDS = 10
PATIENCE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Desk:
    database: Database
    repertoire: Repertoire
    policies: Policies
    clock: Clock
    renderer: Renderer
    broom: Broom
    bell: Bell
    metronome: Metronome

    async def serve(self, update: Update) -> None:
        """Do the update's work and show its screen; never raises for a fault of its own."""
        if update.my_chat_member is not None:
            await self._heed_door(update.my_chat_member)
            return
        begun, incoming = asyncio.get_running_loop().time(), read(update)
        if incoming is None:
            return
        if not incoming.private:
            await self._send_to_private(incoming)
            return
        try:
            incoming = await self._with_upload(incoming)
            async with asyncio.timeout(DEADLINE_SECONDS):
                view = await self._work(incoming)
        except Exception:
            view = await self._incident(incoming)
        if view.even:
            await self.metronome.wait(begun)
        await self.present(view, incoming)

    async def _heed_door(self, change: ChatMemberUpdated) -> None:
        """A member blocked us, or let us in again; groups have no such door."""
        if change.chat.type != ChatType.PRIVATE:
            return
        async with unit_of_work(self.database) as unit:
            if change.new_chat_member.status == ChatMemberStatus.BANNED:
                await unit.reach.close(change.chat.id, self.clock.now())
            else:
                await unit.reach.open(change.chat.id)

    async def slow_down(self, update: Update) -> None:
        """Instead of serving an update that is too much: say so, above the chat's screen."""
        incoming = read(update)
        if incoming is not None and incoming.private:
            view = await self._excuse(incoming, Phrase("kernel.too_fast"))
            await self.present(view, incoming)

    @asynccontextmanager
    async def turn(self, chat_id: int, telegram_id: int) -> AsyncIterator[Turn]:
        """A turn of a chat in one unit of work; saved and committed on a clean exit."""
        async with unit_of_work(self.database) as unit:
            turn = await self._begin(unit, chat_id, telegram_id)
            yield turn
            if turn.farewell is None:
                await unit.conversations.save(turn.conversation)
            else:
                await unit.conversations.forget(chat_id)
            posted = errands.take(unit.connection)
        if posted:
            self.bell.ring()

    async def present(self, view: View, incoming: Incoming | None = None) -> None:
        """Show a view; what Telegram cannot take now is queued. Never raises Telegram's errors."""
        query_id = incoming.tap.query_id if incoming and incoming.tap else None
        try:
            await self.show(view, query_id)
        except (BadRequest, Forbidden) as error:
            log.error("telegram refused a screen", screen=view.screen.text, error=str(error))
        except TelegramError as error:
            log.warning("screen will be shown later", error=type(error).__name__)
            await self._show_later(view, error)

    async def show(self, view: View, query_id: str | None = None) -> None:
        """Show a view, remember its message, delete what is due; Telegram's errors pass through."""
        untidy = view.untidy or view.edit is None
        try:
            if view.session_id is not None and view.edit is None and not view.screen.share:
                view = await self._veiled(view)
            live = await self._show_patiently(view, query_id)
            if live != view.edit and await self._remember(view, live):
                await self._show_patiently(await self._present_state(view.chat_id), None)
        finally:
            if untidy:
                await self.broom.sweep(view.chat_id)

    async def _veiled(self, view: View) -> View:
        """A message without balances, to be edited once it is remembered.

        Killed between sending and remembering, balances would stay in the chat for good.
        """
        veil = replace(view, screen=Screen("kernel.moment"), notice=None)
        live = await self._show_patiently(veil, None)
        if await self._remember(view, live):
            return await self._present_state(view.chat_id)
        return replace(view, edit=live, old=None)

    async def _present_state(self, chat_id: int) -> View:
        """The chat's screen as it is by now, in the live message."""
        async with self.turn(chat_id, chat_id) as turn:
            turn.fresh = False
            return await turn.view()

    async def _begin(self, unit: Unit, chat_id: int, telegram_id: int) -> Turn:
        conversation = await unit.conversations.hold(chat_id)
        visit = visit_of(conversation, telegram_id, self.clock.now())
        return Turn(self.repertoire, self.policies, unit, conversation, visit)

    async def _with_upload(self, incoming: Incoming) -> Incoming:
        """With the file it brings, where the chat waits for one: fetched between transactions."""
        if incoming.file is None:
            return incoming
        async with unit_of_work(self.database) as unit:
            turn = await self._begin(unit, incoming.chat_id, incoming.telegram_id)
            most = turn.upload_limit(incoming.update_id)
        if not most:
            return incoming
        return replace(incoming, upload=await fetch(self.renderer.bot, incoming.file, most))

    async def _work(self, incoming: Incoming) -> View:
        async with self.turn(incoming.chat_id, incoming.telegram_id) as turn:
            await turn.play(incoming)
            return await turn.view()

    async def _incident(self, incoming: Incoming) -> View:
        """The chat stays where it was; the operator finds the same id in the log."""
        incident = secrets.token_hex(3).upper()
        log.exception("incident", incident=incident, update_id=incoming.update_id)
        return await self._excuse(incoming, Phrase("kernel.incident", {"incident": incident}))

    async def _excuse(self, incoming: Incoming, why: Phrase) -> View:
        """The chat's screen, nothing done, with the reason."""
        async with self.turn(incoming.chat_id, incoming.telegram_id) as turn:
            turn.conversation.first_time(incoming.update_id)
            turn.notice = why
            return await turn.view()

    async def _show_patiently(self, view: View, query_id: str | None) -> int:
        try:
            return await self.renderer.show(view, query_id)
        except RetryAfter as error:
            wait = stated_pause(error)
            if wait > PATIENCE:
                raise
            await asyncio.sleep(wait.total_seconds())
            return await self.renderer.show(await self._unless_ended(view))

    async def _unless_ended(self, view: View) -> View:
        """The view, or what the chat shows now: its session may have ended while it waited."""
        if view.session_id is None:
            return view
        present = await self._present_state(view.chat_id)
        return view if present.session_id == view.session_id else present

    async def _show_later(self, view: View, error: TelegramError) -> None:
        pause = stated_pause(error) if isinstance(error, RetryAfter) else timedelta(seconds=1)
        parcel = Parcel(view.chat_id, "screen", _notice(view.notice))
        async with unit_of_work(self.database) as unit:
            await unit.outbox.put(parcel, self.clock.now() + pause)

    async def _remember(self, view: View, live: int) -> bool:
        """Keep the new live message and throw the ones before; True when the chat has moved on."""
        replaced: set[int | None] = {view.edit, view.old}
        moved_on = False
        async with unit_of_work(self.database) as unit:
            if view.state is not None:
                conversation = await unit.conversations.hold(view.chat_id)
                await unit.conversations.set_live(view.chat_id, live)
                replaced.add(conversation.live_message_id)
                moved_on = conversation.state != view.state
            for message_id in filter(None, replaced - {live}):
                await unit.dustbin.throw(view.chat_id, message_id, self.clock.now())
        return moved_on

    async def _send_to_private(self, incoming: Incoming) -> None:
        """In a group: say where to talk, show nothing."""
        phrase = Phrase("kernel.private_only")
        try:
            if incoming.tap is not None:
                await self.renderer.answer_tap(incoming.tap.query_id, phrase)
            elif incoming.command is not None:
                await self.renderer.say(incoming.chat_id, phrase)
        except NetworkError as error:
            log.info("could not answer in a group", error=type(error).__name__)


def _notice(phrase: Phrase | None) -> dict[str, str]:
    # Only a notice without parameters can wait in the database.
    return {"notice": phrase.key} if phrase and not phrase.params else {}
