"""What a member's file says of employees' acts: words for each that may be kept."""

import ast
from collections.abc import Iterator
from pathlib import Path

from domain.access.blocking import LockReason
from domain.access.journal import Action
from domain.staff.tickets import TicketKind, TicketState
from handlers.kit.texts import catalog

DOMAIN = Path(__file__).parents[2] / "domain"


def modules_of_deeds() -> Iterator[ast.Module]:
    """Modules whose acts on members are kept by `Conduct.record`; broadcasts are nobody's."""
    for path in sorted(DOMAIN.rglob("*.py")):
        text = path.read_text("utf-8")
        if "Deed(" in text and not any(each in text for each in ("class Deed", "Duty.BROADCASTS")):
            yield ast.parse(text)


def actions_of(tree: ast.Module) -> set[Action]:
    named = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {
        Action[node.attr]
        for node in named
        if isinstance(node.value, ast.Name) and node.value.id == "Action"
    }


def test_every_act_has_words() -> None:
    kept = set().union(*map(actions_of, modules_of_deeds()))
    assert {Action.UNLOCK, Action.TICKET_CLAIMED, Action.LEAD_CLOSED} <= kept
    assert {act for act in kept if f"staff_file.did.{act}" not in catalog()} == set()


def test_every_kind_of_lock_and_ticket_has_words() -> None:
    keys = [f"staff_file.locked.{reason}" for reason in LockReason]
    keys += [f"staff_tickets.kind.{kind}" for kind in TicketKind]
    keys += [f"staff_tickets.state.{state}" for state in TicketState]
    assert [key for key in keys if key not in catalog()] == []
