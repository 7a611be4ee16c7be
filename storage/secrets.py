"""Keys: one secret outside the database, and a sub-key for each purpose (RFC 5869)."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secrets:
    """The sub-keys of the 32-byte `master`; none is ever shown, logged or kept in the database."""

    master: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES:
            raise ValueError(f"the secret key must have {KEY_BYTES} bytes")

    def sub_key(self, purpose: str) -> bytes:
        """The 32-byte key for one purpose, always the same."""
        kdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"coopbot/{purpose}".encode())
        return kdf.derive(self.master)

    def pin_pepper(self, version: int) -> bytes:
        return self.sub_key(f"pin/{version}")

    @property
    def codes(self) -> bytes:
        return self.sub_key("code")

    @property
    def documents(self) -> bytes:
        return self.sub_key("document")

    @property
    def notifications(self) -> bytes:
        return self.sub_key("notification")

    @property
    def fingerprints(self) -> bytes:
        return self.sub_key("notification/fingerprint")

    @property
    def certificates(self) -> bytes:
        return self.sub_key("certificate")

    @property
    def papers(self) -> bytes:
        return self.sub_key("paper")

    @property
    def shuffle(self) -> bytes:
        return self.sub_key("shuffle")

    @property
    def seeds(self) -> bytes:
        return self.sub_key("seed")

    @property
    def recovery(self) -> bytes:
        return self.sub_key("recovery")

    @property
    def audit(self) -> bytes:
        return self.sub_key("audit/entry")

    @property
    def audit_head(self) -> bytes:
        return self.sub_key("audit/head")

    @property
    def invitations(self) -> bytes:
        return self.sub_key("invitation")

    @property
    def help_numbers(self) -> bytes:
        return self.sub_key("help number")
