"""The whole office for the people of `world`: all flows, and members with products."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.app import Flows
from bot.repertoire import FlowBuilder, Repertoire
from bot.turn import Turn
from bot.view import View
from bot.visits import visit_of
from domain.money import Centavos
from storage.unit import unit_of_work
from tests.access.world import COOPERATIVE, Person, World
from tests.statement_rows import add_movements, add_product


@dataclass
class OfficeWorld(World):
    """`World` with all flows."""

    @property
    def flows(self) -> dict[str, FlowBuilder]:
        cooperative = replace(COOPERATIVE, policies=self.policies)
        return dict(Flows(cooperative, self.secrets, self.pins, self.shuffle).builders())

    async def furnish(self, member_id: int, name: str = "Cuenta") -> None:
        """A savings account with two pages of movements, contributions and a credit."""
        base = member_id * 100
        day = date(2026, 10, 30)
        moves = [(day - timedelta(days=n), f"Abono {n}", 1_000_000 + n) for n in range(12)]
        async with self.database.unit() as connection:
            for n, kind in enumerate(("contribution", "demand", "credit")):
                balance = Centavos(123_456_700 + n)
                named = {"name": f"{name} {n}", "number": f"{member_id}0000{n}"}
                await add_product(connection, member_id, base + n, kind, balance=balance, **named)
            await add_movements(connection, base + 1, *moves)


async def look(person: Person) -> View:
    """The chat's screen as it is, without doing anything."""
    world, me = person.world, person.telegram_id
    async with unit_of_work(world.database) as unit:
        conversation = await unit.conversations.hold(me)
        visit = visit_of(conversation, me, world.clock.now())
        turn = Turn(Repertoire(world.flows), world.policies, unit, conversation, visit)
        person.view = await turn.view()
    person.data, person.session = dict(conversation.data), conversation.session
    return person.view


async def place(person: Person) -> tuple[str, str]:
    """Flow and step of the chat."""
    async with unit_of_work(person.world.database) as unit:
        conversation = await unit.conversations.hold(person.telegram_id)
    return conversation.flow or "", conversation.step or ""


def callbacks(person: Person) -> Mapping[str, Any]:
    """The buttons' callbacks by label."""
    assert person.view
    return {
        label: button.tap
        for label, button in zip(
            person.buttons, (b for row in person.view.screen.rows for b in row), strict=True
        )
    }
