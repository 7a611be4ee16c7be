"""How much can be borrowed by who can pay so much each time."""

from dataclasses import replace
from decimal import Decimal

from domain.finance.loans import LARGEST, Loan, System, UnusableTerms
from domain.finance.precision import exactly
from domain.finance.rounding import PESO
from domain.finance.rows import Stretch, pay_down, principal_part


@exactly
def largest_principal(loan: Loan, payment: Decimal) -> Decimal:
    """The largest whole-peso principal, on the terms of `loan`, whose first payment (principal,
    interest and insurance) is at most `payment` pesos; 0 when even one peso is too much.

    The first payment is the largest of a level or constant-principal schedule, but for the pesos
    that the last one collects. UnusableTerms("system") for a bullet credit: its last payment is
    the whole principal.
    """
    if loan.system is System.BULLET:
        raise UnusableTerms("system")
    # An instalment is never less than the principal's share of it, so no more can be lent.
    least, most = Decimal(0), min((payment // PESO + 1) * loan.term, LARGEST)
    while least < most:
        middle = (least + most + 1) // 2
        if first_payment(replace(loan, principal=middle)) <= payment:
            least = middle
        else:
            most = middle - 1
    return least


@exactly
def first_payment(loan: Loan) -> Decimal:
    """The first payment of a credit with its insurance, in pesos, without the whole schedule."""
    part = principal_part(loan, Stretch(loan.principal, 1, loan.term))
    return pay_down(loan, Stretch(loan.principal, 1, min(loan.term, 2)), part)[0].payment
