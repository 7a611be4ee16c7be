"""The push API over an office's own parts; loaded late, like all of the web framework."""

from bot.api.bulk import BulkDesk
from bot.api.drafting import Drafting
from bot.api.office import PushOffice
from bot.api.once import Once
from bot.api.parts import Api
from bot.bell import Bell
from bot.notifications.pushing import Pushing
from domain.access.seals import Seal
from domain.notifications.editing import Editor
from handlers.kit.texts import filled


def build_api(pushing: Pushing, bell: Bell) -> Api:
    """What the routes work with."""
    carrier = pushing.sender.carrier
    drafting = Drafting(Editor(pushing.settings, filled), Seal(pushing.secrets.fingerprints))
    once = Once(carrier.database, carrier.clock, bell)
    parts = (drafting, carrier.envelopes, carrier.timetable, carrier.clock)
    office = PushOffice(once, *parts)
    return Api(carrier.database, carrier.clock, office, BulkDesk(office), carrier.timetable)
