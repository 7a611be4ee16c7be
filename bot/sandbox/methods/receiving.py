"""Methods about receiving updates."""

from __future__ import annotations

from bot.sandbox.errors import bad_request
from bot.sandbox.json_types import Json
from bot.sandbox.params import Params
from bot.sandbox.receivers import Webhook
from bot.sandbox.telegram import Telegram

LONGEST_POLL = 50


async def get_updates(tg: Telegram, p: Params) -> list[Json]:
    """Long polling."""
    tg.receivers.check_polling()
    _allow(tg, p)
    limit = min(max(p.number("limit", 100), 1), 100)
    patience = min(max(p.number("timeout"), 0), LONGEST_POLL)
    return await tg.updates.poll(p.number("offset"), limit, patience)


async def set_webhook(tg: Telegram, p: Params) -> bool:
    """Have updates posted; an empty address means polling again."""
    if not p.text("url"):
        return await delete_webhook(tg, p)
    connections = p.number("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    webhook = Webhook(p.text("url"), p.text("secret_token"), connections)
    webhook.check()
    _allow(tg, p)
    _drop(tg, p)
    await tg.receivers.post_to(webhook)
    return True


async def delete_webhook(tg: Telegram, p: Params) -> bool:
    """Back to polling."""
    _drop(tg, p)
    if tg.receivers.webhook:
        await tg.receivers.wait_for_polling()
    return True


def get_webhook_info(tg: Telegram, _: Params) -> Json:
    """What is set and how much waits."""
    webhook = tg.receivers.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(tg.updates.waiting()),
    }
    if webhook:
        info["max_connections"] = webhook.max_connections
    if tg.receivers.last_error:
        info |= {"last_error_date": tg.now(), "last_error_message": tg.receivers.last_error}
    if tg.updates.allowed:
        info["allowed_updates"] = sorted(tg.updates.allowed)
    return info


def _allow(tg: Telegram, p: Params) -> None:
    kinds = p.array("allowed_updates")
    if kinds is not None:
        tg.updates.allowed = frozenset(map(str, kinds))


def _drop(tg: Telegram, p: Params) -> None:
    if p.flag("drop_pending_updates"):
        tg.updates.drop_all()
