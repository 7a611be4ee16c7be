"""Orders that only the holder of the key can know."""

import hmac
import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shuffle:
    """The same nonce always gives the same order; without the key it tells nothing."""

    key: bytes = field(repr=False)

    def order(self, nonce: str, size: int) -> list[int]:
        """The numbers below `size`, shuffled."""
        return sorted(
            range(size), key=lambda i: hmac.digest(self.key, f"{nonce}:{i}".encode(), "sha256")
        )


def fresh_nonce() -> str:
    """A nonce of 96 random bits."""
    return secrets.token_urlsafe(12)
