"""What a word of `tiene` stands for: credits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from storage.demo.accounts import Account, Cells, Entry, Pesos
from storage.demo.calendar import add_months, monthly
from storage.demo.interest import level_instalment, principal_parts
from storage.demo.products import PESOS, Shelf


@dataclass(frozen=True, slots=True)
class Loan:
    """A credit with `paid` instalments behind it; the next one is or was due on `unpaid_on`."""

    line: dict[str, Any]
    principal: int
    paid: int
    unpaid_on: date

    @property
    def rate(self) -> Decimal:
        return Decimal(self.line["tasa"])

    @property
    def count(self) -> int:
        return int(self.line["plazo"])

    @property
    def instalment(self) -> int:
        return level_instalment(self.principal, self.rate, self.count)

    @property
    def disbursed_on(self) -> date:
        return add_months(self.unpaid_on, -self.paid - 1)

    def entries(self, words: dict[str, Any]) -> tuple[Entry, ...]:
        """The disbursement, and what each paid instalment took off."""
        parts = principal_parts(self.principal, self.rate, self.count)[: self.paid]
        due = (add_months(self.unpaid_on, n - self.paid) for n in range(self.paid))
        text = words["cuota"]
        paid = (
            Entry(day, text.format(numero=n, total=self.count), -part)
            for n, (day, part) in enumerate(zip(due, parts, strict=True), 1)
        )
        return (Entry(self.disbursed_on, words["desembolso"], self.principal), *paid)

    def overdue(self, today: date) -> list[date]:
        """The days on which an instalment was due and nobody paid."""
        left = self.count - self.paid
        return monthly(self.unpaid_on, today - timedelta(1))[:left] if left else []

    def cells(self, today: date) -> Cells:
        """What its row says besides number and balance."""
        overdue = self.overdue(today)
        left = self.count - self.paid
        return {
            "linea": self.line["nombre"],
            "desembolsado": Pesos(self.principal),
            "tasa": self.rate,
            "tipo_tasa": "MV",
            "cuota": Pesos(self.instalment),
            "periodicidad": "mensual",
            "fecha_desembolso": self.disbursed_on,
            "proxima_cuota": add_months(self.unpaid_on, len(overdue)) if left else None,
            "cuotas_pagadas": self.paid,
            "cuotas_total": self.count,
            "dias_mora": (today - overdue[0]).days if overdue else 0,
            "valor_mora": Pesos(self.instalment * len(overdue)),
            "fecha_cierre": None if left else add_months(self.unpaid_on, -1),
        }


def current(shelf: Shelf) -> Account:
    """A credit that is up to date; its next instalment is due within the month."""
    return _account(shelf, shelf.today + timedelta(shelf.dice.randrange(2, 26)))


def late(days: int) -> Callable[[Shelf], Account]:
    """A credit whose oldest unpaid instalment was due that many days ago."""
    return lambda shelf: _account(shelf, shelf.today - timedelta(days))


def settled(shelf: Shelf) -> Account:
    """A credit whose last instalment was paid in the last weeks."""
    return _account(shelf, shelf.today + timedelta(9), settled=True)


def _account(shelf: Shelf, unpaid_on: date, *, settled: bool = False) -> Account:
    line = shelf.dice.choice(shelf.words["lineas"])
    principal = shelf.dice.randrange(15, 350) * 100_000 * PESOS
    paid = line["plazo"] if settled else shelf.dice.randrange(1, min(line["plazo"] - 2, 40))
    loan = Loan(line, principal, paid, unpaid_on)
    entries = loan.entries(shelf.words["movimientos"])
    number = shelf.number("CR")
    return Account("creditos.csv", "credito", number, entries, loan.cells(shelf.today))


CREDITS: dict[str, Callable[[Shelf], Account]] = {
    "credito": current,
    "credito_mora_3": late(3),
    "credito_mora_45": late(45),
    "credito_pagado": settled,
}
