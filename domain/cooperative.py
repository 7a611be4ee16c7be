"""The cooperative itself and the rules it may set."""

from dataclasses import dataclass, field
from datetime import timedelta

from domain.notifications.settings import NotificationSettings
from domain.products.lines import Products


@dataclass(frozen=True, slots=True)
class Policies:
    """Limits of access; every number is the cooperative's to change (docs/operations.md 3)."""

    pin_tries: int = 5
    code_tries: int = 3
    codes_per_hour: int = 5
    documents_per_day: int = 3
    code_life: timedelta = timedelta(minutes=5)
    attempt_life: timedelta = timedelta(minutes=15)
    first_key_life: timedelta = timedelta(days=30)
    session_idle: timedelta = timedelta(minutes=5)
    session_total: timedelta = timedelta(minutes=30)
    staff_idle: timedelta = timedelta(minutes=60)
    staff_total: timedelta = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class DataProcessing:
    """The personal-data policy a member authorises (Ley 1581 of 2012, arts. 9 and 12)."""

    version: str
    policy_address: str
    contact: str


@dataclass(frozen=True, slots=True)
class Cooperative:
    """Who prints, writes and answers, and what it offers; all texts are the cooperative's own."""

    name: str
    short_name: str
    nit: str
    address: str
    city: str
    phone: str
    email: str
    hours: str
    website: str
    data_processing: DataProcessing
    policies: Policies = field(default_factory=Policies)
    products: Products = field(default_factory=Products)
    notifications: NotificationSettings = field(default_factory=NotificationSettings)
