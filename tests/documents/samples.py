"""Members of every kind, as papers to print."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.cooperative import Cooperative, DataProcessing
from domain.money import Centavos, Percent
from domain.statement import (
    Contribution,
    Credit,
    Movement,
    Period,
    Rate,
    RateKind,
    Savings,
    SavingsKind,
    Statement,
)
from handlers.documents.paper import StatementPaper

COOPERATIVE = Cooperative(
    name="Cooperativa de Ahorro y Crédito El Tablero (demostración)",
    short_name="Cooperativa El Tablero",
    nit="900123456-8",
    address="Calle 20 # 9-90, oficina 201",
    city="Tunja",
    phone="608 740 0000",
    email="servicios@eltablero.example",
    hours="lunes a viernes de 8:00 a. m. a 12:00 m. y de 2:00 a 6:00 p. m.",
    website="www.eltablero.example",
    data_processing=DataProcessing("2026-1", "www.eltablero.example/datos", "datos@x.example"),
)
CUT_OFF = date(2026, 3, 31)
PERIOD = (date(2026, 1, 1), CUT_OFF)
CONTRIBUTION = Contribution(
    1, "1001", "Aportes sociales", Centavos(485000000), Centavos(9500000), None
)
DEMAND = Savings(
    2,
    "4001-7",
    "Ahorro a la vista",
    SavingsKind.DEMAND,
    Centavos(123456789),
    Rate(Percent("1.5"), RateKind.EFFECTIVE_ANNUAL),
    None,
    Centavos(154321),
    date(2011, 2, 1),
    None,
    None,
    None,
)
CDAT = Savings(
    3,
    "7788",
    "CDAT a 360 días",
    SavingsKind.CDAT,
    Centavos(2000000000),
    Rate(Percent("9"), RateKind.EFFECTIVE_ANNUAL),
    None,
    Centavos(14414660),
    date(2025, 11, 10),
    date(2026, 11, 10),
    Period.QUARTERLY,
    None,
)
LOAN = Credit(
    4,
    "55010",
    "Libre inversión",
    Centavos(1500000000),
    Centavos(1034567800),
    Rate(Percent("1.45"), RateKind.MONTHLY),
    Centavos(53871400),
    Period.MONTHLY,
    date(2025, 3, 5),
    date(2026, 4, 5),
    12,
    36,
    0,
    Centavos(0),
    None,
)
LATE_LOAN = replace(
    LOAN,
    id=5,
    number="55999",
    line="Educación",
    disbursed=Centavos(400000000),
    balance=Centavos(98765432),
    instalment=Centavos(12345678),
    next_due_on=date(2026, 3, 28),
    instalments_paid=26,
    instalments_total=36,
    days_past_due=3,
    arrears=Centavos(12345678),
)
CLOSED_LOAN = replace(
    LOAN,
    id=6,
    number="50001",
    line="Calamidad doméstica",
    balance=Centavos(0),
    next_due_on=None,
    instalments_paid=36,
    closed_on=date(2026, 2, 16),
)
CLOSED_SAVINGS = replace(
    CDAT,
    id=7,
    number="6601",
    name="CDAT a 180 días",
    balance=Centavos(0),
    accrued_interest=None,
    closed_on=date(2026, 1, 20),
)


def statement(
    contributions: tuple[Contribution, ...] = (CONTRIBUTION,),
    savings: tuple[Savings, ...] = (DEMAND, CDAT),
    credits_: tuple[Credit, ...] = (LOAN,),
) -> Statement:
    return Statement(CUT_OFF, contributions, savings, credits_)


def booked(count: int, step: int = 1234567, balance: int = 100000000) -> tuple[Movement, ...]:
    """Movements spread over the period, oldest first; every third one is a fall."""
    rows: list[Movement] = []
    for index in range(count):
        amount = Centavos(-step if index % 3 == 2 else step + index * 100)
        balance += amount
        text = "Retiro por caja, oficina Tunja" if amount < 0 else "Consignación de nómina"
        day = PERIOD[0] + timedelta(days=index * 89 // count)
        rows.append(Movement(day, text, amount, Centavos(balance)))
    return tuple(rows)


def paper(
    of: Statement | None = None,
    *moved: tuple[int, tuple[Movement, ...]],
    holder: str = "María Ángela Núñez Güiza",
) -> StatementPaper:
    return StatementPaper(
        COOPERATIVE,
        holder,
        "CC •••••432",
        "20417",
        of or statement(),
        moved,
        PERIOD,
        datetime(2026, 4, 1, 20, 4, tzinfo=UTC),
    )


def many() -> Statement:
    """Forty products: two contributions, twenty savings, eighteen credits."""
    return statement(
        (
            CONTRIBUTION,
            replace(
                CONTRIBUTION,
                id=100,
                number="1002",
                name="Aportes extraordinarios",
                instalment=None,
                balance=Centavos(12345),
            ),
        ),
        tuple(
            replace(CDAT, id=200 + i, number=f"77{i:02}", balance=Centavos(50000000 + i * 1357913))
            for i in range(20)
        ),
        tuple(
            replace(
                LOAN, id=300 + i, number=f"55{i:03}", balance=Centavos(1034567800 - i * 50000000)
            )
            for i in range(18)
        ),
    )


KINDS: dict[str, StatementPaper] = {
    "ordinary": paper(None, (2, booked(12)), (4, booked(3))),
    "no_credits": paper(statement(credits_=()), (2, booked(5))),
    "forty_products": paper(many(), (200, booked(4))),
    "closed": paper(statement(savings=(DEMAND, CLOSED_SAVINGS), credits_=(LOAN, CLOSED_LOAN))),
    "centavos": paper(
        statement(credits_=(replace(LOAN, balance=Centavos(1034567801)),)), (2, booked(7, 1))
    ),
    "arrears": paper(statement(credits_=(LOAN, LATE_LOAN))),
    "many_movements": paper(None, (2, booked(500))),
    "nothing": paper(statement((), (), ())),
}
