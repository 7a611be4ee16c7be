"""The made-up members: seventeen characters, and everybody else."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from storage.demo.calendar import add_months
from storage.demo.words import catalogue, characters
from storage.intake.cells import keyword

MEMBERS = 200
_FIRST_NUMBER = 1001
# No cedula has nine digits: nobody real has one of these.
_FIRST_DOCUMENT = 500_001_000
_USUAL = {"vista": 80, "permanente": 60, "programado": 15, "cdat": 25, "credito": 50}
_LATE = {"credito_mora_3": 4, "credito_mora_45": 2, "credito_pagado": 6}


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up member; `state` says what is worth seeing, `has` which products (products.py).

    `salary`: a month's salary or pension, in pesos.
    """

    number: str
    first_names: str
    surnames: str
    document_type: str
    document: str
    birth_date: date
    email: str | None
    mobile: str
    joined_on: date
    municipality: str
    salary: int | None
    active: bool
    has: tuple[str, ...]
    state: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_names} {self.surnames}".strip()

    @property
    def first_key(self) -> str:
        """What opens the door the first time: the birth date, `AAAAMMDD`."""
        return f"{self.birth_date:%Y%m%d}"


def showcase(today: date) -> list[Person]:
    """The characters that show something worth seeing, in the order of LEEME.md."""
    return [_character(n, told, today) for n, told in enumerate(characters())]


def everybody(today: date) -> list[Person]:
    """All members; the same for the same day."""
    known = showcase(today)
    return [*known, *(_somebody(n, today) for n in range(len(known), MEMBERS))]


def chance(*seed: object) -> Random:
    """A source of chance that always says the same for the same seed."""
    return Random("/".join(map(str, seed)))  # noqa: S311 (made-up data, not a secret)


def _character(n: int, told: dict[str, Any], today: date) -> Person:
    kind, document = told["documento"]
    names, surnames = told["nombres"], told["apellidos"]
    return Person(
        number=str(_FIRST_NUMBER + n),
        first_names=names,
        surnames=surnames,
        document_type=kind,
        document=document,
        birth_date=_born(chance("character", n), told["edad"], today),
        email=told.get("correo", _email(names, surnames)) or None,
        mobile=told.get("celular", _mobile(n)),
        joined_on=_joined(chance("character", n), told["edad"], today),
        municipality="Tunja",
        salary=told.get("ingreso"),
        active=told.get("activo", True),
        has=tuple(told["tiene"]),
        state=told["estado"],
    )


def _somebody(n: int, today: date) -> Person:
    dice, words = chance("member", n), catalogue()
    age = dice.choice((*range(25, 50), *range(50, 86), *range(50, 86)))
    names = dice.choice(words["nombres"][dice.choice(("mujer", "mujer", "hombre"))])
    surnames = " ".join(dice.sample(words["nombres"]["apellidos"], 2))
    return Person(
        number=str(_FIRST_NUMBER + n),
        first_names=names,
        surnames=surnames,
        document_type="CC",
        document=str(_FIRST_DOCUMENT + n * 7),
        birth_date=_born(dice, age, today),
        email=None if dice.random() < 0.03 else _email(names, surnames, n),
        mobile=_mobile(n),
        joined_on=_joined(dice, age, today),
        municipality=dice.choice(words["lugares"]["municipios"]),
        salary=_salary(chance("salary", n)),
        active=dice.random() > 0.04,
        has=_products(dice),
    )


def _products(dice: Random) -> tuple[str, ...]:
    drawn = [kind for kind, percent in (_USUAL | _LATE).items() if dice.random() * 100 < percent]
    return ("aportes", *drawn)


def _born(dice: Random, age: int, today: date) -> date:
    return add_months(today, -12 * age - dice.randint(0, 11)).replace(day=dice.randint(1, 28))


def _joined(dice: Random, age: int, today: date) -> date:
    years = dice.randint(3, max(4, min(age - 20, 30)))
    return add_months(today, -12 * years - dice.randint(0, 11)).replace(day=dice.randint(1, 28))


def _salary(dice: Random) -> int | None:
    """Before deductions, in pesos; of some, nobody knows it."""
    return None if dice.random() < 0.15 else dice.randrange(20, 75) * 100_000


def _email(names: str, surnames: str, n: int | None = None) -> str:
    parts = [keyword(names).split("_")[0], *keyword(surnames).split("_")[:1]]
    return f"{'.'.join(p for p in parts if p)}{n or ''}@correo.example"


def _mobile(n: int) -> str:
    return f"300 000 {n:04}"
