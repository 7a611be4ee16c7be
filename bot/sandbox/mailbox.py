"""An SMTP server in this process that keeps every e-mail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.sandbox.clock import Clock
from bot.sandbox.events import Hub
from bot.sandbox.mail import Mail, parse_mail


class MailFault(Enum):
    """How the server misbehaves."""

    REFUSE = "drops each connection"
    TEMPORARY = "451 4.3.0 Temporary failure, try again later"
    PERMANENT = "550 5.1.1 Mailbox unavailable"
    HANG = "never answers"


class Mailbox:
    """All e-mails that were sent, oldest first."""

    def __init__(self, clock: Clock, hub: Hub) -> None:
        self._clock = clock
        self._hub = hub
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()
        self._fault: MailFault | None = None
        self._times: int | None = None
        self.messages: list[Mail] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        if self._server is None:
            raise RuntimeError("the sandbox isn't started")
        return int(self._server.sockets[0].getsockname()[1])

    def for_(self, address: str) -> list[Mail]:
        """What an address received."""
        wanted = address.lower()
        return [mail for mail in self.messages if wanted in map(str.lower, mail.to)]

    async def wait_for(
        self,
        address: str,
        count: int = 1,
        predicate: Callable[[Mail], bool] = lambda _: True,
        within: float = 10.0,
    ) -> Mail:
        """The newest of the matching e-mails, once there are `count`."""
        async with asyncio.timeout(within):
            while len(found := [m for m in self.for_(address) if predicate(m)]) < count:
                await self._hub.changed.wait()
        return found[-1]

    def fail(self, fault: MailFault, times: int | None = None) -> None:
        """Misbehave from now on, or that many times."""
        self._fault, self._times = fault, times

    def heal(self) -> None:
        """Behave again."""
        self._fault = None

    async def start(self, host: str) -> None:
        """Listen on a free port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, host, 0)

    async def stop(self) -> None:
        """Stop listening and hang up."""
        if self._server:
            self._server.close()
        for connection in list(self._connections):
            connection.hang_up()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Accept a recipient, or fail as told."""
        if self._fault is MailFault.HANG and self._strikes():
            await asyncio.get_running_loop().create_future()
        if self._fault in (MailFault.TEMPORARY, MailFault.PERMANENT):
            answer = str(self._fault.value)
            if self._strikes():
                return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep an e-mail."""
        raw = envelope.original_content or b""
        number = len(self.messages)
        sender = envelope.mail_from or ""
        mail = parse_mail(number, sender, envelope.rcpt_tos, raw, self._clock.now())
        self.messages.append(mail)
        self._hub.tell("mail", mail.as_json())
        return "250 OK"

    def _connection(self) -> Connection:
        refused = self._fault is MailFault.REFUSE and self._strikes()
        return Connection(self, self._connections, refused)

    def _strikes(self) -> bool:
        if self._times is None:
            return True
        self._times -= 1
        if self._times <= 0:
            self._fault = None
        return self._times >= 0


class Connection(SMTP):
    """One SMTP connection that can be hung up."""

    def __init__(self, mailbox: Mailbox, all_of_them: set[Connection], refused: bool) -> None:
        super().__init__(mailbox, hostname="localhost", enable_SMTPUTF8=True)
        self._all = all_of_them
        self._refused = refused

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet, or hang up at once."""
        super().connection_made(transport)
        self._all.add(self)
        if self._refused:
            self.hang_up()

    def connection_lost(self, error: Exception | None) -> None:
        """Forget it."""
        self._all.discard(self)
        super().connection_lost(error)

    def hang_up(self) -> None:
        """Close without a word."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()
