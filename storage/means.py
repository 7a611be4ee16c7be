"""What members have on file for simulations, read with one statement."""

from decimal import Decimal

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.means import Means
from domain.money import Centavos
from storage.schema import member, product

_held = and_(
    product.c.member_id == member.c.id,
    product.c.kind == "contribution",
    product.c.closed_on.is_(None),
)
_MEANS = (
    select(
        member.c.salary,
        member.c.mobile,
        func.coalesce(func.sum(product.c.balance), 0).label("held"),
    )
    .select_from(member.outerjoin(product, _held))
    .where(member.c.id == bindparam("member_id"))
    .group_by(member.c.id, member.c.salary, member.c.mobile)
)


class MeansRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def means(self, member_id: int) -> Means:
        """That member's own; LookupError without a member."""
        row = (await self._connection.execute(_MEANS, {"member_id": member_id})).one_or_none()
        if row is None:
            raise LookupError(f"no member {member_id}")
        salary = _pesos(row.salary) if row.salary else None
        return Means(_pesos(row.held), salary, row.mobile)


def _pesos(amount: Centavos) -> Decimal:
    return Decimal(int(amount)) / 100
