"""The frame of every flow of employees: its duty, and refusals as sentences."""

from collections.abc import Mapping
from dataclasses import replace

from domain.broadcasts.broadcast import NoBroadcast
from domain.certificates.check import NotGenuine
from domain.leads.attending import NoLead
from domain.staff.attend import NoTicket
from domain.staff.changes import NoChange
from domain.staff.conduct import OwnAccount
from domain.staff.duties import ROLES, Duty, NotAllowed
from domain.staff.files import NoMember
from handlers.kit.flow import Access, Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import MENU, navigate
from handlers.kit.screen import Phrase

NEEDS_STAFF = Phrase("kernel.needs.staff")


def staff_flow(name: str, duty: Duty, first: str, steps: Mapping[str, Step]) -> Flow:
    """A flow for the employees of that duty."""
    guarded = {step_name: _guarded(step_name, step) for step_name, step in steps.items()}
    return Flow(name, 1, first, guarded, Access.STAFF, roles=ROLES[duty])


def steer(given: Input, step: str, data: Data, back: Outcome = MENU) -> Outcome:
    """Where "Volver" and "Menú" lead; for anything else, the same step again."""
    stay = Go(step, data, Phrase("staff.use_buttons") if isinstance(given, str) else None)
    return navigate(given, back) or stay


def _guarded(name: str, step: Step) -> Step:
    async def answer(data: Data, given: Input) -> Outcome:
        try:
            return await step.answer(data, given)
        except OwnAccount:
            return Go(name, data, Phrase("staff.own_account"))
        except (NoMember, NoTicket, NoChange, NoLead, NotGenuine, NoBroadcast):
            return Go(name, data, Phrase("staff.gone"))
        except NotAllowed:
            return Leave("menu", notice=NEEDS_STAFF)

    return replace(step, answer=answer)
