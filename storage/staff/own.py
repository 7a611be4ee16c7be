"""Whose own account it is; the triggers of migration 0011 say the same in the database."""

from sqlalchemy import ColumnElement, or_, select, union

from storage.schema import binding, credential, session, staff

_ACCOUNTS = (binding, credential, session)


def is_own(staff_id: int, telegram_id: int, member_id: int) -> ColumnElement[bool]:
    """Whether the member is the employee, or is or was at a Telegram account of theirs."""
    theirs = union(
        *(select(t.c.telegram_id).where(t.c.member_id == member_id) for t in _ACCOUNTS)
    ).subquery()
    mine = select(session.c.telegram_id).where(session.c.staff_id == staff_id)
    at_mine = or_(theirs.c.telegram_id == telegram_id, theirs.c.telegram_id.in_(mine))
    known = select(staff.c.id).where(staff.c.id == staff_id, staff.c.member_id == member_id)
    return or_(known.exists(), select(theirs.c.telegram_id).where(at_mine).exists())
