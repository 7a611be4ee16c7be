"""One turn of a conversation: an input moves the chat to its next screen, in one transaction."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.incoming import Incoming
from bot.view import View
from domain.conversation import Conversation, Parcel, Visit
from domain.cooperative import Policies
from handlers.kit.callbacks import unpack
from handlers.kit.flow import (
    Access,
    Data,
    Flow,
    Forget,
    Go,
    Input,
    Leave,
    Outcome,
    SignIn,
    SignOut,
)
from handlers.kit.screen import Phrase, Screen
from storage.unit import Unit

FlowBuilder = Callable[[Unit, Visit], Flow]
WELCOME, MENU, HELP = "welcome", "menu", "help"


@dataclass(slots=True)
class Turn:
    flows: Mapping[str, FlowBuilder]
    policies: Policies
    unit: Unit
    conversation: Conversation
    visit: Visit
    notice: Phrase | None = None
    toast: Phrase | None = None
    farewell: Screen | None = None
    fresh: bool = field(default=True)

    async def play(self, incoming: Incoming) -> None:
        """Act on the input, unless its update was acted on before."""
        self.fresh = incoming.tap is None or incoming.message_id != self._live
        if not self.conversation.first_time(incoming.update_id):
            return
        if self.expired():
            await self._sign_out("expired", Phrase("kernel.expired"))
        else:
            await self._answer(incoming)
        self._prolong()

    async def view(self) -> View:
        """What the chat is shown now."""
        screen = self.farewell or await self._current()
        return View(
            chat_id=self.conversation.chat_id,
            screen=screen,
            run=self.conversation.run,
            notice=self.notice,
            toast=self.toast,
            edit=None if self.fresh else self._live,
            old=self._live if self.fresh else None,
            session_id=self.visit.session.id if self.visit.session else None,
            state=None if self.farewell else self.conversation.state,
            untidy=self.unit.dustbin.thrown,
        )

    async def close_session(self, reason: str, notice: Phrase | None) -> None:
        """End the session, have what it showed deleted, go back to the welcome."""
        if self.visit.session is not None:
            await self.unit.sessions.end(self.visit.session.id, reason, self.visit.now)
            await self.clear_away(self.visit.session.id)
        await self.enter(WELCOME, {})
        self.notice = notice

    async def clear_away(self, session_id: str) -> None:
        """Have all that the session showed deleted; if it is this chat's own, the screen too.

        The session counts as clean only when the chat has its next screen (`mark_clean`).
        """
        await self.unit.dustbin.throw_session(session_id, self.visit.now)
        if self.visit.session is None or self.visit.session.id == session_id:
            if self._live is not None:
                await self.unit.dustbin.throw(self.visit.chat_id, self._live, self.visit.now)
            self.conversation.live_message_id = None
            self.visit = replace(self.visit, session=None)
            self.conversation.session = None
            self.fresh = True

    async def enter(self, name: str, data: Data) -> None:
        """Begin a flow; one for members needs a session."""
        flow = self._flow(name)
        if not self._may(flow):
            self.notice = None if name == MENU else Phrase("kernel.enter_first")
            flow, data = self._flow(WELCOME), {}
        self.conversation.flow, self.conversation.version = flow.name, flow.version
        self.conversation.step, self.conversation.data = flow.first, data
        self.conversation.run = secrets.token_urlsafe(4)

    async def _sign_out(self, reason: str, notice: Phrase | None) -> None:
        """End the session at the member's own update, which comes again until it is answered."""
        session = self.visit.session
        await self.close_session(reason, notice)
        if session is not None:
            await self.unit.sessions.mark_clean(session.id, self.visit.now)

    @property
    def _live(self) -> int | None:
        return self.conversation.live_message_id

    def _flow(self, name: str) -> Flow:
        return self.flows[name](self.unit, self.visit)

    def _may(self, flow: Flow) -> bool:
        return flow.access is Access.ANYONE or self.visit.session is not None

    def _standing(self) -> Flow | None:
        """The flow the chat is in, if it still exists in that version and may be used."""
        name = self.conversation.flow
        if name is None or name not in self.flows:
            return None
        flow = self._flow(name)
        known = flow.version == self.conversation.version and self.conversation.step in flow.steps
        return flow if known and self._may(flow) else None

    def expired(self) -> bool:
        """Whether the session has run out of idle or total time."""
        ends = self.conversation.expires_at
        return self.visit.session is not None and ends is not None and ends <= self.visit.now

    def _prolong(self) -> None:
        session = self.visit.session
        idle_end = self.visit.now + self.policies.session_idle
        self.conversation.expires_at = (
            min(idle_end, session.started_at + self.policies.session_total) if session else None
        )

    async def _current(self) -> Screen:
        flow = self._standing()
        if flow is None or self.conversation.step is None:
            await self.enter(MENU if self.visit.session else WELCOME, {})
            flow = self._flow(self.conversation.flow or WELCOME)
        return await flow.steps[self.conversation.step or flow.first].show(self.conversation.data)

    async def _answer(self, incoming: Incoming) -> None:
        if await self._command(incoming.command):
            return
        flow = self._standing()
        if flow is None or self.conversation.step is None:
            return
        step = flow.steps[self.conversation.step]
        if step.discreet and incoming.text is not None and incoming.message_id is not None:
            chat_id, message_id = incoming.chat_id, incoming.message_id
            await self.unit.dustbin.throw(chat_id, message_id, self.visit.now)
        given = self._input(incoming)
        if given is not None:
            await self._apply(flow, await step.answer(self.conversation.data, given))

    def _input(self, incoming: Incoming) -> Input | None:
        if incoming.tap is None:
            if incoming.text is None:
                self.notice = Phrase("kernel.only_text")
            return incoming.text
        current = incoming.message_id == self._live or self._live is None
        given = unpack(incoming.tap.data, self.conversation.run) if current else None
        if given is None:
            self.toast = Phrase("kernel.stale")
        return given

    async def _command(self, word: str | None) -> bool:
        match word:
            case "start" | "menu":
                await self.enter(MENU if self.visit.session else WELCOME, {})
            case "ayuda" | "help":
                await self.enter(HELP, {})
            case "salir":
                await self._sign_out("left", Phrase("kernel.left"))
            case _:
                return False
        return True

    async def _apply(self, flow: Flow, outcome: Outcome) -> None:
        match outcome:
            case Go():
                await self._go(flow, outcome)
            case Leave(name, data, notice):
                await self.enter(name, data)
                self.notice = self.notice or notice
            case SignIn(session, notice):
                self.visit = replace(self.visit, session=session)
                self.conversation.session = session
                await self.enter(MENU, {})
                self.notice = notice
            case SignOut(notice):
                await self._sign_out("left", notice)
            case Forget(farewell):
                self.farewell = farewell

    async def _go(self, flow: Flow, outcome: Go) -> None:
        if outcome.step not in flow.steps:
            raise KeyError(f"flow {flow.name!r} has no step {outcome.step!r}")
        self.conversation.step, self.conversation.data = outcome.step, outcome.data
        self.notice = outcome.notice
        if outcome.deliver is None:
            return
        session = self.visit.session
        payload = {
            "flow": flow.name,
            "name": outcome.deliver.name,
            "params": outcome.deliver.params,
            "after": self._live,
        }
        parcel = Parcel(self.visit.chat_id, "file", payload, session.id if session else None)
        await self.unit.outbox.put(parcel, self.visit.now)


def visit_of(conversation: Conversation, telegram_id: int, now: datetime) -> Visit:
    """Who is speaking in that conversation; its session only for the account that began it."""
    session = conversation.session
    own = session if session and session.telegram_id == telegram_id else None
    return Visit(conversation.chat_id, telegram_id, now, own)
