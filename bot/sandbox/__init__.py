"""A local Telegram: Bot API server, chat page, mailbox, and a client for tests."""

from bot.sandbox.clock import Clock, ManualClock, SystemClock
from bot.sandbox.courier import Retry
from bot.sandbox.limits import Limits, Rate
from bot.sandbox.mailbox import MailFault
from bot.sandbox.people import PhoneCard, Who
from bot.sandbox.phone import NoSuchButtonError, NotShownError, Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.settling import NotSettledError

__all__ = [
    "Clock",
    "Limits",
    "MailFault",
    "ManualClock",
    "NoSuchButtonError",
    "NotSettledError",
    "NotShownError",
    "Phone",
    "PhoneCard",
    "Rate",
    "Retry",
    "Sandbox",
    "SystemClock",
    "Who",
]
