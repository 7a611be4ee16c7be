"""The authorisation to process personal data (Ley 1581 of 2012, art. 9) and its proof."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from domain.access.journal import Action, Journal, Result
from domain.conversation import Visit


@dataclass(frozen=True, slots=True)
class Consent:
    """The proof: who said yes, when, and to which exact text."""

    telegram_id: int
    version: str
    text_sha256: str
    given_at: datetime

    def is_of(self, text: str) -> bool:
        """Whether that is the very text that was accepted."""
        return self.text_sha256 == _digest(text)


class Consents(Protocol):
    async def given(self, telegram_id: int, version: str) -> bool: ...

    async def add(self, consent: Consent) -> None: ...

    async def link(self, telegram_id: int, member_id: int) -> None:
        """The account has proven whose it is: its authorisations are that member's."""


@dataclass(frozen=True, slots=True)
class Authorisation:
    consents: Consents
    journal: Journal

    async def given(self, visit: Visit, version: str) -> bool:
        """Whether this account authorised that version already."""
        return await self.consents.given(visit.telegram_id, version)

    async def give(self, visit: Visit, version: str, text: str) -> None:
        """Keep the proof that this account said yes to that text, as it was shown."""
        await self.consents.add(Consent(visit.telegram_id, version, _digest(text), visit.now))
        await self.journal.write(visit, Action.CONSENT, Result.DONE, None, version)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
