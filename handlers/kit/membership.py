"""What only a member who has entered may ask for."""

from domain.conversation import Session, Visit


def session_of(visit: Visit) -> Session:
    """The live session; RuntimeError when the router let somebody in without one."""
    if visit.session is None:
        raise RuntimeError("a member's flow was reached without a session")
    return visit.session
