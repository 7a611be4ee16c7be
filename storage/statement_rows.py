"""Rows of the product table as the products of a statement."""

from typing import Any

from sqlalchemy import Row

from domain.members import Document, DocumentType
from domain.money import Centavos
from domain.statement import (
    Contribution,
    Credit,
    Movement,
    Period,
    Product,
    Rate,
    RateKind,
    Savings,
    SavingsKind,
)
from domain.statements import Holder, Nature


def to_product(row: Row[Any]) -> Product:
    """The contribution, savings product or credit of that row."""
    match to_nature(row.kind):
        case Nature.CONTRIBUTION:
            return _contribution(row)
        case Nature.CREDIT:
            return _credit(row)
        case Nature.SAVINGS:
            return _savings(row)


def to_nature(kind: str) -> Nature:
    """What a product of that kind is: all that is not a contribution or a credit is savings."""
    return Nature(kind) if kind in set(Nature) else Nature.SAVINGS


def to_movement(row: Row[Any]) -> Movement:
    """The booked entry of that row."""
    return Movement(row.booked_on, row.description, row.amount, row.movement_balance)


def to_holder(row: Row[Any]) -> Holder:
    """The member of that row, as printed."""
    document = Document(DocumentType(row.document_type), row.document_number)
    return Holder(row.number, f"{row.first_names} {row.surnames}", document)


def _contribution(row: Row[Any]) -> Contribution:
    return Contribution(row.id, row.number, row.name, row.balance, row.instalment, row.closed_on)


def _savings(row: Row[Any]) -> Savings:
    return Savings(
        id=row.id,
        number=row.number,
        name=row.name,
        kind=SavingsKind(row.kind),
        balance=row.balance,
        rate=_rate(row),
        instalment=row.instalment,
        accrued_interest=row.accrued_interest,
        opened_on=row.opened_on,
        matures_on=row.matures_on,
        settlement=Period(row.period) if row.period else None,
        closed_on=row.closed_on,
    )


def _credit(row: Row[Any]) -> Credit:
    return Credit(
        id=row.id,
        number=row.number,
        line=row.name,
        disbursed=row.disbursed or Centavos(0),
        balance=row.balance,
        rate=_rate(row),
        instalment=row.instalment or Centavos(0),
        period=Period(row.period or Period.MONTHLY),
        disbursed_on=row.opened_on,
        next_due_on=row.next_due_on,
        instalments_paid=row.instalments_paid or 0,
        instalments_total=row.instalments_total or 0,
        days_past_due=row.days_past_due or 0,
        arrears=row.arrears or Centavos(0),
        closed_on=row.closed_on,
    )


def _rate(row: Row[Any]) -> Rate | None:
    return Rate(row.rate, RateKind(row.rate_kind)) if row.rate is not None else None
