"""The simulator of credits, put together."""

from dataclasses import dataclass

from domain.leads.lead import Product, Wish
from domain.products.credit_quotes import CreditQuotes
from handlers.documents.simulation_paper import CreditPaper
from handlers.kit.flow import Flow
from handlers.simulation.amount_question import AmountQuestion
from handlers.simulation.capacity import Capacities, CapacityStep, DeductionsQuestion
from handlers.simulation.changing import ChangeStep, SystemStep
from handlers.simulation.comparing import CompareStep
from handlers.simulation.counters import CreditCounter
from handlers.simulation.course import Course, Part
from handlers.simulation.credit_result import CreditResult, MoreAboutCredit
from handlers.simulation.drafts import Draft
from handlers.simulation.extra import ExtraResult
from handlers.simulation.extra_questions import ExtraAmount, ExtraMoment
from handlers.simulation.interest import Interest, LeadOffice
from handlers.simulation.line_question import LineQuestion
from handlers.simulation.papers import Papers
from handlers.simulation.payment_question import PaymentQuestion
from handlers.simulation.people import Person
from handlers.simulation.period_question import PeriodQuestion
from handlers.simulation.refusing import Report
from handlers.simulation.requirements import RequirementsStep
from handlers.simulation.schedule import ScheduleStep
from handlers.simulation.term_question import TermQuestion
from handlers.simulation.wording import pesos


@dataclass(frozen=True, slots=True)
class CreditSimulationFlow:
    """May be begun with `aim` "payment" in its data: who asks how much they are lent."""

    person: Person
    office: LeadOffice
    report: Report

    def flow(self) -> Flow:
        course = Course(Product.CREDIT, self._open, self.report)
        capacities = Capacities(self.person, self.office.cooperative.products.payroll)
        papers = Papers(Product.CREDIT, self.person, self._wish, self._paper)
        interest = Interest(course, self.person, self.office, self._wish)
        asked: dict[str, Part] = {
            "line": LineQuestion(course),
            "amount": AmountQuestion(course),
            "payment": PaymentQuestion(course),
            "period": PeriodQuestion(course),
            "term": TermQuestion(course),
        }
        shown: dict[str, Part] = {
            "result": CreditResult(course, self.person, capacities),
            "change": ChangeStep(course),
            "schedule": ScheduleStep(course),
            "more": MoreAboutCredit(course, self.person),
            "compare": CompareStep(course),
            "extra_amount": ExtraAmount(course),
            "extra_after": ExtraMoment(course),
            "extra": ExtraResult(course),
            "capacity": CapacityStep(course, capacities),
            "deductions": DeductionsQuestion(),
            "system": SystemStep(course),
            "requirements": RequirementsStep(course, "more"),
        }
        return Flow(
            "credit_simulation",
            version=1,
            first="line",
            steps={**course.steps(asked | shown), **interest.steps()},
            deliveries=papers.deliveries(),
        )

    async def _open(self) -> CreditCounter:
        quotes = CreditQuotes(self.office.cooperative.products)
        return CreditCounter(quotes, await self.person.situation())

    async def _paper(self, draft: Draft) -> CreditPaper:
        quote = (await self._open()).quote(draft)
        return CreditPaper(self.office.cooperative, quote, self.person.visit.now)

    async def _wish(self, draft: Draft) -> Wish:
        quote = (await self._open()).quote(draft)
        return Wish(
            product=Product.CREDIT,
            line=quote.line.name,
            amount=pesos(quote.request.amount),
            term=quote.request.months,
            period=quote.request.period,
            system=quote.request.system,
            rate=quote.schedule.loan.rate,
            figure=pesos(quote.schedule.first_payment),
            simulated_on=quote.situation.day,
        )
