"""Authenticator apps: time-based codes (RFC 6238) as a second factor of members and employees.

Six digits that change every 30 seconds. The present code and the one before it are accepted
(RFC 6238, 5.2: at most one step for the delay), each of them once.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

import pyotp
from pyotp.exceptions import OTPVerificationError

from domain.access.seals import Seal

STEP = timedelta(seconds=30)
RECOVERY_CODES, RECOVERY_DIGITS = 10, 8
# Verified when there is no seed, so that it costs the same.
_DECOY = "A" * 32


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose authenticator it is: a member's or an employee's."""

    member_id: int | None = None
    staff_id: int | None = None

    def __post_init__(self) -> None:
        if (self.member_id is None) == (self.staff_id is None):
            raise ValueError("an authenticator is one member's or one employee's")

    @property
    def name(self) -> str:
        """`member:12` or `staff:3`: what a sealed seed and a recovery code are bound to."""
        return f"staff:{self.staff_id}" if self.member_id is None else f"member:{self.member_id}"


NOBODY = Holder(member_id=0)


class Verdict(Enum):
    """REUSED: the right code, but it has served. EXHAUSTED: too many wrong ones, none is judged."""

    RIGHT = "right"
    WRONG = "wrong"
    REUSED = "reused"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Seed:
    """The shared secret in base32, 160 bits, in clear only while it is in use."""

    secret: str = field(repr=False)

    def address(self, issuer: str, account: str) -> str:
        """The `otpauth://` address that the app reads from a picture."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=account, issuer_name=issuer)

    def step_of(self, code: str, at: datetime) -> int | None:
        """The time step that the code belongs to: the present or the last; None otherwise."""
        return _step(self.secret, code, at) or _step(self.secret, code, at - STEP)


def new_seed() -> Seed:
    return Seed(pyotp.random_base32())


def _step(secret: str, code: str, at: datetime) -> int | None:
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=at)
    except OTPVerificationError:
        return None


class Authenticators(Protocol):
    async def begin(self, holder: Holder, seed: Seed, at: datetime) -> bool:
        """Keep a seed that is not confirmed yet, instead of an earlier one; False when enrolled."""

    async def pending(self, holder: Holder) -> Seed | None:
        """The seed that waits to be confirmed."""

    async def enrolled_at(self, holder: Holder) -> datetime | None:
        """Since when the holder has an authenticator; None when they have none."""

    async def confirm(self, holder: Holder, step: int, at: datetime) -> bool:
        """From now on it counts; False when it did already or there is none."""

    async def take_try(self, holder: Holder, own: bool, limit: int) -> Seed | None:
        """Count a try before it is judged; None beyond the limit of consecutive wrong ones.

        `own`: from the holder's own chat, counted apart from all others.
        """

    async def use(self, holder: Holder, step: int) -> bool:
        """Use up that step and forget the wrong tries; False when it or a later one has served."""

    async def keep_recovery(self, holder: Holder, seals: list[str]) -> None:
        """Keep these recovery codes instead of earlier ones."""

    async def use_recovery(self, holder: Holder, seal: str, at: datetime) -> bool:
        """Use up a recovery code; False when it is none or has served."""

    async def recovery_left(self, holder: Holder) -> int:
        """How many recovery codes have not served."""

    async def remove(self, holder: Holder) -> bool:
        """Forget the seed and the recovery codes; False when there were none."""


@dataclass(frozen=True, slots=True)
class CheckApp:
    """The codes of an enrolled authenticator. `tries`: consecutive wrong ones that are judged."""

    authenticators: Authenticators
    recovery: "Recovery"
    tries: int

    async def check(self, holder: Holder, own: bool, code: str, at: datetime) -> Verdict:
        """Judge six digits of the app, or eight of a recovery code; a right one serves once.

        For NOBODY the same is done, and the verdict is never RIGHT.
        """
        seed = await self.authenticators.take_try(holder, own, self.tries)
        if len(code) == RECOVERY_DIGITS:
            used = await self.recovery.use(holder if seed else NOBODY, code, at)
            return Verdict.RIGHT if used else _refusal(seed)
        step = (seed or Seed(_DECOY)).step_of(code, at)
        if seed is None or step is None:
            return _refusal(seed)
        return Verdict.RIGHT if await self.authenticators.use(holder, step) else Verdict.REUSED


def _refusal(seed: Seed | None) -> Verdict:
    return Verdict.EXHAUSTED if seed is None else Verdict.WRONG


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Enrolling an authenticator, and removing it; who may is decided before."""

    authenticators: Authenticators
    recovery: "Recovery"

    async def begin(self, holder: Holder, at: datetime) -> bool:
        """Make a seed to be shown; False when the holder has an authenticator already."""
        return await self.authenticators.begin(holder, new_seed(), at)

    async def seed(self, holder: Holder) -> Seed | None:
        """The seed to be shown; None when none waits to be confirmed."""
        return await self.authenticators.pending(holder)

    async def confirm(self, holder: Holder, code: str, nonce: str, at: datetime) -> bool:
        """The app shows the right code: it counts, and so do the recovery codes of that nonce."""
        seed = await self.authenticators.pending(holder)
        step = seed.step_of(code, at) if seed else None
        if step is None or not await self.authenticators.confirm(holder, step, at):
            return False
        await self.recovery.issue(holder, nonce)
        return True

    async def remove(self, holder: Holder) -> bool:
        """Forget it; False when there was none."""
        return await self.authenticators.remove(holder)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Ten codes for the day the telephone is lost. Only their keyed hashes are kept.

    They follow from a nonce and the key: a screen that shows them can be shown again until the
    nonce is forgotten, and without the key it tells nothing.
    """

    authenticators: Authenticators
    seal: Seal

    def codes(self, holder: Holder, nonce: str) -> list[str]:
        """The codes of that nonce, eight digits each."""
        seals = (self.seal.of("recovery", holder.name, nonce, n) for n in range(RECOVERY_CODES))
        return [f"{int(each, 16) % 10**RECOVERY_DIGITS:0{RECOVERY_DIGITS}}" for each in seals]

    async def issue(self, holder: Holder, nonce: str) -> None:
        """From now on these serve, and no earlier ones."""
        seals = [self._sealed(holder, code) for code in self.codes(holder, nonce)]
        await self.authenticators.keep_recovery(holder, seals)

    async def use(self, holder: Holder, code: str, at: datetime) -> bool:
        return await self.authenticators.use_recovery(holder, self._sealed(holder, code), at)

    def _sealed(self, holder: Holder, code: str) -> str:
        return self.seal.of("recovery code", holder.name, code)


def read_app_code(typed: str) -> str | None:
    """Six digits of an app or eight of a recovery code, with or without spaces; None otherwise."""
    digits = re.sub(r"[\s.-]", "", typed)
    return digits if re.fullmatch(r"[0-9]{6}([0-9]{2})?", digits) else None
