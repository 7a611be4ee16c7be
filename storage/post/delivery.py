"""One letter to one mailbox over SMTP."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from enum import Enum

import aiosmtplib

from domain.access.letters import Letter
from storage.post.server import SmtpServer

TIMEOUT_SECONDS = 20
PERMANENT = 500


class Outcome(Enum):
    """UNKNOWN: the server may have taken it; what was in it must not be sent again."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    server: SmtpServer
    sender: str

    async def deliver(self, letter: Letter, to: str, at: datetime) -> Outcome:
        """Send it; never raises for what the server or the network does."""
        try:
            message = compose(letter, self.sender, to, at)
        except (ValueError, HeaderParseError, IndexError):
            return Outcome.REFUSED
        try:
            await aiosmtplib.send(
                message,
                hostname=self.server.host,
                port=self.server.port,
                username=self.server.username,
                password=self.server.password,
                use_tls=self.server.implicit_tls,
                start_tls=self.server.start_tls,
                timeout=TIMEOUT_SECONDS,
            )
        except Exception as error:
            return judge(error)
        return Outcome.SENT


def compose(letter: Letter, sender: str, to: str, at: datetime) -> EmailMessage:
    """The message; ValueError for an address that is none (or hides a header)."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(addr_spec=to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> "))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    if letter.enclosure is not None:
        content, name = letter.enclosure.content, letter.enclosure.filename
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message


def judge(error: Exception) -> Outcome:
    """What a failure says about the letter's fate."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            refused = all(r.code >= PERMANENT for r in error.recipients)
            return Outcome.REFUSED if refused else Outcome.NOT_SENT
        case aiosmtplib.SMTPAuthenticationError() | aiosmtplib.SMTPConnectError():
            return Outcome.NOT_SENT
        case aiosmtplib.SMTPResponseException():
            return Outcome.REFUSED if error.code >= PERMANENT else Outcome.NOT_SENT
        case aiosmtplib.SMTPNotSupported() | aiosmtplib.SMTPHeloError():
            return Outcome.NOT_SENT
    return Outcome.UNKNOWN
