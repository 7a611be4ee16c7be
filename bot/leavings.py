"""What a turn leaves in the chat besides its screen, and what it takes away again."""

from bot.incoming import Incoming
from domain.conversation import Conversation, Parcel, Visit
from handlers.kit.flow import Delivery
from storage.unit import Unit


def file_parcel(conversation: Conversation, visit: Visit, flow: str, delivery: Delivery) -> Parcel:
    """The order to make that file and send it; outside a session a public one is nobody's."""
    payload = {
        "flow": flow,
        "name": delivery.name,
        "params": delivery.params,
        "public": delivery.public,
        "after": conversation.live_message_id,
    }
    nobodys = delivery.public and visit.session is None
    return Parcel(visit.chat_id, "file", payload, None if nobodys else conversation.owner)


async def throw_files(unit: Unit, visit: Visit) -> None:
    """Have the files deleted that this session sent before."""
    session = visit.session.id if visit.session else None
    for message_id in await unit.dustbin.kept(visit.chat_id, session):
        await unit.dustbin.throw(visit.chat_id, message_id, visit.now)


async def throw_message(unit: Unit, visit: Visit, incoming: Incoming) -> None:
    """Have what the person wrote deleted."""
    if incoming.message_id is not None:
        await unit.dustbin.throw(incoming.chat_id, incoming.message_id, visit.now)
