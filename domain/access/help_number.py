"""The number that the cooperative gives a member whose PIN it voided: the second proof of a reset.

Somebody made sure who the member is, and tells them the number; the code goes to the mailbox. One
without the other opens nothing. The number follows from a key, the member and the moment of the
reset: it is kept nowhere, and every reset has another.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.access.seals import Seal, same

DIGITS = 8
_HALF = DIGITS // 2
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HelpNumbers:
    seal: Seal

    def of(self, member_id: int, since: datetime) -> str:
        """The eight digits of the reset that began then."""
        sealed = self.seal.of("help number", member_id, since.isoformat())
        return f"{int(sealed, 16) % 10**DIGITS:0{DIGITS}}"

    def spoken(self, member_id: int, since: datetime) -> str:
        """The same in two halves, to be read aloud: `4821 7730`."""
        number = self.of(member_id, since)
        return f"{number[:_HALF]} {number[_HALF:]}"

    def matches(self, typed: str, member_id: int, since: datetime | None) -> bool:
        """Whether it is the number of that reset; none is right where there was no reset."""
        right = self.of(member_id, since or _NEVER)
        return same(typed, right) and since is not None


def read_help_number(typed: str) -> str | None:
    """Eight digits, with or without spaces; None otherwise."""
    digits = re.sub(r"[\s.-]", "", typed)
    return digits if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else None
