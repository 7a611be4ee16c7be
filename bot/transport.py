"""python-telegram-bot's requests over aiohttp: its httpx pool slows down with concurrency."""

from collections.abc import Callable
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    TCPConnector,
)
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
CONNECTIONS = 256
JSON = {"Content-Type": "application/json"}
SENDING = ("sendMessage", "sendDocument", "sendPhoto")


class NotSent(NetworkError):
    """The call never left: it may be made again without doubt."""


class AiohttpRequest(BaseRequest):
    """One pool of kept connections; an answer may take `answer_seconds`, a long poll its own."""

    __slots__ = ("_answer_seconds", "_on_message", "_session")

    def __init__(
        self,
        answer_seconds: float = ANSWER_SECONDS,
        on_message: Callable[[int], None] | None = None,
    ) -> None:
        """`on_message` hears of every message that is sent: of which chat."""
        self._answer_seconds = answer_seconds
        self._on_message = on_message
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._answer_seconds

    async def initialize(self) -> None:
        """Open the pool; opening it twice changes nothing."""
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS))

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body; NotSent when it never left, else NetworkError or TimedOut: unknown."""
        if self._session is None:
            raise NotSent("the transport is closed")
        self._tell(url, request_data)
        answer = DefaultValue.get_value(read_timeout) or self._answer_seconds
        limits = ClientTimeout(sock_connect=CONNECT_SECONDS, total=answer)
        try:
            async with self._session.request(
                method, url, timeout=limits, **_body(request_data)
            ) as response:
                return response.status, await response.read()
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NotSent("Telegram cannot be reached") from error
        except TimeoutError as error:
            raise TimedOut from error
        except ClientError as error:
            raise NetworkError(f"the connection broke: {type(error).__name__}") from error

    def _tell(self, url: str, data: RequestData | None) -> None:
        if self._on_message is None or data is None or not url.endswith(SENDING):
            return
        chat_id = data.parameters.get("chat_id")
        if isinstance(chat_id, int):
            self._on_message(chat_id)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": JSON}
    form = FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
