"""The cooperative itself and the rules it may set."""

from dataclasses import dataclass, field
from datetime import timedelta

from domain.notifications.settings import NotificationSettings
from domain.products.lines import Products


@dataclass(frozen=True, slots=True)
class Policies:
    """Limits; every number is the cooperative's to change (docs/operations.md 3)."""

    pin_tries: int = 5
    code_tries: int = 3
    codes_per_hour: int = 5
    documents_per_day: int = 3
    app_tries: int = 10
    vouch_tries: int = 3
    tickets_per_day: int = 3
    robbery_reports_per_day: int = 3
    leads_per_day: int = 3
    failures_per_day: int = 10
    wrong_codes_per_day: int = 10
    usual_failures: int = 10
    updates_per_minute: int = 30
    checks_per_hour: int = 30
    certificate_mails_per_hour: int = 5
    broadcast_alone: int = 50
    code_life: timedelta = timedelta(minutes=5)
    attempt_life: timedelta = timedelta(minutes=15)
    first_key_life: timedelta = timedelta(days=30)
    pin_age: timedelta = timedelta(days=180)
    reset_cooling: timedelta = timedelta(minutes=60)
    reset_grant: timedelta = timedelta(hours=24)
    pin_pause: timedelta = timedelta(seconds=30)
    pin_pause_longest: timedelta = timedelta(hours=1)
    spray_wait: timedelta = timedelta(seconds=60)
    traces_kept: timedelta = timedelta(days=30)
    session_idle: timedelta = timedelta(minutes=5)
    session_total: timedelta = timedelta(minutes=30)
    step_up_after: timedelta = timedelta(minutes=2)
    step_up_life: timedelta = timedelta(minutes=10)
    staff_idle: timedelta = timedelta(minutes=60)
    staff_total: timedelta = timedelta(hours=8)
    ticket_claim: timedelta = timedelta(hours=2)
    ticket_reminder: timedelta = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class DataProcessing:
    """The personal-data policy a member authorises (Ley 1581 of 2012, arts. 9 and 12)."""

    version: str
    policy_address: str
    contact: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who answers for the certificates, as printed under them."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Cooperative:
    """Who prints, writes and answers, and what it offers; all texts are the cooperative's own.

    `logo`: a PNG or JPEG for the letterhead.
    """

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
    signatory: Signatory | None = None
    logo: bytes | None = field(default=None, repr=False)
