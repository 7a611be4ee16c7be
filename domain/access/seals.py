"""Keyed hashes: they recognise a value without keeping it."""

import hmac
import json
from dataclasses import dataclass, field

from domain.members import Document


@dataclass(frozen=True, slots=True)
class Seal:
    """HMAC-SHA256 under a key that is not in the database."""

    key: bytes = field(repr=False)

    def of(self, *parts: str | int | None) -> str:
        """The seal of these parts, in hexadecimal."""
        return hmac.digest(self.key, json.dumps(parts).encode(), "sha256").hex()

    def document(self, document: Document) -> str:
        return self.of(document.kind, document.number)

    def code(self, attempt_id: str, chat_id: int, code: str) -> str:
        """The seal of a one-time code: good for one attempt in one chat."""
        return self.of(attempt_id, chat_id, code)


def same(one: str, other: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
