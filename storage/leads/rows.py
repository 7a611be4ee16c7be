"""Leads as rows."""

from typing import Any

from sqlalchemy import Row, select

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.finance.rates import Rate, RateKind
from domain.leads.lead import (
    Caller,
    Lead,
    LeadEvent,
    LeadState,
    LeadStep,
    NewLead,
    Outcome,
    Product,
    Wish,
)
from storage.schema import lead, lead_event, member, staff

READ = select(
    lead,
    member.c.number.label("member_number"),
    member.c.first_names,
    member.c.surnames,
    member.c.mobile,
    staff.c.name.label("claimant"),
).select_from(
    lead.outerjoin(member, member.c.id == lead.c.member_id).outerjoin(
        staff, staff.c.id == lead.c.claimed_by
    )
)
HISTORY = (
    select(lead_event, staff.c.name)
    .select_from(lead_event.outerjoin(staff, staff.c.id == lead_event.c.staff_id))
    .order_by(lead_event.c.id)
)


def values_of(new: NewLead) -> dict[str, Any]:
    """The row of a lead that is sent."""
    wish, visitor = new.wish, new.visitor
    return {
        "state": LeadState.OPEN.value,
        "chat_id": new.chat_id,
        "member_id": new.member_id,
        "visitor_name": visitor.name if visitor else None,
        "visitor_mobile": visitor.mobile if visitor else None,
        "product": wish.product.value,
        "line": wish.line,
        "amount": wish.amount,
        "term": wish.term,
        "period": wish.period.value,
        "system": wish.system.value if wish.system else None,
        "rate": wish.rate.percent,
        "rate_kind": wish.rate.kind.value,
        "figure": wish.figure,
        "simulated_on": wish.simulated_on,
        "created_at": new.at,
    }


def lead_of(row: Row[Any]) -> Lead:
    """The lead of a row of `READ`."""
    return Lead(
        id=row.id,
        state=LeadState(row.state),
        wish=_wish(row),
        caller=_caller(row),
        chat_id=row.chat_id,
        created_at=row.created_at,
        claimed_by=row.claimed_by,
        claimant=row.claimant,
        claimed_at=row.claimed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        closed_at=row.closed_at,
    )


def event_of(row: Row[Any]) -> LeadEvent:
    """The event of a row of `HISTORY`."""
    return LeadEvent(row.at, LeadStep(row.step), row.name, row.text)


def _wish(row: Row[Any]) -> Wish:
    return Wish(
        product=Product(row.product),
        line=row.line,
        amount=row.amount,
        term=row.term,
        period=Period(row.period),
        system=System(row.system) if row.system else None,
        rate=Rate(row.rate, RateKind(row.rate_kind)),
        figure=row.figure,
        simulated_on=row.simulated_on,
    )


def _caller(row: Row[Any]) -> Caller:
    if row.member_id is None:
        return Caller(row.visitor_name or "", row.visitor_mobile, None, None)
    name = f"{row.first_names} {row.surnames}".strip()
    return Caller(name, row.mobile, row.member_id, row.member_number)
