"""The processes of a run: the fast server, the peers, and `coopbot run` as operators start it."""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KEY = base64.b64encode(bytes(range(32))).decode()
Program = subprocess.Popen[str]


class Telegram:
    """The fast server, seen from the measuring side."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.root = f"http://127.0.0.1:{port}"

    def measure(self, token: str, **load: Any) -> dict[str, Any]:
        """Let the bot of that token answer that load (`fast_telegram.Load`)."""
        return self._ask(token, load)

    def first_answer(self, token: str) -> str:
        """Say /start to the bot of that token; what it answers, once it has."""
        return str(self._ask(token, {})["text"])

    def _ask(self, token: str, order: Mapping[str, Any]) -> dict[str, Any]:
        wire = HTTPConnection("127.0.0.1", self._port, timeout=60)
        wire.request("POST", f"/control/{token}", json.dumps(order))
        loaded: dict[str, Any] = json.load(wire.getresponse())
        wire.close()
        return loaded


@contextmanager
def fast_telegram() -> Iterator[Telegram]:
    """The server in a process of its own."""
    program = start("tests.benchmarks.fast_telegram", stdout=subprocess.PIPE)
    try:
        assert program.stdout
        yield Telegram(int(program.stdout.readline()))
    finally:
        stop(program)


def peer(name: str, telegram: Telegram, token: str) -> Program:
    """An echo bot, polling: `ptb`, `ptb64` (as many updates at once) or `aiogram`."""
    if name == "aiogram":
        return start("tests.benchmarks.echo_aiogram", telegram.root, token)
    return start(
        "tests.benchmarks.echo_ptb", telegram.root, token, "64" if name == "ptb64" else "0"
    )


def coopbot(
    telegram: Telegram, token: str, database_url: str, folder: Path, taps: int = 1_000_000
) -> Program:
    """`coopbot run` over that database, polling; its cooperative and its log are in the folder.

    `taps` a minute are let in from each account.
    """
    given = {
        "COOPBOT_TELEGRAM_TOKEN": token,
        "COOPBOT_TELEGRAM_API_URL": telegram.root,
        "COOPBOT_DATABASE_URL": database_url,
        "COOPBOT_SECRET_KEY": KEY,
        "COOPBOT_SMTP_URL": "smtp://127.0.0.1:9",
        "COOPBOT_MAIL_FROM": "bench@example.org",
        "COOPBOT_LISTEN": "127.0.0.1:0",
        "COOPBOT_COOPERATIVE_FILE": str(patient_cooperative(folder, taps)),
    }
    with (folder / f"{token.replace(':', '-')}.log").open("w") as log:
        command = [str(Path(sys.executable).with_name("coopbot")), "run"]
        return subprocess.Popen(command, cwd=ROOT, text=True, env=os.environ | given, stderr=log)


def patient_cooperative(folder: Path, taps: int) -> Path:
    """The demo's cooperative; its sessions outlast any benchmark."""
    text = (ROOT / "storage" / "demo" / "cooperativa.toml").read_text("utf-8")
    text = re.sub(r"updates_per_minute = \d+", f"updates_per_minute = {taps}", text)
    file = folder / "cooperativa.toml"
    file.write_text(re.sub(r"(session_\w+_minutes) = \d+", r"\1 = 1000", text), "utf-8")
    return file


def start(module: str, *args: str, **given: Any) -> Program:
    """A module as a program, from the repository's root."""
    command = [sys.executable, "-m", module, *args]
    return subprocess.Popen(command, cwd=ROOT, text=True, **given)


def stop(*programs: Program) -> None:
    """End them, and wait for it."""
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(15)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
