"""Papers sealed at rest: AES-256-GCM under a key that is not in the database."""

import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Vault:
    """`key` has 32 bytes. A seal opens only for the member and reason it was made for."""

    key: bytes = field(repr=False)

    def seal(self, content: bytes, member_id: int, reason: str) -> bytes:
        """A fresh nonce, and the sealed content."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, content, _bound(member_id, reason))

    def open(self, sealed: bytes, member_id: int, reason: str) -> bytes:
        """The content; cryptography's InvalidTag when it was changed or is another's."""
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        return AESGCM(self.key).decrypt(nonce, rest, _bound(member_id, reason))


def _bound(member_id: int, reason: str) -> bytes:
    return f"{member_id}/{reason}".encode()
