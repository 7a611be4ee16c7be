"""Credits at their limits: contributions, caps, missing figures, other people's buttons."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.money import Percent
from domain.products.refusals import AboveUsuryCap, MissingFigure
from handlers.simulation.amount_question import SetAmount
from handlers.simulation.line_question import ChooseLine
from handlers.simulation.period_question import ChoosePeriod
from handlers.simulation.term_question import SetTerm
from storage.schema import product
from tests.simulation.conftest import Room
from tests.simulation.test_credit import OWN, USUAL, pesos, up_to


async def test_visitors_simulate_too_and_are_told_what_entering_adds(room: Room) -> None:
    reader = await up_to(room.visitor(), "Cupo rotativo")
    assert "15.000.000" in reader.text
    assert "depende de los aportes: 3 veces sus aportes" in reader.text
    assert "entre con su PIN" in reader.text
    await reader.tap("1.000.000")
    await reader.tap("12 meses")
    assert reader.place[1] == "result"
    await reader.tap("Más opciones")
    assert not any("sueldo" in label for label in reader.labels)


async def test_a_members_limits_count_their_contributions(room: Room) -> None:
    reader = await up_to(room.member(), "Sobre aportes")
    assert f"{pesos(OWN * 95 // 100)}</b> (el 95 % de sus aportes)" in reader.text
    await up_to(reader, "Cupo rotativo")
    assert f"{pesos(OWN * 3)}</b> (3 veces sus aportes)" in reader.text


async def test_a_line_that_the_contributions_do_not_reach_is_said(
    room: Room, connection: AsyncConnection
) -> None:
    poor = update(product).where(product.c.kind == "contribution").values(balance=1_000_00)
    await connection.execute(poor)
    reader = await up_to(room.member(), "Sobre aportes")
    assert reader.place[1] == "line"
    assert "todavía no alcanza el mínimo de esta línea" in reader.notice
    await reader.tap("Libre inversión")
    assert reader.place[1] == "amount"


async def test_a_rate_above_the_cap_is_refused_and_reported(room: Room) -> None:
    caps = dict.fromkeys([date(2026, 11, 1)], Percent(10))
    reader = await up_to(room.without(usury=caps).member(), *USUAL)
    assert reader.place[1] == "line"
    assert "pasa del tope legal de noviembre de 2026, que es 10,00" in reader.notice
    assert isinstance(room.reported[0], AboveUsuryCap)
    await reader.tap("Sobre aportes")
    assert reader.place[1] == "amount"


async def test_an_older_cap_is_used_and_said(room: Room) -> None:
    reader = await up_to(room.without(usury={date(2026, 9, 1): Percent(24)}).member(), *USUAL)
    assert "24,00\N{NO-BREAK SPACE}% E.A., de septiembre de 2026" in reader.text
    assert "El de noviembre de 2026 todavía no lo tenemos" in reader.text


@pytest.mark.parametrize(
    ("tables", "taps", "words"),
    [
        ({"usury": {}}, USUAL, "Me falta el tope legal de las tasas de noviembre de 2026"),
        ({"minimum_wage": {}}, USUAL[:1], "me falta el salario mínimo de 2026"),
    ],
)
async def test_a_missing_figure_is_said_with_what_to_do(
    room: Room, tables: dict[str, object], taps: tuple[str, ...], words: str
) -> None:
    reader = await up_to(room.without(**tables).member(), *taps)
    assert reader.place[1] == "line"
    assert words in reader.notice
    assert "Ya le avisé a la cooperativa" in reader.notice
    assert isinstance(room.reported[-1], MissingFigure)
    assert any("Educación" in label for label in reader.labels)
    await reader.tap("Menú")
    assert reader.place[0] == "menu"


async def test_figures_that_go_missing_on_the_way_do_not_stop_the_chat(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL)
    kept = dict(reader.data)
    gone = room.without(usury={}).member()
    await gone.open("credit_simulation")
    gone.step, gone.data = "result", kept
    gone.screen = await gone.flow.steps["result"].show(kept)
    shown = [button.label for row in gone.screen.rows for button in row]
    assert shown[0] == "simulation.button.start_over"
    await gone.tap("Empezar de nuevo")
    assert gone.place[1] == "line"


async def test_a_line_that_is_no_longer_there(room: Room) -> None:
    reader = await room.member().open("credit_simulation")
    await reader.send(ChooseLine("nada"))
    assert "ya no está" in reader.notice
    await reader.tap("Turismo")
    assert reader.place[1] == "amount"


@pytest.mark.parametrize(
    "forged", [SetAmount(0), SetAmount(10**17), SetTerm(0), SetTerm(10**9), ChoosePeriod("daily")]
)
async def test_made_up_buttons_change_nothing(room: Room, forged: object) -> None:
    steps = {SetAmount: USUAL[:1], SetTerm: USUAL[:3], ChoosePeriod: USUAL[:2]}
    reader = await up_to(room.member(), *steps[type(forged)])
    place = reader.place
    await reader.send(forged)
    assert reader.place == place


async def test_an_employee_simulates_but_sends_nothing(room: Room) -> None:
    reader = await up_to(room.employee(), *USUAL)
    assert not any("Me interesa" in label for label in reader.labels)


async def test_requirements_are_the_lines_own(room: Room) -> None:
    reader = await up_to(room.member(), *USUAL, "Más opciones", "Requisitos")
    assert "• Presentar los dos últimos desprendibles de pago." in reader.text
    await reader.tap("Volver")
    assert reader.place[1] == "more"
