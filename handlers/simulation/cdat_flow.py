"""The simulator of CDATs, put together."""

from dataclasses import dataclass

from domain.leads.lead import Product, Wish
from domain.products.cdat_quotes import CdatQuotes
from handlers.documents.simulation_paper import CdatPaper
from handlers.kit.flow import Flow
from handlers.simulation.amount_question import AmountQuestion
from handlers.simulation.cdat_result import CdatResult, ComparisonStep, PaymentsStep
from handlers.simulation.changing import ChangeStep
from handlers.simulation.counters import CdatCounter
from handlers.simulation.course import Course, Part
from handlers.simulation.drafts import Draft
from handlers.simulation.interest import Interest, LeadOffice
from handlers.simulation.line_question import LineQuestion
from handlers.simulation.papers import Papers
from handlers.simulation.people import Person
from handlers.simulation.period_question import PeriodQuestion
from handlers.simulation.refusing import Report
from handlers.simulation.requirements import RequirementsStep
from handlers.simulation.term_question import TermQuestion
from handlers.simulation.wording import pesos


@dataclass(frozen=True, slots=True)
class CdatSimulationFlow:
    person: Person
    office: LeadOffice
    report: Report

    def flow(self) -> Flow:
        course = Course(Product.CDAT, self._open, self.report)
        papers = Papers(Product.CDAT, self.person, self._wish, self._paper)
        interest = Interest(course, self.person, self.office, self._wish)
        parts: dict[str, Part] = {
            "line": LineQuestion(course),
            "amount": AmountQuestion(course),
            "term": TermQuestion(course),
            "period": PeriodQuestion(course),
            "result": CdatResult(course, self.person),
            "change": ChangeStep(course),
            "payments": PaymentsStep(course),
            "comparison": ComparisonStep(course),
            "requirements": RequirementsStep(course, "result"),
        }
        return Flow(
            "cdat_simulation",
            version=1,
            first="line",
            steps={**course.steps(parts), **interest.steps()},
            deliveries=papers.deliveries(),
        )

    async def _open(self) -> CdatCounter:
        quotes = CdatQuotes(self.office.cooperative.products)
        return CdatCounter(quotes, await self.person.situation())

    async def _paper(self, draft: Draft) -> CdatPaper:
        quote = (await self._open()).quote(draft)
        return CdatPaper(self.office.cooperative, quote, self.person.visit.now)

    async def _wish(self, draft: Draft) -> Wish:
        quote = (await self._open()).quote(draft)
        return Wish(
            product=Product.CDAT,
            line=quote.line.name,
            amount=pesos(quote.request.amount),
            term=quote.request.days,
            period=quote.request.settlement,
            system=None,
            rate=quote.outcome.cdat.rate,
            figure=pesos(quote.outcome.net),
            simulated_on=quote.situation.day,
        )
