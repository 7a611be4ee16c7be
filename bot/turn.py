"""One turn of a conversation: an input moves the chat to its next screen, in one transaction."""

import secrets
from dataclasses import dataclass, field, replace

import structlog

from bot.hearing import Misheard, hear
from bot.incoming import Incoming, Tap
from bot.leavings import file_parcel, throw_files, throw_message
from bot.repertoire import Repertoire
from bot.view import View
from bot.visits import MENU, WELCOME, end_of, home_of, is_for
from bot.wishes import granted, wish
from domain.conversation import Conversation, Visit
from domain.cooperative import Policies
from handlers.kit.callbacks import STANDING, Standing, unpack
from handlers.kit.flow import Data, Flow, Forget, Go, Leave, Outcome, SignIn, SignOut
from handlers.kit.screen import Phrase, Screen
from storage.unit import Unit

log = structlog.get_logger()


@dataclass(slots=True)
class Turn:
    repertoire: Repertoire
    policies: Policies
    unit: Unit
    conversation: Conversation
    visit: Visit
    notice: Phrase | None = None
    toast: Phrase | None = None
    farewell: Screen | None = None
    fresh: bool = field(default=True)
    even: bool = False

    async def play(self, incoming: Incoming) -> None:
        """Act on the input, unless its update was acted on before."""
        self.fresh = incoming.tap is None or incoming.message_id != self._live
        if not self.conversation.first_time(incoming.update_id):
            return
        if self.expired():
            await self._sign_out("expired", Phrase("kernel.expired"))
        else:
            await self._answer(incoming)
        self.conversation.expires_at = end_of(self.visit.session, self.visit.now, self.policies)

    async def view(self) -> View:
        """What the chat is shown now."""
        screen = self.farewell or await self._current()
        # Only a new message can bring keys that share a contact.
        fresh = self.fresh or screen.share is not None
        return View(
            chat_id=self.conversation.chat_id,
            screen=screen,
            run=self.conversation.run,
            notice=self.notice,
            toast=self.toast,
            edit=None if fresh else self._live,
            old=self._live if fresh else None,
            session_id=self.visit.session.id if self.visit.session else None,
            state=None if self.farewell else self.conversation.state,
            untidy=self.unit.dustbin.thrown,
            even=self.even,
        )

    def upload_limit(self, update_id: int) -> int:
        """How many bytes of a sent file this update may bring; 0 where none is waited for."""
        flow, step = self._standing(), self.conversation.step
        known = update_id in self.conversation.recent_updates
        return 0 if flow is None or step is None or known else flow.steps[step].upload

    async def close_session(self, reason: str, notice: Phrase | None) -> None:
        """End the session, have what it showed deleted, go back to the welcome."""
        if self.visit.session is not None:
            await self.unit.sessions.end(self.visit.session.id, reason, self.visit.now)
            await self.clear_away(self.visit.session.id)
        await self.enter(WELCOME, {"ended": reason})
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
        """Begin a flow that this visit may be in, or else go home; the menu is home."""
        flow = self._flow(home_of(self.visit.session) if name == MENU else name)
        if not self._may(flow):
            wished = wish(flow, data, self.visit, self.policies.attempt_life)
            self.conversation.wanted = wished or self.conversation.wanted
            self.notice = Phrase(f"kernel.needs.{flow.access.value}")
            flow, data = self._flow(home_of(self.visit.session)), {}
        await self._begin_run()
        self.conversation.flow, self.conversation.version = flow.name, flow.version
        self.conversation.step, self.conversation.data = flow.first, data

    async def _go_on(self) -> None:
        """After entering: to what was asked for before, or home."""
        wanted, self.conversation.wanted = self.conversation.wanted, None
        if wanted is not None and granted(wanted, self.repertoire, self.unit, self.visit):
            await self.enter(wanted.flow, dict(wanted.data))
        else:
            await self.enter(MENU, {})

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
        return self.repertoire.flows[name](self.unit, self.visit)

    def _may(self, flow: Flow) -> bool:
        """Whether the flow is for whoever is in this chat by now; a refusal is logged."""
        if is_for(flow, self.visit.session):
            return True
        log.warning("not allowed", flow=flow.name)
        return False

    def _standing(self) -> Flow | None:
        """The flow the chat is in, if it still exists in that version and may be used."""
        name = self.conversation.flow
        if name is None or name not in self.repertoire.flows:
            return None
        flow = self._flow(name)
        known = flow.version == self.conversation.version and self.conversation.step in flow.steps
        return flow if known and self._may(flow) else None

    def expired(self) -> bool:
        """Whether the session has run out of idle or total time."""
        ends = self.conversation.expires_at
        return self.visit.session is not None and ends is not None and ends <= self.visit.now

    async def _current(self) -> Screen:
        flow = self._standing()
        if flow is None or self.conversation.step is None:
            await self.enter(MENU, {})
            flow = self._flow(self.conversation.flow or WELCOME)
        return await flow.steps[self.conversation.step or flow.first].show(self.conversation.data)

    async def _answer(self, incoming: Incoming) -> None:
        if await self._command(incoming) or await self._press(incoming.tap, incoming.message_id):
            return
        flow = self._standing()
        if flow is None or self.conversation.step is None:
            return
        step = flow.steps[self.conversation.step]
        if step.discreet and incoming.tap is None:
            await throw_message(self.unit, self.visit, incoming)
        given = await hear(self.conversation, incoming, step)
        self.even = isinstance(given, step.even)
        if isinstance(given, Misheard):
            self.notice, self.toast = given.notice, given.toast
        else:
            await self._apply(await step.answer(self.conversation.data, given), flow)

    async def _press(self, tap: Tap | None, message_id: int | None) -> bool:
        """A standing button is answered wherever it lies, and its note written anew."""
        given = unpack(tap.data, STANDING) if tap else None
        if not isinstance(given, Standing) or given.prefix not in self.repertoire.presses:
            return False
        outcome = await self.repertoire.presses[given.prefix](self.unit, self.visit)(given)
        self.fresh = not isinstance(outcome, Phrase)
        if isinstance(outcome, Phrase):
            self.toast = outcome
        else:
            await self._apply(outcome)
        if message_id is not None:
            await self.unit.notes.refresh_one(self.visit.chat_id, message_id, self.visit.now)
        return True

    async def _command(self, incoming: Incoming) -> bool:
        word = incoming.command
        if word == "start" and incoming.argument:
            await throw_message(self.unit, self.visit, incoming)
            arrived = await self.repertoire.arrive(self.unit, self.visit, incoming.argument)
            await self._apply(arrived or Leave(MENU, notice=Phrase("kernel.dead_link")))
        elif word in ("start", "menu"):
            # Who writes to us has not blocked us, or not any more.
            await self.unit.reach.open(self.visit.chat_id)
            await self.enter(MENU, {})
        elif word == "salir":
            await self._sign_out("left", Phrase("kernel.left"))
        elif word is not None and word in self.repertoire.commands:
            data = {"said": incoming.argument} if incoming.argument else {}
            await self.enter(self.repertoire.commands[word], data)
        else:
            return False
        return True

    async def _apply(self, outcome: Outcome, flow: Flow | None = None) -> None:
        match outcome:
            case Go() if flow is not None:
                await self._go(flow, outcome)
            case Leave(name, data, notice):
                await self.enter(name, data)
                self.notice = self.notice or notice
            case SignIn(session, notice):
                if self.visit.session is not None:
                    await self.clear_away(self.visit.session.id)
                self.visit = replace(self.visit, session=session)
                await self._go_on()
                self.conversation.session = session
                self.notice = notice
            case SignOut(notice, then):
                await self._sign_out("left", notice)
                if then is not None:
                    await self.enter(then.flow, then.data)
            case Forget(farewell):
                self.farewell = farewell

    async def _go(self, flow: Flow, outcome: Go) -> None:
        if outcome.step not in flow.steps:
            raise KeyError(f"flow {flow.name!r} has no step {outcome.step!r}")
        stays = outcome.step == self.conversation.step and outcome.deliver is None
        if outcome.once or not stays:
            # The same button once more, before its answer was seen, is not a second wish.
            await self._begin_run()
        self.conversation.step, self.conversation.data = outcome.step, outcome.data
        self.notice = outcome.notice
        if outcome.tidy:
            await throw_files(self.unit, self.visit)
        if outcome.deliver is not None:
            parcel = file_parcel(self.conversation, self.visit, flow.name, outcome.deliver)
            await self.unit.outbox.put(parcel, self.visit.now)

    async def _begin_run(self) -> None:
        """Other buttons; files shown outside a session leave with those before."""
        if self.conversation.session is None:
            await self.unit.dustbin.throw_session(self.conversation.run, self.visit.now)
        self.conversation.run = secrets.token_urlsafe(4)
