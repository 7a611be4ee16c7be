"""The bodies of answers, as they are documented."""

from datetime import datetime

from pydantic import BaseModel

from bot.api.problems import FieldProblem
from domain.notifications.acceptance import Accepted
from domain.notifications.categories import Category
from domain.profile.feed import Update
from domain.profile.outward import outward
from storage.notifications.reading import Shown


class AcceptedNotification(BaseModel):
    """It is on disk. `scheduled_for`: when it may go, by law, by its category and as the member
    prefers; `reference`: what the member reads on it; `repeated`: it was accepted before."""

    id: int
    external_id: str
    state: str
    scheduled_for: datetime
    reference: str
    repeated: bool

    @classmethod
    def of(cls, fate: Accepted) -> "AcceptedNotification":
        return cls(
            id=fate.id,
            external_id=fate.external_id,
            state=fate.state.value,
            scheduled_for=fate.due,
            reference=fate.reference,
            repeated=fate.repeated,
        )


class Notification(BaseModel):
    """Without its words. `in_doubt`: tries of which nobody knows whether they arrived."""

    id: int
    external_id: str
    member_number: str
    batch_id: int | None
    category: str
    template: str | None
    state: str
    reason: str | None
    channel: str | None
    reference: str
    tries: int
    in_doubt: int
    scheduled_for: datetime
    expires_at: datetime | None
    accepted_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, shown: Shown) -> "Notification":
        return cls.model_validate(shown, from_attributes=True)


class NotificationPage(BaseModel):
    """`next_after`: where the next page begins; null at the end."""

    notifications: list[Notification]
    next_after: int | None


class RejectedLine(FieldProblem):
    """A line that was not accepted, counted from 1."""

    line: int
    external_id: str | None


class AcceptedBulk(BaseModel):
    """The good lines are on disk. `problems`: the first bad ones; all are at `problems_at`."""

    id: int
    accepted: int
    repeated: int
    rejected: int
    problems: list[RejectedLine]
    problems_at: str
    scheduled_from: datetime | None
    scheduled_until: datetime | None


class RejectedPage(BaseModel):
    problems: list[RejectedLine]
    next_after: int | None


class AcceptedBroadcast(BaseModel):
    """It is on disk. `audience`: how many members are in the segment now."""

    id: int
    external_id: str
    audience: int
    scheduled_for: datetime
    repeated: bool


class BatchStatus(BaseModel):
    """`states`: how many notifications are in each; `total`: how many it holds so far."""

    id: int
    external_id: str | None
    state: str
    total: int
    rejected: int
    repeated: int
    states: dict[str, int]
    accepted_at: datetime | None
    ended_at: datetime | None


class Reachability(BaseModel):
    """`telegram`: open, closed (the member blocked it, or the account is gone) or never (they have
    not entered). `by_category`: the way each would go now, or null."""

    member_number: str
    active: bool
    telegram: str
    email: bool
    hours: str
    sound: bool
    wants: dict[Category, bool]
    by_category: dict[Category, str | None]


class KeptFile(BaseModel):
    """`id` is the `attachment` of a message."""

    id: int
    kind: str
    name: str
    size: int


class ProfileUpdate(BaseModel):
    """`position` is the cursor; `field`: section and field, or a repeating section. `value` as
    `coopbot export profile-updates` writes it; null: it was removed."""

    position: int
    member_number: str
    request_number: str
    field: str
    value: str | None
    approved_at: datetime

    @classmethod
    def of(cls, update: Update) -> "ProfileUpdate":
        value = None if update.value is None else outward(update.field, update.value)
        return cls(
            position=update.position,
            member_number=update.member_number,
            request_number=update.request_number,
            field=update.field,
            value=value,
            approved_at=update.approved_at,
        )


class ProfileUpdates(BaseModel):
    """`since`: for the next page, and what to acknowledge; `more`: whether there is one already."""

    updates: list[ProfileUpdate]
    since: int
    more: bool


class TakenUpdates(BaseModel):
    """`taken`: how many had not been acknowledged before."""

    position: int
    taken: int
