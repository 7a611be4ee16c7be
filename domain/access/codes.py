"""One-time codes."""

import re
import secrets

import pyotp

DIGITS = 6


def new_code() -> str:
    """Six digits: an HOTP (RFC 4226) of a random secret and counter, both then forgotten."""
    return pyotp.HOTP(pyotp.random_base32(), digits=DIGITS).at(secrets.randbelow(2**31))


def read_code(typed: str) -> str | None:
    """The six digits of what was typed, with or without spaces; None when there are not six."""
    digits = re.sub(r"[\s.-]", "", typed)
    return digits if re.fullmatch(r"[0-9]{6}", digits) else None
