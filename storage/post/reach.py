"""Whether the mail server answers and lets us in; nothing is sent."""

import aiosmtplib

from storage.post.server import SmtpServer

TIMEOUT_SECONDS = 10
MAIL_ERRORS = (OSError, aiosmtplib.SMTPException)


async def reach(server: SmtpServer) -> None:
    """Greet, encrypt, log in where there is a user, and leave; one of MAIL_ERRORS."""
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        use_tls=server.implicit_tls,
        start_tls=server.start_tls,
        timeout=TIMEOUT_SECONDS,
    )
    async with client:
        await client.noop()
