"""The keyed hash chain: each entry is sealed with the one before it, the head with its own key."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from domain.access.seals import Seal, same
from storage.secrets import Secrets

# What is sealed of an entry, in this order for ever.
COLUMNS = (
    *("id", "at", "action", "result", "telegram_id", "member_id", "staff_id", "object", "details"),
)
Values = Sequence[str | int | None]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain; `seal` is None before the first entry of the chain is written."""

    before_id: int
    before: str
    last_id: int
    last: str
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """HMAC-SHA256, in hexadecimal, under keys that are not in the database."""

    entries: Seal
    heads: Seal

    @classmethod
    def of(cls, secrets: Secrets) -> "Chain":
        return cls(Seal(secrets.audit), Seal(secrets.audit_head))

    def link(self, before: str, values: Values) -> str:
        """The chain's value at the entry of these values, after the value before it."""
        return self.entries.of(before, *values)

    def seal(self, head: Head) -> str:
        return self.heads.of(head.before_id, head.before, head.last_id, head.last)

    def is_sealed(self, head: Head) -> bool:
        """Whether the holder of the key sealed that head."""
        return head.seal is not None and same(self.seal(head), head.seal)

    def has_not_begun(self, head: Head) -> bool:
        """Whether it is as the migration leaves it."""
        return head.seal is None and (head.last_id, head.last) == (head.before_id, head.before)


def add_to(found: "hashlib._Hash", values: Values) -> None:
    """Add an entry written before the chain to the digest that it is recognised by.

    Anybody can compute it: the migration, which makes it, has no key.
    """
    found.update(json.dumps(list(values)).encode() + b"\n")
