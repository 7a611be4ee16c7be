"""States in statements: as they are shown, and as the partial indexes know them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, and_, case, literal_column

from domain.notifications.categories import Category
from domain.notifications.outcomes import IN_HAND, PENDING, WAITING, State
from storage.notifications.content import NOTHING
from storage.schema import notification, notification_batch


def shown_state() -> ColumnElement[str]:
    """One of a cancelled batch is cancelled at once; for statements that join the batch, if any."""
    cancelled = and_(
        notification.c.state.in_(WAITING), notification_batch.c.state == State.CANCELLED.value
    )
    return case((cancelled, State.CANCELLED.value), else_=notification.c.state)


def without_codes() -> ColumnElement[str | None]:
    """The content of what is cancelled: of a one-time code nothing is left."""
    is_code = notification.c.category == Category.CODE.value
    return case((is_code, NOTHING), else_=notification.c.content)


def waiting(rows: FromClause = notification) -> ColumnElement[bool]:
    """Written out as in the index: with parameters neither engine would use it."""
    return _one_of(rows, WAITING)


def in_hand(rows: FromClause = notification) -> ColumnElement[bool]:
    return _one_of(rows, IN_HAND)


def pending(rows: FromClause = notification) -> ColumnElement[bool]:
    return _one_of(rows, PENDING)


def dead(rows: FromClause = notification) -> ColumnElement[bool]:
    """Could not be sent, or nobody knows."""
    return _one_of(rows, (State.DEAD, State.UNKNOWN))


def _one_of(rows: FromClause, states: Sequence[State]) -> ColumnElement[bool]:
    return rows.c.state.in_([literal_column(f"'{state.value}'") for state in states])
