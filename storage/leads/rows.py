"""Leads as rows."""

from typing import Any

from sqlalchemy import Row, and_, select

from domain.finance.loans import System
from domain.finance.periods import Period
from domain.finance.rates import Rate, RateKind
from domain.leads.lead import (
    Caller,
    Lead,
    LeadState,
    LeadStep,
    NewLead,
    Outcome,
    Product,
    Wish,
)
from storage.schema import lead, lead_event, member, staff

_note = and_(lead_event.c.lead_id == lead.c.id, lead_event.c.step == LeadStep.CLOSED.value)
READ = select(
    lead,
    member.c.number.label("member_number"),
    member.c.first_names,
    member.c.surnames,
    member.c.mobile,
    staff.c.name.label("staff_name"),
    lead_event.c.text.label("note"),
).select_from(
    lead.outerjoin(member, member.c.id == lead.c.member_id)
    .outerjoin(staff, staff.c.id == lead.c.claimed_by)
    .outerjoin(lead_event, _note)
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
        claimed_by=(row.claimed_by, row.staff_name) if row.claimed_by is not None else None,
        outcome=Outcome(row.outcome) if row.outcome else None,
        note=row.note or "",
    )


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
