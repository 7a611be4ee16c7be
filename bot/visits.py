"""Who is speaking, and for how long their session lasts."""

from datetime import datetime

from domain.conversation import Conversation, Session, Visit
from domain.cooperative import Policies


def visit_of(conversation: Conversation, telegram_id: int, now: datetime) -> Visit:
    """Who is speaking in that conversation; its session only for the account that began it."""
    session = conversation.session
    own = session if session and session.telegram_id == telegram_id else None
    return Visit(conversation.chat_id, telegram_id, now, own)


def end_of(session: Session | None, now: datetime, policies: Policies) -> datetime | None:
    """When a session ends by itself if nothing more happens after `now`."""
    if session is None:
        return None
    idle, total = policies.session_idle, policies.session_total
    if session.employee is not None:
        idle, total = policies.staff_idle, policies.staff_total
    return min(now + idle, session.started_at + total)
