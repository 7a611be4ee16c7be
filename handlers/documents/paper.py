"""What a paper needs to be printed; plain values that travel to a pool process."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.cooperative import Cooperative
from domain.statement import Movement, Statement


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """A printed statement of account; `document` comes masked, `issued_at` is aware (UTC).

    `movements` are those booked in `period` (first and last day), by product, in printing order.
    """

    cooperative: Cooperative
    holder: str
    document: str
    member_number: str
    statement: Statement
    movements: tuple[tuple[int, tuple[Movement, ...]], ...]
    period: tuple[date, date]
    issued_at: datetime

    def movements_of(self, product_id: int) -> tuple[Movement, ...]:
        """The movements of one product, none when it had none."""
        return dict(self.movements).get(product_id, ())
