"""The pictures show the statement's amounts and fit a phone."""

import struct
import warnings
from dataclasses import replace

import pytest

from domain.money import Centavos, total
from domain.statement import Statement
from handlers.documents.charts import composition_chart, credits_chart
from handlers.documents.composition import composition
from handlers.documents.progress import Progress, progress, progress_message
from tests.documents.reading import plain
from tests.documents.samples import (
    CDAT,
    CLOSED_LOAN,
    DEMAND,
    KINDS,
    LATE_LOAN,
    LOAN,
    many,
    statement,
)

HOSTILE = ("<b>$x_1$</b> $\\frac", "👩‍🏫 \u202eabc", "W" * 200, "\ud800", "")


@pytest.mark.parametrize("draw", [composition_chart, credits_chart])
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_a_png_for_a_phone(kind: str, draw: type[bytes]) -> None:
    png = draw(KINDS[kind].statement)
    width, height = size(png)
    assert width == 1200
    assert 200 < height < 2600
    assert len(png) < 400_000


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of a PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_drawn_without_a_warning(name: str) -> None:
    values = statement(credits_=(replace(LOAN, line=name),))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert size(composition_chart(values))[0] == size(credits_chart(values))[0] == 1200


def test_the_same_statement_gives_the_same_picture() -> None:
    assert composition_chart(statement()) == composition_chart(statement())


def test_composition_has_every_kind_once_and_each_debt() -> None:
    content = composition(statement(savings=(DEMAND, CDAT, CDAT), credits_=(LATE_LOAN, LOAN)))
    assert [(b.label, b.amount) for b in content.has] == [
        ("Aportes sociales", 485000000),
        ("Ahorro a la vista", DEMAND.balance),
        ("CDAT", 2 * CDAT.balance),
    ]
    assert [b.amount for b in content.owes] == [LOAN.balance, LATE_LOAN.balance]


@pytest.mark.parametrize("kind", KINDS)
def test_composition_adds_up_to_the_statement(kind: str) -> None:
    values = KINDS[kind].statement
    content = composition(values)
    assert content.total_has == values.total_contributions + values.total_savings
    assert content.total_owes == values.total_credits


def test_small_debts_are_grouped() -> None:
    content = composition(many())
    assert len(content.owes) == 6
    assert content.owes[-1].label == "Otros 13 créditos"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (statement(), "Tiene $ 26.084.567,89\ny debe $ 10.345.678"),
        (statement(credits_=()), "Tiene $ 26.084.567,89\ny no debe nada"),
        (statement((), ()), "Debe $ 10.345.678"),
        (statement((), (), ()), "No tiene saldos"),
    ],
)
def test_the_title_is_the_message(values: Statement, message: str) -> None:
    assert plain(composition(values).message) == message


def test_progress_of_open_credits_only() -> None:
    (row,) = progress(statement(credits_=(LOAN, CLOSED_LOAN)))
    assert (row.label, row.instalments) == ("Libre inversión", "12 de 36 cuotas")
    assert (row.paid, row.pending) == (LOAN.disbursed - LOAN.balance, LOAN.balance)
    assert plain(progress_message([row])) == "Ya pagó $ 4.654.322\nde $ 15.000.000 prestados"


def test_progress_groups_without_losing_money() -> None:
    rows = progress(many())
    assert len(rows) == 6
    assert total(r.pending for r in rows) == many().total_credits


@pytest.mark.parametrize(
    ("disbursed", "balance", "share"), [(100, 25, 0.75), (100, 130, 0.0), (0, 0, 1.0)]
)
def test_share_stays_between_nothing_and_all(disbursed: int, balance: int, share: float) -> None:
    loan = replace(LOAN, disbursed=Centavos(disbursed), balance=Centavos(balance))
    (row,) = progress(statement(credits_=(loan,)))
    assert row == Progress("Libre inversión", "12 de 36 cuotas", row.paid, Centavos(balance))
    assert row.share == share
