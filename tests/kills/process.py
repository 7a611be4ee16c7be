"""The real bot, `coopbot run`, in a process of its own that can be killed."""

import asyncio
import base64
import os
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.sandbox import Sandbox
from tests.keys import SECRETS

KEY = SECRETS.master
PROGRAM = Path(sys.executable).with_name("coopbot")
COOPERATIVE = Path(__file__).parents[2] / "storage" / "demo" / "cooperativa.toml"
GENEROUS = {
    "codes_per_hour": 100_000,
    "failures_per_day": 100_000,
    "wrong_codes_per_day": 100_000,
    "updates_per_minute": 100_000,
    "session_idle_minutes": 600,
    "session_total_minutes": 600,
    "step_up_after_minutes": 600,
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cooperative_file(folder: Path) -> Path:
    """The demo's cooperative, with limits that hours of entering do not reach."""
    lines = COOPERATIVE.read_text(encoding="utf-8").splitlines()
    names = {line: line.partition("=")[0].strip() for line in lines}
    changed = [
        f"{names[line]} = {GENEROUS[names[line]]}" if names[line] in GENEROUS else line
        for line in lines
    ]
    path = folder / "cooperativa.toml"
    path.write_text("\n".join(changed), encoding="utf-8")
    return path


@dataclass(slots=True)
class BotProcess:
    """Its settings, its log, and the process while there is one."""

    sandbox: Sandbox
    database_url: str
    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _process: asyncio.subprocess.Process | None = None
    _log: Any = None

    @property
    def address(self) -> str:
        """Its HTTP side."""
        return f"http://127.0.0.1:{self.port}"

    def listen_for_telegram(self, secret: str) -> None:
        """Take updates through the webhook from the next start on."""
        self.extra["COOPBOT_WEBHOOK_URL"] = f"{self.address}/telegram"
        self.extra["COOPBOT_WEBHOOK_SECRET"] = secret

    @property
    def log(self) -> str:
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    async def start(self) -> None:
        self._log = (self.folder / "bot.log").open("ab")
        self._process = await asyncio.create_subprocess_exec(
            PROGRAM, "run", env=self._environment(), stdout=self._log, stderr=self._log
        )

    async def kill(self) -> None:
        """SIGKILL, as a power cut or the system's memory keeper would."""
        await self._end(signal.SIGKILL)

    async def terminate(self) -> int:
        """SIGTERM, as a supervisor would; the exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(how)
        code = await process.wait()
        self._log.close()
        return code

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("COOPBOT_")}
        return (
            inherited
            | self.extra
            | {
                "COOPBOT_TELEGRAM_TOKEN": self.sandbox.token,
                "COOPBOT_TELEGRAM_API_URL": self.sandbox.api_url,
                "COOPBOT_DATABASE_URL": self.database_url,
                "COOPBOT_SECRET_KEY": base64.b64encode(KEY).decode(),
                "COOPBOT_SMTP_URL": self.sandbox.smtp_url,
                "COOPBOT_MAIL_FROM": "servicios@eltablero.example",
                "COOPBOT_LISTEN": f"127.0.0.1:{self.port}",
                "COOPBOT_COOPERATIVE_FILE": str(cooperative_file(self.folder)),
            }
        )
