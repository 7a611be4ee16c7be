"""Settings of the process, from COOPBOT_* environment variables."""

import base64
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from handlers.kit.texts import plain
from storage.post.server import SmtpServer

KEY_BYTES = 32
_SIZE = {"bytes": KEY_BYTES}
MADE_UP = Path(__file__).parents[1] / "storage" / "demo" / "cooperativa.toml"


class DatabaseSettings(BaseSettings):
    """Where the data is; enough for the commands that only use the database."""

    model_config = SettingsConfigDict(env_prefix="COOPBOT_", env_ignore_empty=True)

    database_url: str = "sqlite:///coopbot.db"


class KeySettings(DatabaseSettings):
    """For the commands that write to the audit trail, or look through it."""

    secret_key: SecretStr | None = None
    secret_key_file: Path | None = None

    @model_validator(mode="after")
    def _has_key(self) -> Self:
        self.key()
        return self

    def key(self) -> bytes:
        """The 32 secret bytes; ValueError when missing, doubled or of another length."""
        if (self.secret_key is None) == (self.secret_key_file is None):
            raise ValueError(plain("settings_problem.one_key"))
        if self.secret_key is not None:
            text = self.secret_key.get_secret_value()
        else:
            text = _text_of(Path(str(self.secret_key_file)))
        try:
            key = base64.b64decode(text.strip(), validate=True)
        except ValueError as error:
            raise ValueError(plain("settings_problem.key_base64", _SIZE)) from error
        if len(key) != KEY_BYTES:
            raise ValueError(plain("settings_problem.key_length", _SIZE))
        return key


class StaffSettings(KeySettings):
    """For the commands about employees; the token is only needed to ask for the bot's name."""

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(plain("settings_problem.key_file", {"path": str(path)})) from error


class OfficeSettings(KeySettings):
    """Whose office it is and its key; enough for commands that need no Telegram."""

    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s?#]+$")
    cooperative_file: Path = MADE_UP

    @property
    def checked_at(self) -> str | None:
        """Where anyone can check a certificate; None when nobody outside reaches the HTTP side."""
        return f"{self.public_url.rstrip('/')}/v" if self.public_url else None


class Settings(OfficeSettings):
    """Read once at start; a wrong value ends the start with a sentence that names it."""

    telegram_token: SecretStr
    telegram_api_url: str = "https://api.telegram.org"
    smtp_url: SecretStr
    mail_from: str
    listen: str = Field(default="127.0.0.1:8090", pattern=r"^.+:\d{1,5}$")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    staff_group: int | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(plain("settings_problem.webhook"))
        try:
            SmtpServer.parse(self.smtp_url.get_secret_value())
        except ValueError as error:
            raise ValueError(plain("settings_problem.smtp_url")) from error
        return self

    def secrets(self) -> list[str]:
        """What must never appear in a log."""
        given = (self.telegram_token, self.secret_key, self.smtp_url, self.webhook_secret)
        return [secret.get_secret_value() for secret in given if secret is not None]

    @property
    def listen_host(self) -> str:
        return self.listen.rpartition(":")[0]

    @property
    def listen_port(self) -> int:
        return int(self.listen.rpartition(":")[2])
