"""PINs at rest: argon2id over an HMAC whose key is not in the database (docs/security.md 6)."""

import asyncio
import hmac
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError

from domain.access.applicants import StoredPin
from storage.secrets import Secrets

KEY_VERSION = 1
# OWASP Password Storage Cheat Sheet: the minimum for argon2id.
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1


class ArgonPins:
    """Hashes and verifies in a small thread pool: argon2 releases the interpreter lock."""

    def __init__(self, secrets: Secrets, workers: int = 2) -> None:
        self._secrets = secrets
        self._hasher = PasswordHasher(PASSES, MEMORY_KIB, LANES, type=Type.ID)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="argon2")
        # Verified when there is no PIN, so that nobody can tell by the time it takes.
        self._decoy = StoredPin(self._hasher.hash(bytes(32)), KEY_VERSION)

    async def hash(self, member_id: int, pin: str) -> StoredPin:
        keyed = self._keyed(member_id, pin, KEY_VERSION)
        loop = asyncio.get_running_loop()
        return StoredPin(
            await loop.run_in_executor(self._pool, self._hasher.hash, keyed), KEY_VERSION
        )

    async def matches(self, member_id: int, pin: str, stored: StoredPin | None) -> bool:
        """Whether it is that PIN; without a stored one False, after the same work."""
        known = stored or self._decoy
        keyed = self._keyed(member_id, pin, known.key_version)
        loop = asyncio.get_running_loop()
        right = await loop.run_in_executor(self._pool, self._verify, known.hash, keyed)
        return right and stored is not None

    def close(self) -> None:
        """Stop the threads; what they are at is finished."""
        self._pool.shutdown()

    def _keyed(self, member_id: int, pin: str, version: int) -> bytes:
        pepper = self._secrets.pin_pepper(version)
        return hmac.digest(pepper, f"{member_id}:{pin}".encode(), "sha256")

    def _verify(self, known: str, keyed: bytes) -> bool:
        try:
            return self._hasher.verify(known, keyed)
        except VerifyMismatchError:
            return False
