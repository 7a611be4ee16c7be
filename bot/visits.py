"""Who is speaking, for how long their session lasts, and where they may be."""

from datetime import datetime

from domain.conversation import Conversation, Session, Visit
from domain.cooperative import Policies
from handlers.kit.flow import Access, Flow

WELCOME, MENU, STAFF = "welcome", "menu", "staff"


def home_of(session: Session | None) -> str:
    """The flow where whoever has that session is at home."""
    if session is None:
        return WELCOME
    return STAFF if session.employee else MENU


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


def is_for(flow: Flow, session: Session | None) -> bool:
    """Whether whoever has that session may be in the flow."""
    if flow.access is Access.MEMBER:
        return session is not None and session.member_id is not None
    if flow.access is Access.STAFF:
        employee = session.employee if session else None
        return employee is not None and employee.role in flow.roles
    return True
