"""Certificates printed for letters, in the workshop like all papers."""

from dataclasses import dataclass

from bot.workshop import Workshop
from domain.access.letters import Enclosure
from domain.certificates.certificate import Certificate
from handlers.certificates.press import Press


@dataclass(frozen=True, slots=True)
class Printer:
    press: Press
    workshop: Workshop

    async def print(self, certificate: Certificate) -> Enclosure:
        """The certificate's file."""
        file = self.press.attachment(certificate)
        content = await self.workshop.make(file.maker, file.values)
        return Enclosure(file.filename, content)
