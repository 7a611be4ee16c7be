"""The made-up cooperative at the end of its years: balances, yields, what was withheld."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from storage.demo.accounts import Account, Cells, Entry, Pesos
from storage.demo.interest import rounded, yield_of
from storage.demo.products import PESOS

YEARS = 2
_REVALUATION = Decimal("1.2")
_TAX_ON_MOVEMENTS = Decimal("0.4")
_DEFAULT_INTEREST = Decimal("0.3")
_WITHHELD_FROM = 150_000 * PESOS
_RATES = {"ahorros": 7, "cdat": 4}
_YEAR_DAYS = 360


@dataclass(frozen=True, slots=True)
class YearOf:
    """One account in one year; amounts in centavos."""

    account: Account
    year: int
    words: dict[str, Any]

    @property
    def existed(self) -> bool:
        """Whether anything had been booked by the end of the year."""
        return any(entry.booked_on.year <= self.year for entry in self.account.entries)

    @property
    def balance(self) -> int:
        return self._balance_before(date(self.year + 1, 1, 1))

    @property
    def yields(self) -> int:
        """What it earned: as booked, or at its rate on what was there."""
        rate = self.account.cells.get("tasa")
        if self.account.file != "ahorros.csv" or not isinstance(rate, Decimal):
            return 0
        if self.account.kind == "a_la_vista":
            interest = self.words["intereses"]
            return sum(e.amount for e in self._entries if e.description == interest)
        if self.account.kind == "cdat":
            return yield_of(self.balance, rate, self._days_held)
        at_start = self._balance_before(date(self.year, 1, 1))
        return yield_of((at_start + self.balance) // 2, rate, _YEAR_DAYS)

    def cells(self) -> Cells:
        """Its row, without the member."""
        named = self.account.cells.get("nombre") or self.account.cells.get("linea")
        own: Cells = {
            "ano": self.year,
            "tipo": self.account.kind,
            "numero": self.account.number,
            "nombre": named,
            "saldo": Pesos(self.balance),
        }
        return own | self._amounts()

    def _amounts(self) -> Cells:
        if self.account.file == "creditos.csv":
            return self._paid()
        taken = sum(-e.amount for e in self._entries if e.amount < 0)
        demand, shares = self.account.kind == "a_la_vista", self.account.kind == "aporte"
        at_start = self._balance_before(date(self.year, 1, 1))
        return {
            "rendimientos": Pesos(self.yields),
            "gmf": Pesos(_part(taken, _TAX_ON_MOVEMENTS) if demand else 0),
            "revalorizacion": Pesos(_part(at_start, _REVALUATION) if shares else 0),
        }

    def _paid(self) -> Cells:
        """Of each instalment, what did not lower the debt was interest."""
        instalment = self.account.cells["cuota"]
        whole = instalment.centavos if isinstance(instalment, Pesos) else 0
        interest = sum(whole + e.amount for e in self._entries if e.amount < 0)
        late, housing = self.account.cells["dias_mora"], self.words["credito_de_vivienda"]
        return {
            "intereses_corrientes": Pesos(interest),
            "intereses_mora": Pesos(_part(interest, _DEFAULT_INTEREST) if late else 0),
            "intereses_vivienda": Pesos(interest if self.account.cells["linea"] == housing else 0),
        }

    @property
    def _entries(self) -> list[Entry]:
        return [entry for entry in self.account.entries if entry.booked_on.year == self.year]

    @property
    def _days_held(self) -> int:
        opened = min(entry.booked_on for entry in self.account.entries)
        return min(_YEAR_DAYS, (date(self.year, 12, 31) - opened).days)

    def _balance_before(self, day: date) -> int:
        return sum(entry.amount for entry in self.account.entries if entry.booked_on < day)


def withheld(years: list[YearOf], words: dict[str, Any]) -> list[Cells]:
    """The rows of one person and year, without the member: large enough yields are withheld."""
    earned = {"ahorros": 0, "cdat": 0}
    for each in years:
        earned["cdat" if each.account.kind == "cdat" else "ahorros"] += each.yields
    return [
        {
            "ano": years[0].year,
            "concepto": words[name],
            "base": Pesos(base),
            "tarifa": _RATES[name],
            "valor": Pesos(rounded(Decimal(base * _RATES[name]) / 100)),
        }
        for name, base in earned.items()
        if base >= _WITHHELD_FROM
    ]


def _part(amount: int, percent: Decimal) -> int:
    return rounded(amount * percent / 100)
