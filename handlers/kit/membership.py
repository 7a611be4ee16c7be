"""What only somebody who has entered may ask for."""

from domain.conversation import Session, Visit
from domain.staff.people import Employee


def session_of(visit: Visit) -> Session:
    """The live session; RuntimeError when the router let somebody in without one."""
    if visit.session is None:
        raise RuntimeError("a flow was reached without the session it needs")
    return visit.session


def member_of(visit: Visit) -> int:
    """The member who has entered; RuntimeError when it is not a member's session."""
    member_id = session_of(visit).member_id
    if member_id is None:
        raise RuntimeError("a member's flow was reached without a member")
    return member_id


def employee_of(visit: Visit) -> Employee:
    """The employee who has entered; RuntimeError when it is not an employee's session."""
    employee = session_of(visit).employee
    if employee is None:
        raise RuntimeError("an employee's flow was reached without an employee")
    return employee
