"""The operator's log: one JSON object a line, without secrets."""

import logging
import sys
from collections.abc import Iterable

import structlog
from structlog.typing import EventDict, WrappedLogger

QUIET = ("telegram", "aiohttp", "httpx", "httpcore", "asyncio", "alembic", "aiosqlite", "fpdf")


def open_journal(secrets: Iterable[str]) -> None:
    """Send all logs to standard error; the given secrets never appear in a line."""
    hidden = tuple(secret for secret in secrets if secret)

    def redact(_logger: WrappedLogger, _method: str, line: str) -> str:
        for secret in hidden:
            line = line.replace(secret, "***")
        return line

    before: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    render = [structlog.processors.JSONRenderer(ensure_ascii=False), redact]
    structlog.configure(
        processors=[*before, *render],
        cache_logger_on_first_use=True,
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(before, render))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _formatter(before: list[structlog.typing.Processor], render: list[object]) -> logging.Formatter:
    def drop_meta(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, method, event)

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[drop_meta, *render],  # type: ignore[list-item]
    )
