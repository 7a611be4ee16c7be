"""The Telegram accounts that entered as a member: the one bound now, and earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Binding:
    """From the first entry of an account to its last; `unbound_at` is None for the present one."""

    id: int
    member_id: int
    telegram_id: int
    bound_at: datetime
    last_entry_at: datetime
    unbound_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Another account took the place of `former`, which was the last to enter before."""

    binding_id: int
    former: int


class Bindings(Protocol):
    async def bind(self, member_id: int, telegram_id: int, at: datetime) -> NewAccount | None:
        """Remember the entry; None when it came from the same account as the last, or the first."""

    async def unbind(self, member_id: int, at: datetime) -> None:
        """The present account is the member's own no more."""

    async def of_member(self, member_id: int, limit: int) -> Sequence[Binding]:
        """The newest, the present one first."""

    async def by_id(self, binding_id: int) -> Binding | None: ...

    async def may_disown(self, telegram_id: int, binding_id: int) -> bool:
        """Whether that account may say "it was not me" of what the binding's member was told.

        It is bound to the member; or it was before, and the binding is the present one.
        """
