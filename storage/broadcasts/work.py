"""The use cases of broadcasts, put together over one unit of work."""

from dataclasses import dataclass

from domain.broadcasts.composing import Compose
from domain.broadcasts.launching import DecideBroadcast, Launch, SteerBroadcast
from domain.broadcasts.reading import ReadBroadcasts
from domain.broadcasts.rounds import BroadcastRounds
from domain.broadcasts.unsent import AttendUnsent
from domain.cooperative import Cooperative
from domain.notifications.editing import Editor, Filler
from domain.notifications.hours import Hours
from domain.notifications.schedule import Timetable
from domain.staff.conduct import Conduct
from storage.access.journal import JournalRepository
from storage.broadcasts.drafts import DraftRepository
from storage.broadcasts.records import BroadcastRepository
from storage.broadcasts.results import ResultRepository
from storage.broadcasts.under_way import UnderWayRepository
from storage.notifications.audience import AudienceRepository
from storage.notifications.content import Envelopes
from storage.notifications.dead_letters import DeadLetterRepository
from storage.notifications.files import FileRepository
from storage.secrets import Secrets
from storage.staff.acts import ActRepository
from storage.staff.people import EmployeeRepository
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class BroadcastWork:
    """Each property is one use case, in this unit of work."""

    unit: Unit
    secrets: Secrets
    cooperative: Cooperative
    fill: Filler

    @property
    def composing(self) -> Compose:
        settings = self.cooperative.notifications
        return Compose(
            DraftRepository(self.unit.connection),
            FileRepository(self.unit.connection),
            self.audience,
            Editor(settings, self.fill),
            Timetable(Hours(settings.closed_days)),
        )

    @property
    def launching(self) -> Launch:
        return Launch(
            self.composing,
            self.audience,
            self.broadcasts,
            self.conduct,
            EmployeeRepository(self.unit.connection),
            self.unit.notes,
            self.cooperative.policies.broadcast_alone,
        )

    @property
    def deciding(self) -> DecideBroadcast:
        return DecideBroadcast(self.broadcasts, self.conduct, self.unit.notes)

    @property
    def steering(self) -> SteerBroadcast:
        return SteerBroadcast(self.broadcasts, self.conduct, self.unit.notes)

    @property
    def reading(self) -> ReadBroadcasts:
        return ReadBroadcasts(self.broadcasts, ResultRepository(self.unit.connection))

    @property
    def rounds(self) -> BroadcastRounds:
        under_way = UnderWayRepository(self.unit.connection)
        return BroadcastRounds(under_way, self.reading, self.unit.notes)

    @property
    def unsent(self) -> AttendUnsent:
        return AttendUnsent(DeadLetterRepository(self.unit.connection), self.conduct)

    @property
    def audience(self) -> AudienceRepository:
        return AudienceRepository(self.unit.connection)

    @property
    def broadcasts(self) -> BroadcastRepository:
        envelopes = Envelopes(self.secrets.notifications)
        return BroadcastRepository(self.unit.connection, envelopes)

    @property
    def conduct(self) -> Conduct:
        connection = self.unit.connection
        return Conduct(ActRepository(connection), JournalRepository(connection))
