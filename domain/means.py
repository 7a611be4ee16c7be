"""What a member has on file that matters to a simulation."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Means:
    """In pesos; `salary` is a month's, before deductions. None where nobody knows it."""

    contributions: Decimal
    salary: Decimal | None
    mobile: str | None


class MembersMeans(Protocol):
    async def means(self, member_id: int) -> Means:
        """That member's own; LookupError without a member."""
