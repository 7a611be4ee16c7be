"""A mail server in this process that keeps what arrives and can be told to fail."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """`answers`: what the server says to the next letters; it accepts when there are none left.

    An answer that begins with "lost" takes the letter and then hangs up.
    """

    letters: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]

    @property
    def codes(self) -> list[str]:
        """The codes that arrived, oldest first."""
        found = [re.search(r"entrar es: (\d{6})\b", text_of(letter)) for letter in self.letters]
        return [match[1] for match in found if match]

    @property
    def reset_codes(self) -> list[str]:
        """The codes for a new PIN that arrived, oldest first."""
        found = [re.search(r"PIN nuevo es: (\d{6})\b", text_of(each)) for each in self.letters]
        return [match[1] for match in found if match]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where letters fall into the box. aiosmtpd reads every property of its handler each time."""

    mailbox: Mailbox

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.mailbox.answers.pop(0) if self.mailbox.answers else "250 OK"
        if not answer.startswith(("4", "5")):
            letter = message_from_bytes(envelope.content or b"", policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.mailbox.letters.append(letter)
        if answer.startswith("lost"):
            server.transport.close()
        return answer


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@asynccontextmanager
async def open_mailbox(mailbox: Mailbox) -> AsyncIterator[int]:
    """A running server; its port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Slot(mailbox)), "127.0.0.1", 0)
    yield int(server.sockets[0].getsockname()[1])
    server.close()
