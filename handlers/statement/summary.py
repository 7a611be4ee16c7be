"""The summary: what the member has, what they owe and what is due next."""

from dataclasses import dataclass
from datetime import date

from domain.conversation import Visit
from domain.money import Centavos
from domain.statement import Credit, Statement
from domain.statements import Statements
from handlers.kit.callbacks import Callback
from handlers.kit.flow import Access, Data, Flow, Go, Input, Leave, Outcome, Step
from handlers.kit.navigation import footer
from handlers.kit.screen import Attachment, Button, Phrase, Rows, Screen
from handlers.kit.texts import plural
from handlers.statement.account import Account
from handlers.statement.charts import Draw, composition_picture, draw_button, drawing
from handlers.statement.groups import Group, members_of
from handlers.statement.wording import arrears_status, brief
from handlers.understand import wander

DUES_SHOWN = 5
GROUPS = (Group.CONTRIBUTIONS, Group.SAVINGS, Group.CREDITS)


@dataclass(frozen=True, slots=True)
class OpenGroup(Callback):
    prefix = "sgrp"
    group: str


@dataclass(frozen=True, slots=True)
class Print(Callback):
    prefix = "sprt"


@dataclass(frozen=True, slots=True)
class StatementFlow:
    visit: Visit
    statements: Statements

    def flow(self) -> Flow:
        return Flow(
            "statement",
            version=1,
            first="summary",
            steps={"summary": Step(self.show, self.answer)},
            access=Access.MEMBER,
            deliveries={"chart": self.chart},
        )

    async def show(self, data: Data) -> Screen:
        """The whole statement on one screen."""
        statement = await self._statement()
        params = {
            "cut_off": statement.cut_off,
            "contributions": statement.total_contributions,
            "savings": statement.total_savings,
            "held": _held(statement),
            "debts": _debts(statement),
        }
        return Screen("statement.summary.text", params, _rows(statement))

    async def answer(self, data: Data, given: Input) -> Outcome:
        """A group, the chart, the printed copy, or away."""
        match given:
            case OpenGroup(group) if group in GROUPS:
                return Leave("products", {"group": group})
            case Draw():
                return drawing(Go("summary"))
            case Print():
                return Leave("printing", {"back": "statement"})
        return wander(given) or Go("summary")

    async def chart(self, params: Data) -> Attachment:
        """The picture of what the member has and owes."""
        return composition_picture(await self._statement())

    async def _statement(self) -> Statement:
        return await Account(self.visit, self.statements).statement()


def _held(statement: Statement) -> Centavos:
    return Centavos(statement.total_contributions + statement.total_savings)


def _debts(statement: Statement) -> Phrase:
    if not statement.credits:
        return Phrase("statement.debts.none")
    params = {
        "credits": statement.total_credits,
        "status": arrears_status(statement.days_past_due, statement.total_arrears),
    }
    dues = _dues(statement)
    if not dues:
        return Phrase("statement.debts.quiet", params)
    return Phrase("statement.debts.due", params | {"dues": dues})


def _dues(statement: Statement) -> tuple[Phrase, ...]:
    """The next instalments, soonest first, and how many more there are."""
    due = statement.dues
    shown = tuple(_due(day, credit, statement.cut_off) for day, credit in due[:DUES_SHOWN])
    more = len(due) - DUES_SHOWN
    rest = Phrase(plural("statement.due.more", more), {"count": more})
    return (*shown, rest) if more > 0 else shown


def _due(day: date, credit: Credit, cut_off: date) -> Phrase:
    key = "statement.due.late" if day < cut_off else "statement.due.coming"
    return Phrase(key, {"day": day, "instalment": credit.instalment, "line": brief(credit.line)})


def _rows(statement: Statement) -> Rows:
    groups = tuple(_group_row(g, statement) for g in GROUPS if members_of(g, statement))
    amounts = (
        statement.total_contributions,
        statement.total_savings,
        statement.total_credits,
    )
    draw = (draw_button(),) if sum(a > 0 for a in amounts) > 1 else ()
    return (*groups, (*draw, Button("statement.button.print", Print())), *footer())


def _group_row(group: Group, statement: Statement) -> tuple[Button, ...]:
    count = len(members_of(group, statement))
    return (Button(f"statement.button.{group}", OpenGroup(group), {"count": count}),)
