"""What a notification is about decides when it may be sent and who may refuse it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """CODE: one-time codes. REMINDER: an instalment is due. ARREARS: one is overdue."""

    CODE = "code"
    SECURITY = "security"
    OPERATION = "operation"
    DOCUMENT = "document"
    CONTRACT = "contract"
    REMINDER = "reminder"
    ARREARS = "arrears"
    COMMUNITY = "community"
    COMMERCIAL = "commercial"


class Choice(StrEnum):
    """Whether the member is asked: never, may refuse, must have agreed."""

    ALWAYS = "always"
    UNLESS_REFUSED = "unless_refused"
    IF_ASKED_FOR = "if_asked_for"


@dataclass(frozen=True, slots=True)
class Conduct:
    """`window`: only in the hours of Ley 2300 of 2023, art. 3. `contact`: counts as the day's
    contact, and its channel as the week's. `by_mail`: may go by e-mail when the chat is closed.
    `repeatable`: sent again when nobody knows whether it arrived."""

    window: bool
    contact: bool
    choice: Choice
    by_mail: bool = True
    repeatable: bool = True


# Exempt by Ley 2300: confirmations of operations, what was asked for, alerts of fraud. A reminder
# before the due date is arguably no collection; it is treated as such, to be on the safe side.
CONDUCT: Mapping[Category, Conduct] = {
    Category.CODE: Conduct(False, False, Choice.ALWAYS, by_mail=False, repeatable=False),
    Category.SECURITY: Conduct(False, False, Choice.ALWAYS),
    Category.OPERATION: Conduct(False, False, Choice.UNLESS_REFUSED),
    Category.DOCUMENT: Conduct(False, False, Choice.UNLESS_REFUSED),
    Category.CONTRACT: Conduct(True, False, Choice.ALWAYS),
    Category.REMINDER: Conduct(True, True, Choice.UNLESS_REFUSED),
    Category.ARREARS: Conduct(True, True, Choice.ALWAYS),
    Category.COMMUNITY: Conduct(True, False, Choice.UNLESS_REFUSED, by_mail=False),
    Category.COMMERCIAL: Conduct(True, True, Choice.IF_ASKED_FOR, by_mail=False),
}
