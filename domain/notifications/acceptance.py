"""Accepting notifications: whom they are for, when they go, and that none is accepted twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.clock import local_date
from domain.members import Document
from domain.notifications.categories import CONDUCT
from domain.notifications.flaws import Flaw
from domain.notifications.hours import DayPart, NoOpening
from domain.notifications.messages import Message
from domain.notifications.outcomes import State
from domain.notifications.schedule import Timetable

Addressee = str | Document


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to a member, named by number or document. `fingerprint`: of the whole request."""

    external_id: str
    to: Addressee
    message: Message
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """`taken`: days on which the member is or will be contacted already (Ley 2300)."""

    member_id: int
    hours: DayPart = DayPart.ANY
    taken: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be written into the ledger."""

    draft: Draft
    member_id: int
    due: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """`repeated`: it was accepted before, with the same content. `provisional`: its upload is not
    accepted yet."""

    id: int
    external_id: str
    state: State
    due: datetime
    reference: str
    repeated: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    external_id: str
    flaw: Flaw


class Recipients(Protocol):
    async def find(self, to: Sequence[Addressee], since: datetime) -> Mapping[Addressee, Recipient]:
        """Those who exist, with the days taken from that instant on."""


class Ledger(Protocol):
    async def write(
        self, client: str, entries: Sequence[Entry], batch_id: int | None, at: datetime
    ) -> Mapping[str, Accepted]:
        """Write them; by external id. One that was there before is `repeated`."""

    async def fingerprints(self, client: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Of those in the ledger."""


@dataclass(frozen=True, slots=True)
class Accept:
    recipients: Recipients
    ledger: Ledger
    timetable: Timetable

    async def all(
        self, client: str, drafts: Sequence[Draft], now: datetime, batch_id: int | None = None
    ) -> list[Accepted | Rejected]:
        """The drafts' fates, in their order; the good ones are in the ledger."""
        found = await self.recipients.find([draft.to for draft in drafts], now)
        planned: dict[int, set[date]] = {}
        entries: dict[str, Entry] = {}
        fates: dict[int, Accepted | Rejected] = {}
        for number, draft in enumerate(drafts):
            entry = self._entry(draft, found.get(draft.to), now, planned)
            if isinstance(entry, Rejected):
                fates[number] = entry
            elif draft.external_id in entries:
                fates[number] = Rejected(draft.external_id, TWICE)
            else:
                entries[draft.external_id] = entry
        written = await self.ledger.write(client, list(entries.values()), batch_id, now)
        known = [key for key, fate in written.items() if fate.repeated]
        prints = await self.ledger.fingerprints(client, known) if known else {}
        return [
            fates.get(number) or _fate(draft, written, prints)
            for number, draft in enumerate(drafts)
        ]

    def _entry(
        self,
        draft: Draft,
        who: Recipient | None,
        now: datetime,
        planned: dict[int, set[date]],
    ) -> Entry | Rejected:
        if who is None:
            return Rejected(draft.external_id, NOBODY)
        message, taken = draft.message, planned.setdefault(who.member_id, set(who.taken))
        wanted = max(now, message.not_before or now)
        try:
            due = self.timetable.earliest(message.category, wanted, who.hours, taken)
        except NoOpening:
            return Rejected(draft.external_id, NEVER)
        if message.expires_at is not None and due >= message.expires_at:
            return Rejected(draft.external_id, _too_late(due))
        if CONDUCT[message.category].contact:
            taken.add(local_date(due))
        return Entry(draft, who.member_id, due)


NOBODY = Flaw("member_number", "unknown", "there is no such member")
TWICE = Flaw("external_id", "repeated", "this external_id stands earlier in the same upload")
NEVER = Flaw("not_before", "no_opening", "within a year there is no day left to send it on")
UNDER_WAY = Flaw("external_id", "under_way", "it is in an upload that is not accepted yet")
TAKEN = Flaw("external_id", "taken", "another notification has this external_id already")


def _too_late(due: datetime) -> Flaw:
    return Flaw("expires_at", "before_opening", f"it may not be sent before {due.isoformat()}")


def _fate(
    draft: Draft, written: Mapping[str, Accepted], prints: Mapping[str, str]
) -> Accepted | Rejected:
    fate = written[draft.external_id]
    if fate.provisional:
        return Rejected(draft.external_id, UNDER_WAY)
    if fate.repeated and prints[draft.external_id] != draft.fingerprint:
        return Rejected(draft.external_id, TAKEN)
    return fate
