"""The way of a notification in hand: what is known of its member, begun, and settled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import local_date
from domain.notifications.acceptance import Addressee
from domain.notifications.categories import CONDUCT, Category
from domain.notifications.outcomes import FINAL, Reason, State, Verdict
from domain.notifications.preferences import UNDECIDED
from domain.notifications.schedule import week_of
from domain.notifications.sending import Channel, Situation
from storage.dialect import upsert
from storage.notifications.claims import LEASE, OPEN, Claim
from storage.notifications.content import NOTHING
from storage.notifications.facts import withdrawn
from storage.notifications.preferences import preferences
from storage.notifications.recipients import named
from storage.schema import (
    closed_chat,
    contact_day,
    contact_week,
    credential,
    member,
    notification_preference,
)
from storage.schema import notification as table
from storage.schema import notification_batch as batch

_MEMBER = (
    select(
        member.c.number,
        member.c.status,
        member.c.email,
        member.c.first_names,
        credential.c.telegram_id,
        credential.c.locked_at,
        withdrawn().label("withdrawn"),
        closed_chat.c.closed_at,
        notification_preference.c.choices,
        notification_preference.c.hours,
        notification_preference.c.sound,
    )
    .select_from(member)
    .outerjoin(credential, credential.c.member_id == member.c.id)
    .outerjoin(closed_chat, closed_chat.c.chat_id == credential.c.telegram_id)
    .outerjoin(notification_preference, notification_preference.c.member_id == member.c.id)
)


@dataclass(frozen=True, slots=True)
class MemberState:
    """A member as notifications find them, contacts apart."""

    number: str
    active: bool
    situation: Situation


class MemberStateRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, to: Addressee) -> MemberState | None:
        """The member of that number or document."""
        (condition,) = named(to)
        row = (await self._connection.execute(_MEMBER.where(condition))).first()
        return MemberState(row.number, row.status == "active", _situation(row)) if row else None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom it is for, as they are now."""

    situation: Situation
    first_names: str


class SendingRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def receiver(self, claim: Claim, now: datetime) -> Receiver:
        """The member of a notification, with the contacts that others made."""
        row = (await self._connection.execute(_MEMBER.where(member.c.id == claim.member_id))).one()
        situation = _situation(row)
        if CONDUCT[claim.category].contact:
            situation = replace(
                situation,
                taken=await self._taken(claim, local_date(now)),
                week_channel=await self._week_channel(claim, local_date(now)),
            )
        return Receiver(situation, row.first_names)

    async def begin(
        self, claim: Claim, channel: Channel, chat_id: int | None, now: datetime
    ) -> bool:
        """Committed before the call that sends it: False when it was cancelled or taken over.

        A contact takes its member's day and week; False as well when another was faster.
        """
        values = {
            "state": State.SENDING.value,
            "channel": channel.value,
            "chat_id": chat_id,
            "sending_at": now,
            "lease_until": now + LEASE,
        }
        own = update(table).where(*_own(claim), table.c.state == State.LEASED, _running())
        if not (await self._connection.execute(own.values(values))).rowcount:
            return False
        if not CONDUCT[claim.category].contact or await self._contact(claim, channel, now):
            return True
        await self._change(claim, {"state": State.QUEUED.value})
        return False

    async def wait(self, claim: Claim, until: datetime) -> None:
        """Give it back, to be sent from that instant on."""
        values = {"state": State.QUEUED.value, "not_before": until, "due_at": until}
        await self._change(claim, values)

    async def stop(self, claim: Claim, state: State, reason: Reason, now: datetime) -> None:
        """Close it: it is not tried again."""
        values = {"state": state.value, "reason": reason.value, "settled_at": now}
        stopped = await self._change(claim, values | _scrubbed(claim.category))
        if stopped and not claim.doubts:
            await self._free_contact(claim)

    async def settle(
        self,
        claim: Claim,
        verdict: Verdict,
        now: datetime,
        *,
        in_doubt: bool = False,
        message_id: int | None = None,
    ) -> None:
        """Write down what became of it; `in_doubt`: it may have arrived."""
        values: dict[str, Any] = {
            "state": verdict.state.value,
            "reason": verdict.reason.value if verdict.reason else None,
            "tries": claim.tries + verdict.counted,
            "doubts": claim.doubts + in_doubt,
            "message_id": message_id,
        }
        if verdict.not_before is not None:
            values["not_before"] = verdict.not_before
        if verdict.state in FINAL:
            values |= {"settled_at": now} | _scrubbed(claim.category)
        settled = await self._change(claim, values)
        if settled and verdict.state is State.DEAD and not claim.doubts:
            await self._free_contact(claim)

    async def _change(self, claim: Claim, values: dict[str, Any]) -> bool:
        """False when somebody else holds it by now."""
        released = {"lease_until": None, "fence": None}
        own = update(table).where(*_own(claim))
        return bool((await self._connection.execute(own.values(released | values))).rowcount)

    async def _contact(self, claim: Claim, channel: Channel, now: datetime) -> bool:
        """Take the day and the week, each by one conditional statement."""
        day = local_date(now)
        mine = {"member_id": claim.member_id, "notification_id": claim.id}
        taken = upsert(self._connection, contact_day).values(**mine, day=day)
        same = taken.on_conflict_do_update(
            index_elements=["member_id", "day"],
            set_={"notification_id": claim.id},
            where=contact_day.c.notification_id == claim.id,
        ).returning(contact_day.c.day)
        if await self._connection.scalar(same) is None:
            return False
        week = upsert(self._connection, contact_week).values(
            **mine, week=week_of(day), channel=channel.value
        )
        kept = week.on_conflict_do_update(
            index_elements=["member_id", "week"],
            set_={"channel": channel.value},
            where=(contact_week.c.channel == channel.value)
            | (contact_week.c.notification_id == claim.id),
        ).returning(contact_week.c.week)
        return await self._connection.scalar(kept) is not None

    async def _free_contact(self, claim: Claim) -> None:
        """It was no contact after all; the week is free unless others used its channel."""
        day, week = (
            delete(each).where(
                each.c.member_id == claim.member_id, each.c.notification_id == claim.id
            )
            for each in (contact_day, contact_week)
        )
        await self._connection.execute(day)
        others = select(contact_day.c.day).where(
            contact_day.c.member_id == claim.member_id, contact_day.c.day >= contact_week.c.week
        )
        await self._connection.execute(week.where(~others.exists()))

    async def _taken(self, claim: Claim, since: date) -> Sequence[date]:
        days = select(contact_day.c.day).where(
            contact_day.c.member_id == claim.member_id,
            contact_day.c.day >= since,
            contact_day.c.notification_id != claim.id,
        )
        return list(await self._connection.scalars(days))

    async def _week_channel(self, claim: Claim, day: date) -> Channel | None:
        used = select(contact_week.c.channel).where(
            contact_week.c.member_id == claim.member_id,
            contact_week.c.week == week_of(day),
            contact_week.c.notification_id != claim.id,
        )
        channel = await self._connection.scalar(used)
        return Channel(channel) if channel else None


def _situation(row: Any) -> Situation:
    """Who is barred (their telephone may be stolen), or withdrew the authorisation, has no chat."""
    has_chat = row.locked_at is None and not row.withdrawn
    return Situation(
        preferences=preferences(row) if row.choices is not None else UNDECIDED,
        chat_id=row.telegram_id if has_chat else None,
        chat_closed=row.closed_at is not None,
        email=row.email,
    )


def _own(claim: Claim) -> tuple[Any, Any]:
    return table.c.id == claim.id, table.c.fence == claim.fence


def _running() -> Any:
    """Of no batch, or of one that is neither paused nor cancelled."""
    opened = select(batch.c.id).where(batch.c.id == table.c.batch_id, batch.c.state.in_(OPEN))
    return table.c.batch_id.is_(None) | opened.exists()


def _scrubbed(category: Category) -> dict[str, str]:
    """Of a one-time code nothing is left once it is final."""
    return {"content": NOTHING} if category is Category.CODE else {}
