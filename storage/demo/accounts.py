"""A product of the made-up cooperative with its history: the balance is the sum of its entries."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Pesos:
    """An amount in centavos, to be written as pesos."""

    centavos: int


Cells = dict[str, str | int | Decimal | date | Pesos | None]


@dataclass(frozen=True, slots=True)
class Entry:
    booked_on: date
    description: str
    amount: int


@dataclass(frozen=True, slots=True)
class Account:
    """`file` and `kind` as the import knows them; `cells` what its row says besides."""

    file: str
    kind: str
    number: str
    entries: tuple[Entry, ...]
    cells: Cells = field(default_factory=dict)

    @property
    def balance(self) -> int:
        """In centavos."""
        return sum(entry.amount for entry in self.entries)

    def row(self, member_number: str) -> Cells:
        """The product's row in its file."""
        balance = Pesos(self.balance)
        own: Cells = {"numero_asociado": member_number, "numero": self.number, "saldo": balance}
        return own | self.cells

    def movements(self, since: date, opening: str) -> list[Cells]:
        """The rows of its movements; those before `since` come as one opening balance."""
        older = [e.amount for e in self.entries if e.booked_on < since]
        shown = [e for e in self.entries if e.booked_on >= since]
        if older and sum(older):
            shown = [Entry(since, opening, sum(older)), *shown]
        balances = accumulate(e.amount for e in shown)
        return [
            self._movement(place, entry, balance)
            for place, (entry, balance) in enumerate(zip(shown, balances, strict=True))
        ]

    def _movement(self, place: int, entry: Entry, balance: int) -> Cells:
        return {
            "tipo": self.kind,
            "numero": self.number,
            "referencia": f"{entry.booked_on:%Y%m%d}-{place:03}",
            "fecha": entry.booked_on,
            "descripcion": entry.description,
            "valor": Pesos(entry.amount),
            "saldo": Pesos(balance),
        }
