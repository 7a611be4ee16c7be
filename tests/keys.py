"""The secret key of the tests, and the audit chain under it."""

from storage.audit.chain import Chain
from storage.secrets import Secrets

SECRETS = Secrets(bytes(range(32)))
CHAIN = Chain.of(SECRETS)
