"""Which role does what. All that an employee may do begins with a duty; add new ones here."""

from collections.abc import Mapping
from enum import StrEnum

from domain.conversation import Visit
from domain.staff.people import Employee, Role


class Duty(StrEnum):
    """MEMBERS: find a member and read how they enter. ACCESS: unlock, reset, (de)activate.

    CHANGES: ask for a change of a member's e-mail or mobile, and confirm another's.
    PROFILES: verify what members ask to change in their data. LEADS: call who sent a simulation.
    CERTIFICATES: void one that was issued, for good.
    BROADCASTS: write to many members at once, and look after what could not be delivered.
    """

    MEMBERS = "members"
    ACCESS = "access"
    TICKETS = "tickets"
    CHANGES = "changes"
    PROFILES = "profiles"
    LEADS = "leads"
    CERTIFICATES = "certificates"
    BROADCASTS = "broadcasts"


ROLES: Mapping[Duty, frozenset[Role]] = {
    Duty.MEMBERS: frozenset({Role.SUPPORT, Role.VERIFIER, Role.AUDITOR, Role.ADMIN}),
    Duty.ACCESS: frozenset({Role.SUPPORT, Role.ADMIN}),
    Duty.TICKETS: frozenset({Role.SUPPORT, Role.ADMIN}),
    Duty.CHANGES: frozenset({Role.SUPPORT, Role.VERIFIER, Role.ADMIN}),
    Duty.PROFILES: frozenset({Role.VERIFIER, Role.ADMIN}),
    Duty.LEADS: frozenset({Role.SUPPORT, Role.VERIFIER, Role.ADMIN}),
    Duty.CERTIFICATES: frozenset({Role.VERIFIER, Role.ADMIN}),
    Duty.BROADCASTS: frozenset({Role.BROADCASTER, Role.ADMIN}),
}


class NotAllowed(PermissionError):
    """Whoever asks is no employee with that duty."""


def employee_for(duty: Duty, visit: Visit) -> Employee:
    """The employee who is speaking; NotAllowed when it is not one of theirs."""
    employee = visit.session.employee if visit.session else None
    if employee is None or employee.role not in ROLES[duty]:
        raise NotAllowed(duty)
    return employee
