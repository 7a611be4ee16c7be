"""The standing button of the note about a lead: who may is asked at the press."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.leads.attending import AttendLeads, NoLead
from domain.staff.conduct import Beaten, OwnAccount
from domain.staff.duties import NotAllowed
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Leave, SignOut
from handlers.kit.screen import Phrase
from handlers.leads.notes import TakeLead
from handlers.staff.guard import NEEDS_STAFF
from handlers.staff.ticket_notes import ENTER_FIRST, is_employee


@dataclass(frozen=True, slots=True)
class LeadPress:
    visit: Visit
    attending: AttendLeads

    async def take(self, given: Standing) -> Leave | SignOut | Phrase:
        """Claim the lead and open it."""
        if not isinstance(given, TakeLead):
            return Phrase("staff.gone")
        try:
            await self.attending.claim(self.visit, given.lead)
        except NotAllowed:
            return NEEDS_STAFF if is_employee(self.visit) else ENTER_FIRST
        except OwnAccount:
            return Phrase("staff.own_account")
        except NoLead:
            return Phrase("staff.gone")
        except Beaten:
            return Phrase("staff_lead.beaten")
        return Leave("staff_lead", {"lead": given.lead}, Phrase("staff_lead.done.claim"))
