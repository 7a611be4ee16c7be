"""PINs kept in clear, for tests that count judgements or must be found out by the leak scan."""

import asyncio
from dataclasses import dataclass

from domain.access.applicants import StoredPin


@dataclass
class PlainPins:
    """`judged`: how many times a PIN was held against a member's own."""

    judged: int = 0

    async def hash(self, member_id: int, pin: str) -> StoredPin:
        return StoredPin(pin, 1)

    async def matches(self, member_id: int, pin: str, stored: StoredPin | None) -> bool:
        self.judged += stored is not None
        await asyncio.sleep(0)
        return stored is not None and stored.hash == pin
