"""Methods about the bot itself."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.json_types import Json
from bot.sandbox.params import Params
from bot.sandbox.telegram import Telegram
from bot.sandbox.utf16 import units

MOST_COMMANDS = 100
LENGTHS = {"description": 512, "short_description": 120}


def get_me(tg: Telegram, _: Params) -> Json:
    """Who the bot is."""
    return tg.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(tg: Telegram, p: Params) -> bool:
    """The menu of commands."""
    commands = p.array("commands")
    if commands is None:
        raise bad_request("can't parse commands: commands are not specified")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    tg.profile.commands[_place(p)] = [_command(each) for each in commands]
    return True


def get_my_commands(tg: Telegram, p: Params) -> list[Json]:
    """The menu of commands of a scope and language."""
    return tg.profile.commands.get(_place(p), [])


def delete_my_commands(tg: Telegram, p: Params) -> bool:
    """Without a menu of commands."""
    tg.profile.commands.pop(_place(p), None)
    return True


def set_my_description(tg: Telegram, p: Params) -> bool:
    """What an empty chat shows."""
    return _describe(tg, p, "description")


def set_my_short_description(tg: Telegram, p: Params) -> bool:
    """What the bot's profile shows."""
    return _describe(tg, p, "short_description")


def _describe(tg: Telegram, p: Params, name: str) -> bool:
    text = p.text(name)
    if units(text) > LENGTHS[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    tg.profile.descriptions[f"{name}:{p.text('language_code')}"] = text
    return True


def _command(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: Expected an Object")
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", ""))
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= units(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _place(p: Params) -> str:
    scope = p.fields("scope") or {"type": "default"}
    return json.dumps([scope, p.text("language_code")], sort_keys=True)
