"""The use cases of certificates over a database, each act in its own unit of work."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from domain.access.seals import Seal
from domain.certificates.certificate import Certificate, code_of
from domain.certificates.check import Verdict
from domain.certificates.facts import CertificateKind
from domain.certificates.issue import IssueCertificate
from domain.conversation import Session, Visit
from domain.cooperative import Policies
from storage.certificates.desk import inspecting, issuing, verifying, voiding
from storage.database import Database
from storage.secrets import Secrets
from tests.offices import HandClock

T = TypeVar("T")
WITHHOLDING = CertificateKind.WITHHOLDING
Act = Callable[[IssueCertificate, Visit], Awaitable[T]]


@dataclass
class World:
    database: Database
    clock: HandClock = field(default_factory=HandClock)
    secrets: Secrets = field(default_factory=lambda: Secrets(b"k" * 32))
    policies: Policies = field(default_factory=Policies)

    def visit(self, member_id: int) -> Visit:
        now = self.clock.now()
        return Visit(member_id, member_id, now, Session(f"s{member_id}", member_id, 1, 1, now))

    async def at_desk(self, member_id: int, act: Act[T]) -> T:
        async with self.database.unit() as connection:
            return await act(issuing(connection), self.visit(member_id))

    async def issue(
        self, member_id: int, kind: CertificateKind = WITHHOLDING, year: int | None = 2025
    ) -> Certificate:
        return await self.at_desk(member_id, lambda desk, visit: desk.issue(visit, kind, year))

    def code(self, certificate: Certificate) -> str:
        return code_of(certificate, Seal(self.secrets.certificates))

    async def verdict(self, code: str) -> Verdict:
        async with self.database.unit() as connection:
            return await inspecting(connection, self.secrets).of_code(code)

    async def verify(self, asker: str, code: str) -> Verdict:
        async with self.database.unit() as connection:
            use_case = verifying(connection, self.secrets, self.policies)
            return await use_case.verify(asker, code, self.clock.now())

    async def void(self, code: str) -> Certificate:
        async with self.database.unit() as connection:
            use_case = voiding(connection, self.secrets)
            return await use_case.void(code, "cifras de otro año", "elena", self.clock.now())
