"""Who has entered as a member."""

from dataclasses import dataclass

from domain.conversation import Session, Visit


@dataclass(frozen=True, slots=True)
class Insider:
    """A member and the live session they entered with."""

    member_id: int
    session: Session


def insider(visit: Visit) -> Insider:
    """The member of this visit; PermissionError when nobody entered as one."""
    session = visit.session
    if session is None or session.member_id is None:
        raise PermissionError("this is for a member who has entered")
    return Insider(session.member_id, session)
