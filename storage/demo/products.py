"""What a word of `tiene` stands for: contributions and savings."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from storage.demo.accounts import Account, Cells, Entry, Pesos
from storage.demo.calendar import add_months, monthly
from storage.demo.interest import yield_of
from storage.demo.people import Person, chance
from storage.demo.words import catalogue

PESOS = 100
_CDAT_RATES = {90: "7.0", 180: "7.5", 270: "7.8", 360: "8.25", 540: "8.6", 720: "9.0"}
_DEMAND_RATE = Decimal("1.5")
_PERMANENT_RATE = Decimal(3)
_PROGRAMMED_RATE = Decimal("5.5")
_AFTER_PAYDAY = 5


class Shelf:
    """Makes the contributions and savings of one person, each with a number of its own."""

    def __init__(self, person: Person, today: date) -> None:
        self.person = person
        self.today = today
        self.words: dict[str, Any] = catalogue()
        self.dice: Random = chance("products", person.number)
        self._made = 0

    def number(self, prefix: str) -> str:
        """The next product number of this person."""
        self._made += 1
        return f"{prefix}{self.person.number}-{self._made:02}"

    def contributions(self, odd: int = 0) -> Account:
        """Paid every month since joining; `odd` centavos more each time."""
        instalment = self.dice.randrange(40, 130) * 1_000 * PESOS + odd
        entries = self._every_month(self.words["movimientos"]["aporte"], instalment)
        cells: Cells = {"nombre": self.words["productos"]["aportes"], "cuota": Pesos(instalment)}
        opened: Cells = {"fecha_apertura": self.person.joined_on}
        return Account("aportes.csv", "aporte", self.number("AP"), entries, cells | opened)

    def new_contributions(self) -> Account:
        """Those of somebody who has just joined: nothing yet."""
        cells: Cells = {
            "nombre": self.words["productos"]["aportes"],
            "cuota": Pesos(60_000 * PESOS),
            "fecha_apertura": self.today,
        }
        return Account("aportes.csv", "aporte", self.number("AP"), (), cells)

    def demand(self, name: str = "vista", odd: int = 0) -> Account:
        """Money comes and goes, and a little interest with its centavos."""
        entries: list[Entry] = []
        balance = 0
        for day in monthly(add_months(self.today, -36).replace(day=3), self.today):
            for entry in self._month_of_demand(day, balance, odd):
                balance += entry.amount
                entries.append(entry)
        cells = self._savings(name, opened=entries[0].booked_on, rate=_DEMAND_RATE)
        return Account("ahorros.csv", "a_la_vista", self.number("AV"), tuple(entries), cells)

    def permanent(self) -> Account:
        """Saved every month through payroll."""
        instalment = self.dice.randrange(30, 90) * 1_000 * PESOS
        entries = self._every_month(self.words["movimientos"]["ahorro"], instalment)
        cells = self._savings("permanente", self.person.joined_on, _PERMANENT_RATE)
        due: Cells = {"cuota": Pesos(instalment)}
        return Account("ahorros.csv", "permanente", self.number("PE"), entries, cells | due)

    def closed_permanent(self) -> Account:
        """A permanent savings account that was emptied and closed last month."""
        account, day = self.permanent(), add_months(self.today, -1)
        kept = tuple(e for e in account.entries if e.booked_on < day)
        text = self.words["movimientos"]["retiro_total"]
        emptied = (*kept, Entry(day, text, -sum(e.amount for e in kept)))
        cells = {**account.cells, "fecha_cierre": day, "cuota": None}
        return Account(account.file, account.kind, account.number, emptied, cells)

    def programmed(self) -> Account:
        """A year of equal instalments, eight of them paid."""
        opened, instalment = add_months(self.today, -8), self.dice.randrange(5, 30) * 1_000_000
        text = self.words["movimientos"]["cuota_programado"]
        days = monthly(opened, self.today)
        entries = tuple(Entry(day, text, instalment) for day in days)
        cells = self._savings("programado", opened, _PROGRAMMED_RATE)
        term: Cells = {"cuota": Pesos(instalment), "fecha_vencimiento": add_months(opened, 12)}
        return Account("ahorros.csv", "programado", self.number("PR"), entries, cells | term)

    def cdat(self, age: int | None = None, days: int | None = None, period: str = "") -> Account:
        """A term certificate that was opened `age` days ago for `days` days."""
        days = days or self.dice.choice(tuple(_CDAT_RATES))
        age = self.dice.randrange(1, days - 5) if age is None else age
        principal = self.dice.randrange(5, 200) * 100_000 * PESOS
        opened, rate = self.today - timedelta(age), Decimal(_CDAT_RATES[days])
        name = self.words["productos"]["cdat"].format(dias=days)
        unpaid = age % 30 if period else age
        cells: Cells = {
            "tipo": "cdat",
            "nombre": name,
            "tasa": rate,
            "tipo_tasa": "EA",
            "intereses_causados": Pesos(yield_of(principal, rate, unpaid)),
            "fecha_apertura": opened,
            "fecha_vencimiento": opened + timedelta(days),
            "periodo_liquidacion": period or "al_vencimiento",
        }
        entry = Entry(opened, self.words["movimientos"]["apertura"], principal)
        return Account("ahorros.csv", "cdat", self.number("CD"), (entry,), cells)

    def _every_month(self, text: str, amount: int) -> tuple[Entry, ...]:
        first = add_months(self.person.joined_on, 1).replace(day=_AFTER_PAYDAY)
        return tuple(Entry(day, text, amount) for day in monthly(first, self.today))

    def _month_of_demand(self, first: date, balance: int, odd: int) -> list[Entry]:
        words = self.words["movimientos"]
        paid_in = self.dice.randrange(200, 900) * 1_000 * PESOS + odd
        taken = self.dice.randrange(20, 95) * (balance + paid_in) // 100 // 100_000 * 100_000
        interest = yield_of(balance, _DEMAND_RATE, 30)
        entries = [
            Entry(first, words["intereses"], interest),
            Entry(first + timedelta(2), self.dice.choice(words["consignacion"]), paid_in),
            Entry(first + timedelta(9), self.dice.choice(words["retiro"]), -taken),
        ]
        return [e for e in entries if e.amount and e.booked_on <= self.today]

    def _savings(self, name: str, opened: date, rate: Decimal) -> Cells:
        kind = {"vista": "a_la_vista", "infantil": "a_la_vista"}.get(name, name)
        return {
            "tipo": kind,
            "nombre": self.words["productos"][name],
            "tasa": rate,
            "tipo_tasa": "EA",
            "fecha_apertura": opened,
        }


Make = Callable[[Shelf], Account]
SAVINGS: dict[str, Make] = {
    "aportes": Shelf.contributions,
    "aportes_centavos": lambda shelf: shelf.contributions(odd=37),
    "aportes_nuevos": Shelf.new_contributions,
    "vista": Shelf.demand,
    "vista_centavos": lambda shelf: shelf.demand(odd=53),
    "infantil": lambda shelf: shelf.demand("infantil"),
    "permanente": Shelf.permanent,
    "permanente_cerrado": Shelf.closed_permanent,
    "programado": Shelf.programmed,
    "cdat": Shelf.cdat,
    "cdat_por_vencer": lambda shelf: shelf.cdat(age=85, days=90),
    "cdat_mensual": lambda shelf: shelf.cdat(age=100, days=360, period="mensual"),
}
