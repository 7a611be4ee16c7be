"""The operator's log: one JSON object a line on standard error, without secrets."""

import logging
import sys
from collections.abc import Iterable

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import Processor

QUIET = ("telegram", "aiohttp", "httpx", "httpcore", "asyncio", "alembic", "aiosqlite", "fontTools")


class Redacting(logging.Formatter):
    """Another formatter's line with every known secret blotted out."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        line = self._inner.format(record)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


def open_journal(secrets: Iterable[str]) -> None:
    """Send the logs of the program and of its libraries to standard error."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    inner = ProcessorFormatter(
        foreign_pre_chain=shared, processors=[ProcessorFormatter.remove_processors_meta, render]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(inner, secrets))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
