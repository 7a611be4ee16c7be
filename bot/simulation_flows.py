"""The simulators and what becomes of the simulations sent, for the composition root."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.repertoire import FlowBuilder, NoteWriter
from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.leads.attending import ENDED, TAKEN
from domain.leads.sending import NEWS_TO_STAFF
from domain.products.refusals import Refusal
from handlers.kit.flow import Flow
from handlers.leads.notes import LeadNotes
from handlers.simulation.cdat_flow import CdatSimulationFlow
from handlers.simulation.credit_flow import CreditSimulationFlow
from handlers.simulation.hub import SimulatorsFlow
from handlers.simulation.interest import LeadOffice
from handlers.simulation.people import Person
from storage.access.doorway import authorisation
from storage.leads.desk import sending
from storage.leads.repository import LeadRepository
from storage.means import MeansRepository
from storage.unit import Unit

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SimulationFlows:
    cooperative: Cooperative

    def builders(self) -> Mapping[str, FlowBuilder]:
        """Each flow's line."""
        return {
            "simulators": lambda _unit, _visit: SimulatorsFlow().flow(),
            "credit_simulation": self._credit,
            "cdat_simulation": self._cdat,
        }

    def notes(self) -> Mapping[str, NoteWriter]:
        """Who writes each note."""
        return {
            NEWS_TO_STAFF: lambda u, _, params: _notes(u).waiting(params),
            TAKEN: lambda u, _, params: _notes(u).taken(params),
            ENDED: lambda u, _, params: _notes(u).ended(params),
        }

    def _credit(self, unit: Unit, visit: Visit) -> Flow:
        return CreditSimulationFlow(_person(unit, visit), self._office(unit), report).flow()

    def _cdat(self, unit: Unit, visit: Visit) -> Flow:
        return CdatSimulationFlow(_person(unit, visit), self._office(unit), report).flow()

    def _office(self, unit: Unit) -> LeadOffice:
        per_day = self.cooperative.policies.leads_per_day
        sent = sending(unit.connection, unit.notes, per_day)
        return LeadOffice(sent, authorisation(unit.connection), self.cooperative)


def report(refusal: Refusal) -> None:
    """What only the cooperative can put right goes to the operator's log."""
    log.error("simulation refused", reason=type(refusal).__name__, detail=str(vars(refusal)))


def _person(unit: Unit, visit: Visit) -> Person:
    return Person(visit, MeansRepository(unit.connection))


def _notes(unit: Unit) -> LeadNotes:
    return LeadNotes(LeadRepository(unit.connection))
