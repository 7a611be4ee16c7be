"""The push API's work: what each request does, apart from HTTP."""

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from bot.api.answers import AcceptedBroadcast, AcceptedNotification
from bot.api.drafting import Drafting
from bot.api.models import BroadcastBody, NotificationBody
from bot.api.once import Once, Reply
from bot.api.problems import Problem
from domain.clock import Clock
from domain.members import Document
from domain.notifications.acceptance import (
    NOBODY,
    TAKEN,
    UNDER_WAY,
    Accept,
    Accepted,
    Draft,
    Rejected,
)
from domain.notifications.categories import Category
from domain.notifications.flaws import Flaw, Flawed, flawed
from domain.notifications.messages import Message
from domain.notifications.schedule import Timetable
from domain.notifications.segments import Segment, checked, spelled
from storage.notifications.audience import AudienceRepository
from storage.notifications.batches import BatchRepository
from storage.notifications.content import Envelopes, SharedMessage
from storage.notifications.files import FileRepository
from storage.notifications.ledger import LedgerRepository
from storage.notifications.recipients import RecipientRepository
from storage.unit import Unit

NO_FILE = Flaw("attachment", "unknown", "no file of yours has that number")
_CONFLICTS = (TAKEN, UNDER_WAY)


@dataclass(frozen=True, slots=True)
class PushOffice:
    once: Once
    drafting: Drafting
    envelopes: Envelopes
    timetable: Timetable
    clock: Clock

    def accept(self, unit: Unit) -> Accept:
        """The use case, in that unit of work."""
        recipients = RecipientRepository(unit.connection)
        return Accept(recipients, LedgerRepository(unit.connection, self.envelopes), self.timetable)

    async def notify(self, client: str, key: str, body: NotificationBody) -> Reply:
        """Accept one notification: 202, or 200 when it was accepted before."""

        async def work(unit: Unit) -> Reply:
            now = self.clock.now()
            draft = self.drafting.draft(body, now)
            await self._require_file(unit, client, draft.message)
            (fate,) = await self.accept(unit).all(client, [draft], now)
            if isinstance(fate, Rejected):
                raise _refusal(fate, draft)
            return _accepted(fate)

        return await self.once.do(client, key, self.drafting.fingerprint(body), work)

    async def broadcast(self, client: str, key: str, body: BroadcastBody) -> Reply:
        """Accept a broadcast: 202, or 200 when it was accepted before."""
        fingerprint = self.drafting.fingerprint(body)

        async def work(unit: Unit) -> Reply:
            now = self.clock.now()
            message = self._message(body, now)
            await self._require_file(unit, client, message)
            segment = await _segment(unit, body)
            return await self._announce(
                unit, client, body.external_id, fingerprint, message, segment
            )

        return await self.once.do(client, key, fingerprint, work)

    def _message(self, body: BroadcastBody, now: datetime) -> Message:
        message = self.drafting.editor.edit(body.request(), now)
        if message.category is Category.CODE:
            raise flawed("category", "not_here", "a one-time code is for one member")
        due = self._earliest(message, now)
        if message.expires_at is not None and due >= message.expires_at:
            detail = f"it may not be sent before {due.isoformat()}"
            raise flawed("expires_at", "before_opening", detail)
        return message

    def _earliest(self, message: Message, now: datetime) -> datetime:
        wanted = max(now, message.not_before or now)
        return self.timetable.earliest(message.category, wanted)

    async def _announce(
        self,
        unit: Unit,
        client: str,
        external_id: str,
        fingerprint: str,
        message: Message,
        segment: Segment,
    ) -> Reply:
        now, batches = self.clock.now(), BatchRepository(unit.connection)
        earlier = await batches.named(client, external_id)
        if earlier is not None and earlier.fingerprint != fingerprint:
            raise _conflict(TAKEN)
        shared = SharedMessage.of(message)
        announced = (client, external_id, fingerprint, shared, segment, now)
        number = earlier.id if earlier else await batches.announce(*announced)
        body = AcceptedBroadcast(
            id=number,
            external_id=external_id,
            audience=await AudienceRepository(unit.connection).count(segment, now),
            scheduled_for=self._earliest(message, now),
            repeated=earlier is not None,
        )
        return Reply.of(HTTPStatus.OK if earlier else HTTPStatus.ACCEPTED, body)

    async def _require_file(self, unit: Unit, client: str, message: Message) -> None:
        if message.attachment is not None:
            files = FileRepository(unit.connection)
            if not await files.exist(client, [message.attachment]):
                raise Flawed([NO_FILE])


async def _segment(unit: Unit, body: BroadcastBody) -> Segment:
    """The segment with its municipalities as they are on file; Flawed when it is none."""
    asked = checked(body.segment.segment(), body.segment.all)
    if not asked.municipalities:
        return asked
    on_file = await AudienceRepository(unit.connection).municipalities()
    return replace(asked, municipalities=spelled(asked.municipalities, on_file))


def _accepted(fate: Accepted) -> Reply:
    status = HTTPStatus.OK if fate.repeated else HTTPStatus.ACCEPTED
    return Reply.of(status, AcceptedNotification.of(fate))


def named_flaw(fate: Rejected, draft: Draft) -> Flaw:
    """The flaw by the name of the field that the request has."""
    if fate.flaw == NOBODY and isinstance(draft.to, Document):
        return replace(NOBODY, field="document_number")
    return fate.flaw


def _refusal(fate: Rejected, draft: Draft) -> Exception:
    return _conflict(fate.flaw) if fate.flaw in _CONFLICTS else Flawed([named_flaw(fate, draft)])


def _conflict(flaw: Flaw) -> Problem:
    return Problem(
        HTTPStatus.CONFLICT, f"external-id-{flaw.code.replace('_', '-')}", flaw.detail, [flaw]
    )
