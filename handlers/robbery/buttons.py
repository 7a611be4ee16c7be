"""The buttons that bar an access, wherever they lie."""

from dataclasses import dataclass

from domain.access.report_robbery import NotTheirs, ReportRobbery
from domain.conversation import Visit
from handlers.kit.callbacks import Standing
from handlers.kit.flow import Leave, SignOut
from handlers.kit.screen import Phrase


@dataclass(frozen=True, slots=True)
class BlockNow(Standing):
    """In the member's own chat, before or after entering: no question is asked."""

    prefix = "blk"


@dataclass(frozen=True, slots=True)
class NotMe(Standing):
    """Of what a note told; `binding`: the account it was about."""

    prefix = "nme"
    binding: int


@dataclass(frozen=True, slots=True)
class Presses:
    """What the two buttons do; the domain judges who may."""

    visit: Visit
    robbery: ReportRobbery

    async def block(self, given: Standing) -> Leave | SignOut | Phrase:
        """Bar whoever this chat is bound to; in a chat that is nobody's, ask for the document."""
        try:
            return _blocked(await self.robbery.from_own_chat(self.visit))
        except NotTheirs:
            return Leave("robbery")

    async def disown(self, given: Standing) -> Leave | SignOut | Phrase:
        """Bar the member of the note."""
        if not isinstance(given, NotMe):
            return Phrase("kernel.stale")
        try:
            return _blocked(await self.robbery.disown(self.visit, given.binding))
        except NotTheirs:
            return Phrase("robbery.not_theirs")


def _blocked(tickets: list[str]) -> SignOut:
    return SignOut(then=Leave("blocked", {"tickets": tickets}))
