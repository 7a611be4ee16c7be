"""The printed copy: choose a period, receive a PDF."""

from dataclasses import dataclass

from domain.conversation import Visit
from domain.cooperative import Cooperative
from domain.statement import Statement
from domain.statements import PrintedPeriod, Span, Statements, printed_span
from handlers.documents.paper import StatementPaper
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Delivery, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Attachment, Button, Phrase, Screen
from handlers.kit.texts import plain
from handlers.statement.account import Account
from handlers.understand import wander


@dataclass(frozen=True, slots=True)
class PrintPeriod(Callback):
    prefix = "sper"
    period: str


@dataclass(frozen=True, slots=True)
class PrintingFlow:
    """May be begun with `back` in its data: the flow to return to, else the menu."""

    visit: Visit
    statements: Statements
    cooperative: Cooperative

    def flow(self) -> Flow:
        return Flow(
            "printing",
            version=1,
            first="period",
            steps={"period": Step(self.show, self.answer)},
            access=Access.MEMBER,
            deliveries={"statement": self.document},
        )

    async def show(self, data: Data) -> Screen:
        """The periods, named by their months."""
        cut_off = (await self._account.statement()).cut_off
        buttons = tuple(
            (_button(period, printed_span(period, cut_off)),) for period in PrintedPeriod
        )
        return Screen("statement.print.text", {"cut_off": cut_off}, (*buttons, *footer()))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """The document of that period, or back."""
        if isinstance(given, PrintPeriod) and given.period in set(PrintedPeriod):
            deliver = Delivery("statement", {"period": given.period})
            return Go("period", data, Phrase("statement.print.preparing"), deliver)
        return wander(given, Leave(data.get("back", "menu"))) or Go("period", data)

    async def document(self, params: Data) -> Attachment:
        """The PDF of the period in `params`; its name says nothing of the member."""
        statement = await self._account.statement()
        span = printed_span(PrintedPeriod(params["period"]), statement.cut_off)
        paper = await self._paper(statement, span)
        return Attachment(
            "handlers.documents.statement_pdf:statement_pdf",
            (paper,),
            plain("statement.print.filename", {"day": statement.cut_off.isoformat()}),
            Phrase("statement.print.caption", {"cut_off": statement.cut_off}),
        )

    async def _paper(self, statement: Statement, span: Span) -> StatementPaper:
        holder = await self._account.holder()
        movements = await self._account.movements(span)
        return StatementPaper(
            cooperative=self.cooperative,
            holder=holder.name,
            document=f"{holder.document.kind} {holder.document.masked}",
            member_number=holder.number,
            statement=statement,
            movements=tuple(
                (p.id, movements[p.id]) for p in statement.products if p.id in movements
            ),
            period=(span.since, span.until),
            issued_at=self.visit.now,
        )

    @property
    def _account(self) -> Account:
        return Account(self.visit, self.statements)


def _button(period: PrintedPeriod, span: Span) -> Button:
    params: dict[PrintedPeriod, dict[str, object]] = {
        PrintedPeriod.MONTH: {"month": span.until},
        PrintedPeriod.QUARTER: {},
        PrintedPeriod.YEAR: {"year": span.until.year},
    }
    return Button(f"statement.print.{period}", PrintPeriod(period), params[period])
