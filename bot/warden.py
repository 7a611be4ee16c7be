"""Ends what has run out: idle sessions, sessions replaced by an entry elsewhere."""

from dataclasses import dataclass

from bot.desk import Desk
from bot.view import View
from handlers.kit.screen import Phrase
from storage.unit import unit_of_work

_REASONS = {
    reason: f"kernel.{reason}"
    for reason in ("entered_elsewhere", "expired", "blocked", "pin_changed", "closed_everywhere")
}


@dataclass(frozen=True, slots=True)
class Warden:
    desk: Desk

    async def look_round(self) -> int:
        """Close every session that ran out and clean the chats of ended ones; how many."""
        async with unit_of_work(self.desk.database) as unit:
            expired = await unit.conversations.expired(self.desk.clock.now())
            ended = await unit.sessions.uncleaned()
        for chat_id in expired:
            await self._expire(chat_id)
        for session_id, chat_id, reason in ended:
            await self._clean(session_id, chat_id, reason)
        return len(expired) + len(ended)

    async def _expire(self, chat_id: int) -> None:
        async with self.desk.turn(chat_id, chat_id) as turn:
            session = turn.visit.session
            if session is None or not turn.expired():
                return
            await turn.close_session("expired", Phrase("kernel.expired"))
            view = await turn.view()
        await self._present(view, session.id)

    async def _clean(self, session_id: str, chat_id: int, reason: str) -> None:
        view: View | None = None
        async with self.desk.turn(chat_id, chat_id) as turn:
            entered_again = turn.visit.session is not None
            await turn.clear_away(session_id)
            if not entered_again:
                turn.notice = Phrase(_REASONS.get(reason, "kernel.left"))
                view = await turn.view()
        await self._present(view, session_id)

    async def _present(self, view: View | None, session_id: str) -> None:
        """Only then is the session clean: killed before, the next round shows it again."""
        if view is not None:
            await self.desk.present(view)
        async with unit_of_work(self.desk.database) as unit:
            await unit.sessions.mark_clean(session_id, self.desk.clock.now())
