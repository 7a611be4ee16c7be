"""Settings of the process, from COOPBOT_* environment variables."""

import base64
import binascii
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

KEY_BYTES = 32


class Settings(BaseSettings):
    """Read once at start; a wrong value ends the start with a sentence that names it."""

    model_config = SettingsConfigDict(env_prefix="COOPBOT_", env_ignore_empty=True)

    telegram_token: SecretStr
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///coopbot.db"
    secret_key: SecretStr | None = None
    secret_key_file: Path | None = None
    smtp_url: SecretStr | None = None
    mail_from: str | None = None
    listen: str = Field(default="127.0.0.1:8090", pattern=r"^.+:\d{1,5}$")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    cooperative_file: Path

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("COOPBOT_WEBHOOK_URL needs COOPBOT_WEBHOOK_SECRET")
        if bool(self.smtp_url) != bool(self.mail_from):
            raise ValueError("COOPBOT_SMTP_URL and COOPBOT_MAIL_FROM go together")
        self.key()
        return self

    def key(self) -> bytes:
        """The 32 secret bytes; ValueError when missing, doubled or of another length."""
        if (self.secret_key is None) == (self.secret_key_file is None):
            raise ValueError("set one of COOPBOT_SECRET_KEY and COOPBOT_SECRET_KEY_FILE")
        if self.secret_key is not None:
            text = self.secret_key.get_secret_value()
        else:
            text = Path(str(self.secret_key_file)).read_text(encoding="ascii")
        try:
            key = base64.b64decode(text.strip(), validate=True)
        except binascii.Error as error:
            raise ValueError("COOPBOT_SECRET_KEY is not base64") from error
        if len(key) != KEY_BYTES:
            raise ValueError(f"COOPBOT_SECRET_KEY must hold {KEY_BYTES} bytes in base64")
        return key

    @property
    def listen_host(self) -> str:
        return self.listen.rpartition(":")[0]

    @property
    def listen_port(self) -> int:
        return int(self.listen.rpartition(":")[2])
