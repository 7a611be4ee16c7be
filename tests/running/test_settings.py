"""What an operator sets, and what they are told when it is wrong."""

import base64
import re

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings

ENGLISH = re.compile(r"\b(must|should|match|needs|set|one of|is not|valid|Input|No such)\b")
KEY = base64.b64encode(bytes(32)).decode()
GOOD = {
    "COOPBOT_TELEGRAM_TOKEN": "1:x",
    "COOPBOT_SECRET_KEY": KEY,
    "COOPBOT_SMTP_URL": "smtp://localhost:2525",
    "COOPBOT_MAIL_FROM": "a@b.example",
}
WRONG = {
    "no token": ({"COOPBOT_TELEGRAM_TOKEN": ""}, "COOPBOT_TELEGRAM_TOKEN"),
    "no key": ({"COOPBOT_SECRET_KEY": ""}, "COOPBOT_SECRET_KEY"),
    "a short key": ({"COOPBOT_SECRET_KEY": "YQ=="}, "32 bytes"),
    "not base64": ({"COOPBOT_SECRET_KEY": "ñ"}, "base64"),
    "two keys": ({"COOPBOT_SECRET_KEY_FILE": "/nowhere"}, "solo una"),
    "no key file": (
        {"COOPBOT_SECRET_KEY": "", "COOPBOT_SECRET_KEY_FILE": "/nowhere"},
        "leer el archivo /nowhere",
    ),
    "no mail server": ({"COOPBOT_SMTP_URL": "http://x.example"}, "smtp://servidor:587"),
    "no group": ({"COOPBOT_STAFF_GROUP": "verificadores"}, "COOPBOT_STAFF_GROUP"),
    "no port": ({"COOPBOT_LISTEN": "localhost"}, "COOPBOT_LISTEN"),
    "a webhook without secret": ({"COOPBOT_WEBHOOK_URL": "https://x.example/t"}, "WEBHOOK_SECRET"),
    "an address without scheme": ({"COOPBOT_PUBLIC_URL": "x.example"}, "COOPBOT_PUBLIC_URL"),
    "an address with a query": ({"COOPBOT_PUBLIC_URL": "https://x.example/?a"}, "PUBLIC_URL"),
    "no such file": ({"COOPBOT_COOPERATIVE_FILE": "/nowhere.toml"}, "/nowhere.toml"),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_setting_ends_the_start_with_a_sentence(change, said):
    result = CliRunner().invoke(app, ["run"], env=GOOD | change)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert not ENGLISH.search(result.stderr)


def test_the_key_may_be_in_a_file(tmp_path, monkeypatch):
    for name, value in (GOOD | {"COOPBOT_SECRET_KEY": ""}).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "key").write_text(f"{KEY}\n")
    monkeypatch.setenv("COOPBOT_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert Settings().key() == bytes(32)


@pytest.mark.parametrize(
    ("address", "checked"),
    [
        ("", None),
        ("https://x.example", "https://x.example/v"),
        ("https://x.example/oficina/", "https://x.example/oficina/v"),
    ],
)
def test_where_certificates_are_checked(address, checked, monkeypatch):
    for name, value in (GOOD | {"COOPBOT_PUBLIC_URL": address}).items():
        monkeypatch.setenv(name, value)
    assert Settings().checked_at == checked


def test_secrets_never_show(monkeypatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    shown = repr(Settings())
    assert KEY not in shown
    assert "1:x" not in shown
