"""The members of the kill tests: each with balances that nobody else has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.money import Centavos
from storage.database import Database
from tests.statement_rows import CUT_OFF, DOCUMENT, add_member, add_movements, add_product

BIRTH = date(1958, 4, 12)
FIRST_KEY = "19580412"
MOVEMENTS = 25


@dataclass(frozen=True, slots=True)
class Person:
    id: int

    @property
    def telegram_id(self) -> int:
        return 1000 + self.id

    @property
    def document(self) -> str:
        return DOCUMENT if self.id == 1 else str(50_000_000 + self.id)

    @property
    def number(self) -> str:
        """The member number, printed on every paper."""
        return f"A{self.id:05}"

    @property
    def email(self) -> str:
        return f"m{self.id}@correo.example"

    @property
    def savings(self) -> str:
        """What their savings balance looks like on the screen."""
        return f"7.654.{self.id:03}"


async def enrol(database: Database, count: int) -> Sequence[Person]:
    """So many members, as the core system's files would have brought them."""
    people = [Person(number) for number in range(1, count + 1)]
    async with database.unit() as connection:
        for person in people:
            row = {"birth_date": BIRTH, "email": person.email, "first_loaded_at": _today()}
            await add_member(connection, person.id, **row)
            balance = Centavos((7_654_000 + person.id) * 100)
            savings = person.id * 10
            await add_product(connection, person.id, savings, "demand", balance=balance)
            owed = Centavos(1_000_000_00)
            await add_product(connection, person.id, savings + 1, "credit", balance=owed)
            await add_movements(connection, savings, *_movements())
    return people


def _today() -> datetime:
    return datetime.now(UTC)


def _movements() -> list[tuple[date, str, int]]:
    days = (CUT_OFF - timedelta(days=n) for n in range(MOVEMENTS))
    return [(day, f"Consignación {n}", 10_000_00 + n) for n, day in enumerate(days)]
