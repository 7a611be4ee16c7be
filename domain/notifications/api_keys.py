"""Keys of the programs that push notifications: named, scoped, shown once."""

import hmac
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from secrets import token_hex, token_urlsafe

OWN = "coopbot"
LIVE_AT_ONCE = 2
_SHAPE = re.compile(r"coopbot_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


class Scope(StrEnum):
    """SEND: notifications, one or many, and files. BROADCAST: to a segment of the members.

    PROFILE: to take what employees approved of members' data; never given without being named.
    """

    SEND = "send"
    BROADCAST = "broadcast"
    READ = "read"
    REACH = "reach"
    PROFILE = "profile"


USUAL = frozenset(Scope) - {Scope.PROFILE}


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key as kept. `client` is the program it belongs to; `name` is the public part."""

    name: str
    client: str
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is shown, once."""

    name: str
    secret: str = field(repr=False)

    @property
    def shown(self) -> str:
        return f"coopbot_{self.name}_{self.secret}"

    @property
    def digest(self) -> str:
        return digest(self.secret)


class TooManyKeys(ValueError):
    """Two keys of that client are live: revoke one first."""


def new_key() -> NewKey:
    """A key of 256 random bits, with a public name to find it by."""
    return NewKey(token_hex(6), token_urlsafe(32))


def read_key(presented: str) -> NewKey | None:
    """The key that was presented; None when it cannot be one."""
    found = _SHAPE.fullmatch(presented)
    return NewKey(found[1], found[2]) if found else None


def digest(secret: str) -> str:
    """What is kept of a secret: 256 random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def is_client_name(name: str) -> bool:
    """Lower-case letters, digits and dashes; our own name is taken."""
    return bool(_NAME.fullmatch(name)) and name != OWN
