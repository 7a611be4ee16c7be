"""The mailbox: what arrives, and how it fails."""

import asyncio
from email.message import EmailMessage
from urllib.parse import urlsplit

import aiosmtplib
import pytest

from bot.sandbox import MailFault, Sandbox


def letter(to: str = "ana@example.org", subject: str = "C\u00f3digo") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "coop@example.org", to, subject
    message.set_content("Su c\u00f3digo es 123456\n")
    message.add_alternative("<p>Su c\u00f3digo</p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    return message


async def send(sandbox: Sandbox, message: EmailMessage, within: float = 5) -> None:
    address = urlsplit(sandbox.smtp_url)
    await aiosmtplib.send(message, hostname=address.hostname, port=address.port, timeout=within)


async def test_mail_is_kept_parsed(sandbox: Sandbox) -> None:
    waiting = asyncio.create_task(sandbox.mailbox.wait_for("ANA@example.org"))
    await send(sandbox, letter())
    mail = await waiting
    assert (mail.sender, mail.to, mail.subject) == (
        "coop@example.org",
        ("ana@example.org",),
        "C\u00f3digo",
    )
    assert "c\u00f3digo es 123456" in mail.text
    assert mail.html
    assert [(each.name, each.mime_type, each.content) for each in mail.attachments] == [
        ("a.pdf", "application/pdf", b"%PDF-")
    ]
    assert mail.date == sandbox.clock.now()
    assert sandbox.mailbox.for_("eva@example.org") == []


async def test_waiting_for_a_count_and_a_kind(sandbox: Sandbox) -> None:
    for subject in ("one", "two", "one"):
        await send(sandbox, letter(subject=subject))
    mailbox = sandbox.mailbox
    second = await mailbox.wait_for("ana@example.org", 2, lambda mail: mail.subject == "one")
    assert second.id == 2
    with pytest.raises(TimeoutError):
        await mailbox.wait_for("ana@example.org", 4, within=0.01)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (MailFault.REFUSE, aiosmtplib.SMTPConnectError),
        (MailFault.TEMPORARY, aiosmtplib.SMTPRecipientsRefused),
        (MailFault.PERMANENT, aiosmtplib.SMTPRecipientsRefused),
        (MailFault.HANG, aiosmtplib.SMTPTimeoutError),
    ],
)
async def test_failing(fault: MailFault, error: type[Exception], sandbox: Sandbox) -> None:
    sandbox.mailbox.fail(fault, times=1)
    with pytest.raises(error):
        await send(sandbox, letter(), within=0.3 if fault is MailFault.HANG else 5)
    assert sandbox.mailbox.messages == []
    await send(sandbox, letter())
    sandbox.mailbox.fail(fault)
    sandbox.mailbox.heal()
    await send(sandbox, letter())
    assert len(sandbox.mailbox.messages) == 2
