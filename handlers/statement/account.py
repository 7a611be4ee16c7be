"""The account of the member who has entered: no other can be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.clock import local_date
from domain.conversation import Visit
from domain.statement import Movement, Statement
from domain.statements import CLOSED_SHOWN, Holder, MovementPage, Span, Statements
from handlers.kit.membership import member_of


@dataclass(frozen=True, slots=True)
class Account:
    visit: Visit
    statements: Statements

    async def statement(self) -> Statement:
        """All products, without those closed long ago."""
        closed_since = local_date(self.visit.now) - CLOSED_SHOWN
        return await self.statements.statement(self._member_id, closed_since)

    async def page(self, product_id: int, span: Span, number: int) -> MovementPage | None:
        """A page of a product's movements; None when the member has no such product."""
        return await self.statements.page(self._member_id, product_id, span, number)

    async def months(self, product_id: int) -> tuple[date, ...]:
        """The months in which the product had movements, newest first."""
        return await self.statements.months(self._member_id, product_id)

    async def movements(self, span: Span) -> Mapping[int, tuple[Movement, ...]]:
        """All movements of the span by product id, oldest first."""
        return await self.statements.movements(self._member_id, span)

    async def holder(self) -> Holder:
        """The member, for the head of a printed copy."""
        return await self.statements.holder(self._member_id)

    @property
    def _member_id(self) -> int:
        return member_of(self.visit)
