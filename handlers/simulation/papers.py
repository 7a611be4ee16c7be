"""The papers of a simulation: they name nobody."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.leads.lead import Product
from handlers.kit.flow import Data
from handlers.kit.screen import Attachment, Phrase
from handlers.kit.texts import plain
from handlers.simulation.drafts import Draft, draft_of
from handlers.simulation.interest import Wishing
from handlers.simulation.people import Person
from handlers.simulation.wording import term_phrase

MAKERS = {
    Product.CREDIT: {
        "pdf": "handlers.documents.credit_pdf:credit_pdf",
        "chart": "handlers.documents.credit_chart:credit_chart",
        "xlsx": "handlers.documents.schedule_xlsx:schedule_xlsx",
        "csv": "handlers.documents.schedule_csv:schedule_csv",
    },
    Product.CDAT: {
        "pdf": "handlers.documents.cdat_pdf:cdat_pdf",
        "chart": "handlers.documents.cdat_chart:cdat_chart",
    },
}
Deliveries = Mapping[str, Callable[[Data], Awaitable[Attachment]]]


@dataclass(frozen=True, slots=True)
class Papers:
    """`wishing` says what a draft is of; `printed` makes the values that a maker takes."""

    product: Product
    person: Person
    wishing: Wishing
    printed: Callable[[Draft], Awaitable[object]]

    def deliveries(self) -> Deliveries:
        """Each paper of the draft in its parameters."""
        return {kind: self._maker(kind) for kind in MAKERS[self.product]}

    def _maker(self, kind: str) -> Callable[[Data], Awaitable[Attachment]]:
        async def prepare(params: Data) -> Attachment:
            return await self._attachment(kind, draft_of(params))

        return prepare

    async def _attachment(self, kind: str, draft: Draft) -> Attachment:
        wish = await self.wishing(draft)
        kept = "session" if self.person.visit.session else "visitor"
        caption = {
            "line": wish.line,
            "amount": wish.amount,
            "term": term_phrase(self.product, wish.term),
            "stays": Phrase(f"simulation.stays.{kept}"),
        }
        day = {"day": wish.simulated_on.isoformat()}
        return Attachment(
            MAKERS[self.product][kind],
            (await self.printed(draft),),
            plain(f"simulation.{self.product}.file.{kind}", day),
            Phrase("simulation.caption", caption),
            picture=kind == "chart",
        )
