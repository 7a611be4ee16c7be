"""What somebody asked for before entering, and finds open after it."""

from datetime import timedelta

from bot.repertoire import Repertoire
from bot.visits import is_for
from domain.conversation import Visit, Wanted
from handlers.kit.flow import Access, Data, Flow
from storage.unit import Unit


def wish(flow: Flow, data: Data, visit: Visit, life: timedelta) -> Wanted | None:
    """The wish of who only has to enter; what was typed is not kept for that."""
    if visit.session is not None or flow.access is not Access.MEMBER:
        return None
    kept = {name: value for name, value in data.items() if name != "said"}
    return Wanted(flow.name, kept, visit.now + life)


def granted(wanted: Wanted, repertoire: Repertoire, unit: Unit, visit: Visit) -> bool:
    """Whether it is still wished, and may be had by whoever has entered."""
    if wanted.until <= visit.now or wanted.flow not in repertoire.flows:
        return False
    return is_for(repertoire.flows[wanted.flow](unit, visit), visit.session)
